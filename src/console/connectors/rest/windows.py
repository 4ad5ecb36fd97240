"""Searches that give no more than so many records, asked in spans of time that hold fewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from console.connectors.errors import SourceError
from console.connectors.rest.asking import Asking, Turned
from console.connectors.rest.manifest import Cursor, Stream, Window
from console.connectors.rest.paths import Scope, first_at
from console.connectors.rest.standing import Standing, since_of
from console.connectors.rest.times import floored, moment_of, written

_SHORTEST = timedelta(seconds=1)


def turned_in_windows(
    asking: Asking, stream: Stream, standing: Standing, values: Mapping[str, Any], now: datetime
) -> Iterator[Turned]:
    """All pages from where the stream stands until now, the older spans first.

    Raises SourceError where more records than the source gives at once share one second.
    """
    window, cursor = stream.window, stream.cursor
    if window is None or cursor is None:
        raise AssertionError("a stream with a window has a cursor: the manifest was checked")
    first = since_of(cursor, standing) or moment_of(window.first)
    # One step more than now: what changes in this very second is asked again the next time.
    spans = [(floored(first, _SHORTEST), floored(now, _SHORTEST) + _SHORTEST)]
    while spans:
        since, until = spans.pop()
        known = {**values, **_bounds(cursor, since, until)}
        pages = asking.pages(stream.request, known)
        opening = next(pages)
        if _total(opening, window) > window.cap:
            spans += _halves(since, until, cursor)
            continue
        yield opening
        yield from pages


def _halves(since: datetime, until: datetime, cursor: Cursor) -> list[tuple[datetime, datetime]]:
    """The later half first: the last of the list is asked next."""
    step = max(cursor.granularity, _SHORTEST)
    middle = floored(since + (until - since) / 2, step)
    if middle <= since or middle >= until:
        raise SourceError(
            "The source holds more records of one moment than it gives.", "Ask the vendor for a way to read them all."
        )
    return [(middle, until), (since, middle)]


def _bounds(cursor: Cursor, since: datetime, until: datetime) -> dict[str, Any]:
    return {"since": written(since, cursor.form), "until": written(until, cursor.form), "token": None}


def _total(turned: Turned, window: Window) -> int:
    found = first_at(Scope(turned.answer), window.total)
    if isinstance(found, str) and found.isdigit():
        return int(found)
    return found if isinstance(found, int) else 0
