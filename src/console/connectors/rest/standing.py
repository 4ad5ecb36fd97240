"""Where a stream continues: its cursor as text and back, and from what time it is asked."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from console.connectors.rest.manifest import Cursor
from console.connectors.rest.times import floored, written


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest time seen, or the last token; both None before anything was seen. ``whole_at``: when all was read. Aware UTC."""

    at: datetime | None = None
    token: str | None = None
    whole_at: datetime | None = None

    def is_whole(self, cursor: Cursor, now: datetime) -> bool:
        """Whether all was read lately enough, where that is asked for from time to time."""
        return not cursor.whole_every or (self.whole_at is not None and now - self.whole_at < cursor.whole_every)

    def seen(self, at: datetime | None, now: datetime) -> Standing:
        """Moved on to ``at``, never back, and never beyond now: one date in the future would hide everything until then."""
        if at is None:
            return self
        bounded = min(at, now)
        return self if self.at is not None and self.at >= bounded else replace(self, at=bounded)

    def with_token(self, token: Any) -> Standing:
        """With the token of the last answer; the old one where the answer has none."""
        return replace(self, token=str(token)) if isinstance(token, (str, int)) and str(token) else self


def standings_of(cursor: str | None) -> dict[str, Standing]:
    """By the id of the parent (empty for streams without one). A cursor that cannot be read is none: all is read again."""
    try:
        content = json.loads(cursor) if cursor else {}
        pairs = content.items() if isinstance(content, dict) else ()
        return {
            str(name): Standing(_moment(one.get("at")), one.get("token"), _moment(one.get("whole_at")))
            for name, one in pairs
        }
    except (ValueError, AttributeError, TypeError):
        return {}


def text_of(standings: dict[str, Standing]) -> str | None:
    """The cursor as it is kept; None while nothing was seen, so that it never becomes empty again."""
    content = {name: _plain(one) for name, one in sorted(standings.items()) if one != Standing()}
    return json.dumps(content, sort_keys=True) if content else None


def since_of(cursor: Cursor, standing: Standing) -> datetime | None:
    """From when the source is asked: the last time seen less what it may have held back, at the start of its own step.

    A day begins up to fourteen hours earlier or twelve later than in UTC, so that a whole day more is asked where the
    source counts in days, and one more where it gives only what comes after the one that is named.
    """
    if standing.at is None:
        return None
    step = cursor.granularity
    start = floored(standing.at - cursor.look_back, step)
    if step >= timedelta(days=1):
        start -= step
    return start - step if cursor.is_exclusive else start


def kept_from(cursor: Cursor, standing: Standing) -> datetime | None:
    """What lies before was taken in already: asked only because the source cannot be asked more exactly."""
    if standing.at is None or (cursor.granularity <= timedelta(seconds=1) and not cursor.is_descending):
        return None
    return floored(standing.at - cursor.look_back, timedelta(seconds=1))


def values_of(cursor: Cursor, standing: Standing, *, until: datetime | None = None) -> dict[str, Any]:
    """``since``, ``until`` and ``token`` for the templates of a request; None where there is none yet."""
    since = since_of(cursor, standing)
    return {
        "since": written(since, cursor.form) if since else cursor.first or None,
        "until": written(until, cursor.form) if until else None,
        "token": standing.token,
    }


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if isinstance(text, str) else None


def _plain(standing: Standing) -> dict[str, str]:
    found = {
        "at": standing.at.isoformat() if standing.at else None,
        "token": standing.token,
        "whole_at": standing.whole_at.isoformat() if standing.whole_at else None,
    }
    return {name: value for name, value in found.items() if value is not None}
