"""How many lines of each sort a stream has: counted up to a limit, so that it costs the same for a long one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from console.domain.activity import Chip
from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.store.activity_changes import CAME, ENDED, SAID
from console.store.activity_past import activities_then
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros_or_none

MOST_COUNTED = 10_000
"""Reaching this means: so many, or more."""

_END = (1 << 63) - 1
_ACTIVITIES = "SELECT count(*) FROM (SELECT 1 FROM {activities} WHERE owner_id = ? AND kind = ? AND at <= ? LIMIT ?)"
_NOTES = "SELECT count(*) FROM notes WHERE owner_id = ? AND owner_kind = ? AND deleted_at IS NULL AND at <= ?"
_CHANGES = f"""SELECT
    (SELECT count(*) FROM (SELECT 1 FROM claims c JOIN identities i ON i.id = c.identity_id
        WHERE c.identity_id IN {IN_LIST} AND c.since <= ? AND {SAID} LIMIT ?))
    + (SELECT count(*) FROM (SELECT * FROM claims WHERE identity_id IN {IN_LIST} AND until <= ? LIMIT ?) c WHERE {ENDED})
    + (SELECT count(*) + count(CASE WHEN until <= ? THEN 1 END) FROM word_spans WHERE subject_id IN {IN_LIST} AND since <= ?)
    + (SELECT count(*) + count(CASE WHEN until <= ? THEN 1 END) FROM segment_spans WHERE owner_id = ? AND since <= ?)
    + (SELECT count(*) FROM identities i WHERE i.id IN {IN_LIST} AND source_id <> 0 AND {CAME} <= ?)
    + (SELECT count(*) FROM (SELECT 1 FROM identity_history WHERE (to_id = ? OR from_id = ?) AND from_id IS NOT NULL AND at <= ?
        GROUP BY at, from_id, to_id, reason, edit_id))
    + (SELECT count(CASE WHEN m.since <= ? AND (m.origin = 'manual' OR m.since > {CAME}) THEN 1 END) + count(CASE WHEN m.until <= ? THEN 1 END)
        FROM memberships m JOIN identities i ON i.id = m.customer_identity WHERE m.customer_id = ?)"""

_SOURCES = """SELECT DISTINCT s.id, s.name FROM identities i JOIN sources s ON s.id = i.source_id
WHERE i.owner_id = ?1 OR (?2 AND i.owner_id IN (SELECT customer_id FROM memberships WHERE company_id = ?1 AND until IS NULL))
ORDER BY lower(s.name), s.id"""


def sources_of(connection: Connection, owner: Owner) -> tuple[tuple[int, str], ...]:
    """The sources (key, name) that know the owner, or a member of the company, by name."""
    is_company = owner.kind is OwnerKind.COMPANY
    return tuple(map(tuple, connection.exec_driver_sql(_SOURCES, (owner.id, is_company)).fetchall()))


def counts(connection: Connection, owner: Owner, *, until: datetime | None = None) -> Mapping[Chip, int]:
    """How many lines each chip stands for, nothing later than ``until`` (aware UTC); ``MOST_COUNTED`` at most each.

    Answers that wait are not counted among the messages: they are none yet.
    """
    end = micros_or_none(until) if until is not None else _END
    past = None if until is None else activities_then(connection, owner, until)
    statement = _ACTIVITIES.format(activities="activities" if past is None else past[0])
    many = {
        chip: connection.exec_driver_sql(statement, (owner.id, kind, end, MOST_COUNTED)).scalar_one()
        for chip, kind in ((Chip.MESSAGES, 1), (Chip.FEEDBACK, 2), (Chip.EVENTS, 3))
    }
    notes = connection.exec_driver_sql(_NOTES, (owner.id, owner.kind.value, end)).scalar_one()
    return {
        **many,
        Chip.CHANGES: _changes(connection, owner, end, None if past is None else past[1]),
        Chip.NOTES: notes,
    }


def _changes(
    connection: Connection, owner: Owner, end: int | None, identities: Sequence[tuple[int, int]] | None
) -> int:
    if identities is None:
        statement = "SELECT id FROM identities WHERE owner_id = ? AND kind = ?"
        own = [row[0] for row in connection.exec_driver_sql(statement, (owner.id, owner.kind.value)).fetchall()]
    else:
        own = [identity for identity, _ in identities]
    keys = listed(own)
    arguments = (
        *(keys, end, MOST_COUNTED),
        *(keys, end, MOST_COUNTED),
        *(end, keys, end),
        *(end, owner.id, end),
        *(keys, end),
        *(owner.id, owner.id, end),
        *(end, end, owner.id),
    )
    return min(connection.exec_driver_sql(_CHANGES, arguments).scalar_one(), MOST_COUNTED)
