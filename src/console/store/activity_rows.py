"""Messages, feedback and events of a stream: found in ``activities``, read only where they are shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from console.domain.activity import Happened, Line, LineKey, LineKind, Rated, Said
from console.domain.ids import ConversationId, CustomerId
from console.domain.inbox import ConversationState
from console.domain.records import AuthorKind, Channel, OwnerKind
from console.domain.scores import score_of
from console.domain.search_query import Term, snippet
from console.domain.values import Value, ValueKind, restored
from console.store.activity_reach import GREATEST_NUMBER, LEAST_NUMBER, Found, Part, Reach, Reading
from console.store.connection import Row
from console.store.dialect import IN_LIST, listed
from console.store.kinds import by_value
from console.store.moments import moment

LOOKED_AT = 2_000
"""So many rows one page looks through at most; then it says how far it came."""

_KINDS = (LineKind.MESSAGE, LineKind.FEEDBACK, LineKind.EVENT)
_LINE_KINDS, _CHANNELS, _STATES = by_value(LineKind), by_value(Channel), by_value(ConversationState)
_AUTHORS, _VALUES = by_value(AuthorKind), by_value(ValueKind)
_EXCERPT, _SEARCHED = 320, 20_000
_COLUMNS = "at, kind, ref, customer_id, source_id"
_ALL = """FROM {activities} WHERE owner_id = ? AND (at, kind, ref) {sign} (?, ?, ?)
ORDER BY at {order}, kind {order}, ref {order} LIMIT ?"""
_OF_KIND = """FROM {activities} WHERE owner_id = ? AND kind = ? AND (at, ref) {sign} (?, ?)
ORDER BY at {order}, ref {order} LIMIT ?"""
_MESSAGES = f"""SELECT m.id, m.author_kind, m.author_name, m.author_address,
       substr(m.text, 1, min(coalesce(nullif(m.quoted_from, 0), {_SEARCHED}), ?)) AS text, m.gone_at, m.subject AS own_subject,
       v.id AS conversation_id, v.channel, v.subject, v.state, v.message_count, v.metadata, v.nickname
FROM messages m JOIN conversations v ON v.id = m.conversation_id WHERE m.id IN {IN_LIST}"""
_EVENTS = f"SELECT id, name, metadata FROM events WHERE id IN {IN_LIST}"
_NAMES = f"SELECT id, coalesce(nullif(name, ''), email) FROM customers WHERE id IN {IN_LIST}"


def rows_found(reading: Reading, reach: Reach) -> Part:
    """The rows of ``activities`` within reach; with a source wanted, among the next ``LOOKED_AT`` rows of each kind."""
    kinds = [kind for kind in _KINDS if reading.wanted.wants(kind)]
    if not kinds:
        return Part(())
    if len(kinds) == len(_KINDS):
        edge = _edge_of_all(reach)
        parts = [_read(reading, reach, _ALL, (reading.owner.id, *edge))]
    else:
        parts = [
            _read(
                reading,
                reach,
                _OF_KIND,
                (reading.owner.id, int(kind), *reach.edge(kind, LEAST_NUMBER, GREATEST_NUMBER)),
            )
            for kind in kinds
        ]
    floor = reach.floor_of(part.floor for part in parts)
    return Part(reach.nearest([one for part in parts for one in part.found]), floor)


def shown(reading: Reading, found: Iterable[Row], terms: Sequence[Term]) -> dict[LineKey, Line]:
    """The lines of these rows; rows whose message or event is gone meanwhile are left out."""
    rows = list(found)
    names = _names(reading, {row.customer_id for row in rows}) if reading.owner.kind is OwnerKind.COMPANY else {}
    sources = dict(map(tuple, reading.connection.exec_driver_sql("SELECT id, name FROM sources").fetchall()))
    what = _messages(reading, [row.ref for row in rows if row.kind != LineKind.EVENT], terms)
    events = _events(reading, [row.ref for row in rows if row.kind == LineKind.EVENT])
    lines = {}
    for row in rows:
        said = (events if row.kind == LineKind.EVENT else what).get(row.ref)
        if said is not None:
            name = names.get(row.customer_id)
            lines[key_of(row)] = Line(
                key_of(row),
                said,
                sources.get(row.source_id, ""),
                None if name is None else CustomerId(row.customer_id),
                name or "",
            )
    return lines


def key_of(row: Row) -> LineKey:
    """Where a row of ``activities`` stands."""
    return LineKey(moment(row.at), _LINE_KINDS[row.kind], row.ref)


def values_of(text: str) -> Mapping[str, Value]:
    """Metadata as typed values by name: those of sources keep their type, anything else becomes a number or text."""
    if not text or text == "{}":
        return {}
    return {name: value for name, said in json.loads(text).items() if (value := _value(said)) is not None}


def _read(reading: Reading, reach: Reach, statement: str, arguments: tuple[object, ...]) -> Part:
    body = statement.format(sign=reach.sign, order=reach.order, activities=reading.activities)
    source, connection = reading.wanted.source_id, reading.connection
    if source is None:
        rows = connection.exec_driver_sql(f"SELECT {_COLUMNS} {body}", (*arguments, reach.limit)).fetchall()
        return Part([Found(key_of(row), row=row) for row in rows])
    rows = connection.exec_driver_sql(
        f"SELECT * FROM (SELECT {_COLUMNS} {body}) WHERE source_id = ? LIMIT ?",
        (*arguments, LOOKED_AT, source, reach.limit),
    ).fetchall()
    found = [Found(key_of(row), row=row) for row in rows]
    if len(found) == reach.limit:
        return Part(found)
    last = connection.exec_driver_sql(
        f"SELECT {_COLUMNS} {body} OFFSET ?", (*arguments, 1, LOOKED_AT - 1)
    ).one_or_none()
    return Part(found, None if last is None else key_of(last))


def _edge_of_all(reach: Reach) -> tuple[int, int, int]:
    key = reach.key
    if key is not None and isinstance(key.ref, int):
        return reach.at, int(key.kind), key.ref
    if key is not None:
        return reach.at, int(key.kind), LEAST_NUMBER  # of a note, whose kind no row of the table has
    return reach.at, 0, LEAST_NUMBER


def _names(reading: Reading, customers: Iterable[int]) -> dict[int, str]:
    rows = reading.connection.exec_driver_sql(_NAMES, (listed(customers),)).fetchall()
    return dict(map(tuple, rows))


def _messages(reading: Reading, messages: Sequence[int], terms: Sequence[Term]) -> dict[int, Said | Rated]:
    if not messages:
        return {}
    length = _SEARCHED if terms else _EXCERPT + 1
    rows = reading.connection.exec_driver_sql(_MESSAGES, (length, listed(messages))).fetchall()
    return {row.id: _said(row, terms) for row in rows}


def _said(row: Row, terms: Sequence[Term]) -> Said | Rated:
    channel, kind = _CHANNELS[row.channel], _AUTHORS[row.author_kind]
    excerpt = snippet(row.text, terms) if terms else " ".join(row.text[:_EXCERPT].split())
    author = row.author_name or row.nickname or row.author_address
    key, subject, is_cut = ConversationId(row.conversation_id), row.subject or row.own_subject, len(row.text) > _EXCERPT
    if channel in (Channel.SURVEY, Channel.REVIEW):
        score = score_of(channel, values_of(row.metadata)) if kind is AuthorKind.CUSTOMER else None
        return Rated(key, channel, subject, score, kind, author, excerpt, is_cut)
    state, is_gone = _STATES[row.state], row.gone_at is not None
    return Said(key, channel, subject, state, row.message_count, kind, author, excerpt, is_cut, is_gone)


def _events(reading: Reading, events: Sequence[int]) -> dict[int, Happened]:
    if not events:
        return {}
    rows = reading.connection.exec_driver_sql(_EVENTS, (listed(events),)).fetchall()
    return {key: Happened(name, tuple(values_of(metadata).items())) for key, name, metadata in rows}


def _value(said: object) -> Value | None:
    match said:
        case [str(kind), str(text)] | {"kind": str(kind), "value": str(text)} if kind in _VALUES:
            return restored(_VALUES[kind], text)
        case bool():
            return Value(ValueKind.BOOLEAN, said)
        case int() | float():
            return Value(ValueKind.NUMBER, Decimal(str(said)))
        case str():
            return Value(ValueKind.STRING, said)
        case None:
            return None
        case _:
            return Value(ValueKind.STRING, json.dumps(said, ensure_ascii=False))
