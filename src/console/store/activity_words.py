"""What was written about a customer or a company: notes, tags, segments, and answers that still wait."""

from __future__ import annotations

import json

from console.domain.activity import Line, LineKey, LineKind, Moved, Noted, Tagged, Waiting
from console.domain.ids import ConversationId
from console.domain.records import OwnerKind
from console.store.activity_changes import identities_wanted
from console.store.activity_reach import GREATEST_TEXT, LEAST_TEXT, Found, Part, Reach, Reading
from console.store.connection import Row
from console.store.dialect import IN_LIST, listed
from console.store.moments import moment
from console.store.outbox_line import IS_SHOWN

_NOTES = """SELECT id, text, author, at, edited_at, is_pinned FROM notes
WHERE owner_id = ? AND owner_kind = ? AND deleted_at IS NULL AND (at, id) {sign} (?, ?)
ORDER BY at {order}, id {order} LIMIT ?"""
_SPANS = f"""SELECT w.id, w.kind, w.word, w.by, w.since, w.until, w.until_by, coalesce(s.name, '') AS source
FROM word_spans w JOIN identities i ON i.id = w.subject_id LEFT JOIN sources s ON s.id = i.source_id
WHERE w.subject_id IN {IN_LIST}"""
_SEGMENTS = """SELECT x.id, g.name, x.since, x.until FROM segment_spans x JOIN segments g ON g.id = x.segment_id
WHERE x.owner_id = ?"""
# The outbox first: it is shorter than what some owners have said.
_REPLIES = f"""SELECT o.id, o.at, o.body, o.state, o.reason, v.id AS conversation_id, v.subject
FROM outbox o CROSS JOIN conversations v ON v.id = o.conversation_id
WHERE o.kind = 'reply' AND {IS_SHOWN} AND {{whose}}"""
_WHOSE = {
    OwnerKind.CUSTOMER: "v.customer_id = ?",
    OwnerKind.COMPANY: "v.customer_id IN (SELECT customer_id FROM memberships WHERE company_id = ? AND until IS NULL)",
}


def notes_found(reading: Reading, reach: Reach) -> Part:
    """Notes on the owner, as they read now."""
    if not reading.wanted.wants(LineKind.NOTE) or reading.wanted.source_id is not None:
        return Part(())
    edge = reach.edge(LineKind.NOTE, LEAST_TEXT, GREATEST_TEXT)
    rows = reading.connection.exec_driver_sql(
        _NOTES.format(sign=reach.sign, order=reach.order),
        (reading.owner.id, reading.owner.kind.value, *edge, reach.limit),
    ).fetchall()
    return Part(reach.nearest([_noted(row) for row in rows]))


def words_found(reading: Reading, reach: Reach) -> Part:
    """Tags stuck on and taken off; segments joined and left, given by a source or by rule."""
    found: list[Found] = []
    if reading.wanted.wants(LineKind.TAG):
        identities = listed(identities_wanted(reading))
        for row in reading.connection.exec_driver_sql(_SPANS, (identities,)).fetchall():
            found += _tagged(row) if row.kind == "tag" else _moved(row, row.word, row.source, row.id * 4)
        if reading.wanted.source_id is None:
            for row in reading.connection.exec_driver_sql(_SEGMENTS, (reading.owner.id,)).fetchall():
                found += _moved(row, row.name, "", row.id * 4 + 2)
    return Part(reach.nearest(found))


def replies_found(reading: Reading, reach: Reach) -> Part:
    """Answers that no source has taken yet; few, so all of the outbox is looked through."""
    if not reading.wanted.wants(LineKind.REPLY) or reading.wanted.source_id is not None:
        return Part(())
    statement = _REPLIES.format(whose=_WHOSE[reading.owner.kind])
    rows = reading.connection.exec_driver_sql(statement, (reading.owner.id,)).fetchall()
    return Part(reach.nearest([_waiting(row) for row in rows]))


def _noted(row: Row) -> Found:
    key = LineKey(moment(row.at), LineKind.NOTE, row.id)
    return Found(key, Line(key, Noted(row.id, row.text, row.author, bool(row.is_pinned), row.edited_at is not None)))


def _tagged(row: Row) -> list[Found]:
    began = LineKey(moment(row.since), LineKind.TAG, row.id * 2)
    found = [Found(began, Line(began, Tagged(row.word, True, row.by), row.source))]
    if row.until is not None:
        ended = LineKey(moment(row.until), LineKind.TAG, row.id * 2 + 1)
        found.append(Found(ended, Line(ended, Tagged(row.word, False, row.until_by or ""), row.source)))
    return found


def _moved(row: Row, segment: str, source: str, ref: int) -> list[Found]:
    joined = LineKey(moment(row.since), LineKind.SEGMENT, ref)
    found = [Found(joined, Line(joined, Moved(segment, True, source), source))]
    if row.until is not None:
        left = LineKey(moment(row.until), LineKind.SEGMENT, ref + 1)
        found.append(Found(left, Line(left, Moved(segment, False, source), source)))
    return found


def _waiting(row: Row) -> Found:
    key, written = LineKey(moment(row.at), LineKind.REPLY, row.id), json.loads(row.body)
    conversation = ConversationId(row.conversation_id)
    said = Waiting(conversation, row.subject, written["text"], written["by"], row.state, row.reason)
    return Found(key, Line(key, said))
