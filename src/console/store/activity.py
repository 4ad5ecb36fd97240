"""The stream of a customer or a company, page by page: what they did, what was written about them, what became of them.

``activities`` holds the many, in their order; the few of every owner stand in their own tables and are merged in. A page costs
the same wherever it stands and however long the stream is; where a filter or a search finds little, it says how far it came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from console.domain.activity import LineKey, StreamFilter, StreamPage
from console.domain.edits import Owner
from console.domain.search_query import Term, terms
from console.store.activity_changes import arrivals_found, changes_found, links_found
from console.store.activity_past import activities_then
from console.store.activity_reach import Found, Part, Reach, Reading
from console.store.activity_rows import LOOKED_AT, rows_found, shown
from console.store.activity_search import events_found, matches, messages_found
from console.store.activity_words import notes_found, replies_found, words_found
from console.store.connection import Connection
from console.store.moments import micros_or_none

PAGE = 60
_FEW: tuple[Callable[[Reading, Reach], Part], ...] = (
    notes_found,
    words_found,
    changes_found,
    arrivals_found,
    links_found,
    replies_found,
)


def page(
    connection: Connection,
    owner: Owner,
    wanted: StreamFilter,
    before: LineKey | None = None,
    *,
    until: datetime | None = None,
    limit: int = PAGE,
    index: Connection | None = None,
) -> StreamPage:
    """The newest ``limit`` lines before a key (None: of all), nothing later than ``until`` (aware UTC).

    ``index`` is search.db; without it a search finds no messages.
    """
    return _page(_reading(connection, owner, wanted, index, until), Reach(before, limit, until=micros_or_none(until)))


def page_after(
    connection: Connection,
    owner: Owner,
    wanted: StreamFilter,
    after: LineKey,
    *,
    until: datetime | None = None,
    limit: int = PAGE,
    index: Connection | None = None,
) -> StreamPage:
    """The ``limit`` lines that follow a key in time, newest first; ``following`` is where still newer ones go on."""
    reach = Reach(after, limit, is_up=True, until=micros_or_none(until))
    return _page(_reading(connection, owner, wanted, index, until), reach)


def _reading(
    connection: Connection, owner: Owner, wanted: StreamFilter, index: Connection | None, until: datetime | None
) -> Reading:
    past = None if until is None else activities_then(connection, owner, until)
    if past is not None:
        return Reading(connection, owner, wanted, index, past[1], past[0])
    rows = connection.exec_driver_sql(
        "SELECT id, source_id FROM identities WHERE owner_id = ? AND kind = ?", (owner.id, owner.kind.value)
    ).fetchall()
    return Reading(connection, owner, wanted, index, [(key, source) for key, source in rows])


def _page(reading: Reading, reach: Reach) -> StreamPage:
    wanted = terms(reading.wanted.words)
    if reading.wanted.words.strip() and not wanted:
        return StreamPage((), None)
    parts = _searched(reading, reach, wanted) if wanted else [rows_found(reading, reach), *_few(reading, reach)]
    taken, following = _merged(parts, reach)
    lines = shown(reading, [one.row for one in taken if one.row is not None], wanted)
    ready = [one.line or lines.get(one.key) for one in (reversed(taken) if reach.is_up else taken)]
    return StreamPage(tuple(line for line in ready if line is not None), following)


def _few(reading: Reading, reach: Reach) -> list[Part]:
    return [part(reading, reach) for part in _FEW]


def _searched(reading: Reading, reach: Reach, wanted: Sequence[Term]) -> list[Part]:
    far = Reach(reach.key, LOOKED_AT, reach.is_up, reach.until)
    parts = [messages_found(reading, reach, wanted), events_found(reading, reach, wanted)]
    for part in _few(reading, far):
        found = [one for one in part.found if one.line is not None and matches(one.line, wanted)]
        last = part.found[-1].key if len(part.found) == LOOKED_AT else None
        parts.append(Part(found, reach.floor_of((part.floor, last))))
    return parts


def _merged(parts: Sequence[Part], reach: Reach) -> tuple[list[Found], LineKey | None]:
    """The nearest of all parts, and where reading goes on; nothing behind the place that each part has looked at."""
    floor = reach.floor_of(part.floor for part in parts)
    found = sorted((one for part in parts for one in part.found), key=lambda one: one.key, reverse=not reach.is_up)
    if floor is not None:
        found = [one for one in found if (one.key <= floor if reach.is_up else one.key >= floor)]
    taken = found[: reach.limit]
    if len(taken) == reach.limit:
        return taken, taken[-1].key
    return taken, floor
