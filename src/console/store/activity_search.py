"""Searching inside one stream: messages by the full-text index, everything else by its words; bounded, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from console.domain.activity import Line, LineKey, LineKind
from console.domain.activity_text import words_of
from console.domain.search_query import Term, spans
from console.store.activity_reach import GREATEST_NUMBER, LEAST_NUMBER, Found, Part, Reach, Reading
from console.store.activity_rows import LOOKED_AT, key_of
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed
from console.store.moments import moment
from console.store.schema.search import is_of_this_version
from console.store.search import match_expression

_FEW_HITS, _CHUNK, _CHUNKS = 500, 200, 10
# Messages of one second take the keys of the seconds behind it where there are more than 64 (``domain.ids``).
_CROWDED = 3_600
_SECOND = 1_000_000
_HITS = "SELECT rowid FROM message_words WHERE message_words MATCH ? AND rowid {sign} ? ORDER BY rowid {order} LIMIT ?"
_AMONG = f"SELECT rowid FROM message_words WHERE message_words MATCH ? AND rowid IN {IN_LIST}"
_OWN = f"""SELECT a.at, a.kind, a.ref, a.customer_id, a.source_id FROM messages m
JOIN {{activities}} a ON a.owner_id = ? AND a.at = m.at AND a.kind IN (1, 2) AND a.ref = m.id
WHERE m.id IN {IN_LIST} AND m.gone_at IS NULL"""
_SAID = """SELECT at, kind, ref, customer_id, source_id FROM {activities}
WHERE owner_id = ? AND kind = ? AND (at, ref) {sign} (?, ?) ORDER BY at {order}, ref {order} LIMIT ?"""
_DONE = """SELECT a.at, a.kind, a.ref, a.customer_id, a.source_id, e.name FROM (
    SELECT * FROM {activities} WHERE owner_id = ? AND kind = 3 AND (at, ref) {sign} (?, ?)
    ORDER BY at {order}, ref {order} LIMIT ?) a LEFT JOIN events e ON e.id = a.ref"""


def matches(line: Line, terms: Sequence[Term]) -> bool:
    """Whether a line holds every term."""
    text = words_of(line)
    return all(spans(text, [term]) for term in terms)


def messages_found(reading: Reading, reach: Reach, terms: Sequence[Term]) -> Part:
    """Messages and answers to surveys that hold all the terms.

    Rare words are looked up in the whole index; frequent ones among the owner's messages where those are few, else
    among the next hits of everybody.
    """
    index = reading.index
    kinds = [kind for kind in (LineKind.MESSAGE, LineKind.FEEDBACK) if reading.wanted.wants(kind)]
    if not kinds or index is None or not is_of_this_version(index):
        return Part(())
    expression = match_expression(terms)
    hits = _hits(index, expression, reach, _start(reach), _FEW_HITS)
    if len(hits) < _FEW_HITS:
        return Part(reach.nearest(_own(reading, kinds, hits)))
    parts = [_among_own(reading, index, expression, reach, kind) for kind in kinds]
    if all(part.floor is None or len(part.found) >= reach.limit for part in parts):
        floor = reach.floor_of(part.floor for part in parts)
        return Part([one for part in parts for one in part.found], floor)
    return _among_all(reading, index, expression, reach, kinds)


def events_found(reading: Reading, reach: Reach, terms: Sequence[Term]) -> Part:
    """Events whose name holds all the terms, among the next ``LOOKED_AT``."""
    if not reading.wanted.wants(LineKind.EVENT):
        return Part(())
    edge = reach.edge(LineKind.EVENT, LEAST_NUMBER, GREATEST_NUMBER)
    rows = reading.connection.exec_driver_sql(
        _DONE.format(sign=reach.sign, order=reach.order, activities=reading.activities),
        (reading.owner.id, *edge, LOOKED_AT),
    ).fetchall()
    names = {row.name for row in rows if row.name is not None}
    is_wanted = {name: all(spans(name, [term]) for term in terms) for name in names}
    found = [Found(key_of(row), row=row) for row in rows if is_wanted.get(row.name) and _is_wanted(reading, row)]
    return Part(reach.nearest(found), key_of(rows[-1]) if len(rows) == LOOKED_AT else None)


def _start(reach: Reach) -> int:
    """The key from which on messages within reach may stand in the index."""
    second = min(reach.at, GREATEST_NUMBER // 64) // _SECOND
    return (second - 1) * 64 if reach.is_up else (second + _CROWDED) * 64


def _hits(index: Connection, expression: str, reach: Reach, bound: int, limit: int) -> list[int]:
    statement = _HITS.format(sign=reach.sign, order=reach.order)
    return [row[0] for row in index.exec_driver_sql(statement, (expression, bound, limit)).fetchall()]


def _own(reading: Reading, kinds: Iterable[LineKind], messages: Iterable[int]) -> list[Found]:
    rows = reading.connection.exec_driver_sql(
        _OWN.format(activities=reading.activities), (reading.owner.id, listed(messages))
    ).fetchall()
    return [Found(key_of(row), row=row) for row in rows if row.kind in kinds and _is_wanted(reading, row)]


def _among_own(reading: Reading, index: Connection, expression: str, reach: Reach, kind: LineKind) -> Part:
    """The owner's next messages, tried one after the other; with a floor where there are too many of them."""
    found: list[Found] = []
    edge = reach.edge(kind, LEAST_NUMBER, GREATEST_NUMBER)
    statement = _SAID.format(sign=reach.sign, order=reach.order, activities=reading.activities)
    for _ in range(_CHUNKS):
        rows = reading.connection.exec_driver_sql(statement, (reading.owner.id, int(kind), *edge, _CHUNK)).fetchall()
        keys = listed(row.ref for row in rows)
        hits = {row[0] for row in index.exec_driver_sql(_AMONG, (expression, keys)).fetchall()}
        found += [Found(key_of(row), row=row) for row in rows if row.ref in hits and _is_wanted(reading, row)]
        if len(rows) < _CHUNK:
            return Part(found)
        if len(found) >= reach.limit:
            return Part(found, key_of(rows[-1]))
        edge = rows[-1].at, rows[-1].ref
    return Part(found, LineKey(moment(edge[0]), kind, edge[1]))


def _among_all(reading: Reading, index: Connection, expression: str, reach: Reach, kinds: Sequence[LineKind]) -> Part:
    """The owner's among the next hits of everybody: as many as it takes to come any further."""
    found: list[Found] = []
    hits = _hits(index, expression, reach, _start(reach), LOOKED_AT)
    while True:
        found += _own(reading, kinds, hits)
        floor = _floor(reach, hits)
        if floor is None or reach.key is None or (floor > reach.key if reach.is_up else floor < reach.key):
            return Part(reach.nearest(found), floor)
        hits = _hits(index, expression, reach, hits[-1], LOOKED_AT)


def _floor(reach: Reach, hits: Sequence[int]) -> LineKey | None:
    """Up to where every hit was looked at: a message's key is never before its second."""
    if len(hits) < LOOKED_AT:
        return None
    second = hits[-1] // 64
    if reach.is_up:
        return LineKey(moment((second - _CROWDED) * _SECOND), LineKind.MESSAGE, LEAST_NUMBER)
    return LineKey(moment((second + 1) * _SECOND), LineKind.MESSAGE, LEAST_NUMBER)


def _is_wanted(reading: Reading, row: Row) -> bool:
    return reading.wanted.source_id in (None, row.source_id)
