"""Conversations that were written by hand for the sample: the first screen, and everything that is awkward on purpose."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from console.connectors.kinds.sample.material import load
from console.connectors.kinds.sample.moments import ago
from console.connectors.kinds.sample.people import known_address, person_by_email
from console.connectors.kinds.sample.plots import Plot, Turn

_STILL_OPEN = timedelta(days=3)


@functools.lru_cache(maxsize=2)
def _stories(now: datetime) -> tuple[tuple[str, Plot], ...]:
    return tuple((entry["source"], _plot(entry, now)) for entry in load("heroes"))


def stories(source: str, now: datetime) -> tuple[Plot, ...]:
    """The stories of one source: ``mail``, ``chat``, ``delighted``, ``typeform`` or ``appstore``."""
    return tuple(plot for name, plot in _stories(now) if name == source)


def _plot(entry: Mapping[str, Any], now: datetime) -> Plot:
    turns = tuple(_turn(turn, now) for turn in entry["turns"])
    return Plot(
        key=entry["key"],
        person=person_by_email()[known_address(entry["who"])] if entry["who"] else None,
        subject=entry["subject"],
        turns=turns,
        tags=tuple(entry["tags"]),
        is_done=turns[-1].at < now - _STILL_OPEN,
        assignee=entry.get("assignee", ""),
        is_priority=entry.get("priority", False),
        nickname=entry.get("nickname", ""),
        display=entry.get("display", ""),
        score=entry.get("score", entry.get("rating")),
        is_story=True,
        notes=tuple(Turn(ago(now, minutes), author, text) for minutes, author, text in entry.get("notes", ())),
    )


def _turn(turn: list[Any], now: datetime) -> Turn:
    minutes, speaker, text = turn[:3]
    more: Mapping[str, Any] = turn[3] if len(turn) > 3 else {}
    is_fresh = speaker == "customer" and minutes < 24 * 60
    return Turn(
        at=ago(now, minutes),
        speaker=speaker,
        text=text,
        html=more.get("html", ""),
        attach=more.get("attach", ""),
        is_read=more.get("read", not is_fresh),
    )
