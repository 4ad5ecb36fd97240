"""Key figures of a customer: when they came, when they were last here, and who spoke last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from console.domain.profile_view import EventCount, ShownProperty
from console.domain.records import Channel

SESSION_EVENTS = ("logged in", "login", "log in", "signed in", "session", "session started", "session_start")
"""Events that each stand for one session, where a source gives no number of its own; in lower case."""

SESSION_PROPERTIES = ("session_count", "sessions", "web_sessions")
SIGNED_UP = ("signed_up_at", "signed_up", "signup_date", "registered_at", "created_at")


@dataclass(frozen=True, slots=True)
class Sessions:
    """How many sessions. ``origin`` is the source that counted them; empty where they are the sum of session events."""

    count: int
    origin: str
    last_week: int


@dataclass(frozen=True, slots=True)
class LastWord:
    """A message: when (aware UTC), by whom, and how."""

    at: datetime
    by: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class CustomerFigures:
    """What the strip below a customer's name says; None where nobody knows. Times are aware UTC."""

    first_seen: datetime | None
    last_seen: datetime | None
    signed_up: datetime | None
    sessions: Sessions | None
    last_contacted: LastWord | None
    last_heard_from: LastWord | None


def moment_of(properties: Iterable[ShownProperty], names: tuple[str, ...]) -> datetime | None:
    """The first of these properties that says a moment or a day, in aware UTC (a day begins at midnight UTC)."""
    shown = {one.name: one.value for one in properties}
    for value in (shown.get(name) for name in names):
        if value is None:
            continue
        content = value.content
        if isinstance(content, datetime):
            return content.astimezone(UTC)
        if isinstance(content, date):
            return datetime.combine(content, time(), UTC)
    return None


def sessions_of(properties: Iterable[ShownProperty], events: Iterable[EventCount]) -> Sessions | None:
    """The number that a source counted, else the sum of session events; None where there is neither."""
    counted = _counted(properties)
    started = [event for event in events if event.name.lower() in SESSION_EVENTS]
    last_week = sum(event.weekly[-1] for event in started if event.weekly)
    if counted is not None:
        return Sessions(counted[0], counted[1], last_week)
    return Sessions(sum(event.count for event in started), "", last_week) if started else None


def _counted(properties: Iterable[ShownProperty]) -> tuple[int, str] | None:
    shown = {one.name: one for one in properties}
    for name in SESSION_PROPERTIES:
        one = shown.get(name)
        content = one.value.content if one is not None and one.value is not None else None
        if one is not None and isinstance(content, Decimal) and content >= 0:
            return int(content), one.winner.origin.name
    return None
