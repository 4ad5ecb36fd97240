"""The way of a sending: claimed before the first byte goes out, then settled, once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from console.domain.channels import OwnerKind
from console.domain.outbox import REPEATABLE, Sending, SendingState, Settled, WriteKind, own_value, their_value
from console.store.changes import Stale, note_changes, prune
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros, moment
from console.store.outbox_line import IS_FIRST
from console.store.outbox_mail import with_mail

_S = SendingState
_MOST_MERGES = 5
"""How often something that merges by itself (a tag) is sent again because the target changed meanwhile."""
_WHAT = """CASE o.kind WHEN 'property' THEN 'property:' || o.target_kind || ':' || json_extract(o.body, '$.name')
    WHEN 'untag' THEN 'tag' ELSE o.kind END"""
_IS_ABLE = "s.state NOT IN ('removed', 'needs you') AND NOT s.is_paused"
_TO_LOOK_UP = "o.source_id = s.id AND o.state = 'unknown' AND o.next_at <= ?"
_TO_SEND = f"""o.source_id = s.id AND o.state = 'queued' AND coalesce(o.next_at, 0) <= ?
    AND EXISTS (SELECT 1 FROM write_backs w WHERE w.source_id = o.source_id AND w.what = {_WHAT}) AND {IS_FIRST}"""
_DUE = f"""SELECT s.id FROM sources s WHERE {_IS_ABLE}
    AND (EXISTS (SELECT 1 FROM outbox o WHERE {_TO_LOOK_UP}) OR EXISTS (SELECT 1 FROM outbox o WHERE {_TO_SEND}))"""
# By the index of source, state and key: the first that may go ends the search.
_NEXT = f"""SELECT o.* FROM sources s CROSS JOIN outbox o
    WHERE s.id = ? AND {_IS_ABLE} AND {{which}} ORDER BY o.id LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a thread works on next. ``is_probe``: it may be at the source already, which is only to be looked up."""

    id: int
    sending: Sending
    is_probe: bool
    attempts: int


def due_sources(connection: Connection, now: datetime) -> frozenset[int]:
    """The sources for which something can be sent, or has to be looked up, at that moment (aware UTC)."""
    rows = connection.exec_driver_sql(_DUE, (micros(now),) * 2).fetchall()
    return frozenset(row[0] for row in rows)


def claim(connection: Connection, source: int, now: datetime) -> Claimed | None:
    """The next one of a source, written down as claimed; what has to be looked up comes first. None where nothing is due."""
    at = micros(now)
    row = None
    for which in (_TO_LOOK_UP, _TO_SEND):
        row = row or connection.exec_driver_sql(_NEXT.format(which=which), (source, at)).first()
    if row is None:
        return None
    is_probe = row.state == _S.UNKNOWN.value
    body = with_mail(connection, row)
    if not is_probe:
        connection.exec_driver_sql(
            "UPDATE outbox SET state = 'claimed', claimed_at = ?, attempts = attempts + 1, next_at = NULL, settled_at = NULL, body = ? WHERE id = ?",
            (at, json.dumps(body.kept, ensure_ascii=False), row.id),
        )
        _tell(connection, row.id)
    by = connection.exec_driver_sql("SELECT by FROM edit_outcomes WHERE edit_id = ?", (row.edit_id,)).scalar()
    sending = _sending(row, body.told, str(body.told.get("by") or by or ""), _taken(connection, row))
    return Claimed(row.id, sending, is_probe, row.attempts + 1)


def settle(connection: Connection, sending: int, settled: Settled, now: datetime) -> None:
    """Write down how it ended. One that is gone since, or that a teammate has settled, stays as it is."""
    row = connection.exec_driver_sql("SELECT * FROM outbox WHERE id = ?", (sending,)).first()
    if row is None or row.state not in (_S.CLAIMED.value, _S.UNKNOWN.value):
        return
    state, reason, next_at = settled.state, settled.reason, None
    is_again = False
    if state is _S.CONFLICT:
        state, is_again = _of_conflict(row, settled)
    elif state is _S.UNKNOWN and row.state == _S.CLAIMED.value:
        # Looked up at once: what is found was sent, what is not found stays unknown, unless twice does no harm.
        next_at = micros(now)
    theirs = dict(settled.theirs)
    connection.exec_driver_sql(
        """UPDATE outbox SET state = ?, reason = ?, receipt = CASE WHEN ? <> '' THEN ? ELSE receipt END, theirs = ?, next_at = ?,
           base = CASE WHEN ? THEN NULL ELSE base END, settled_at = ? WHERE id = ?""",
        (
            state.value, reason if state is not _S.SENT else "", settled.receipt, settled.receipt,
            json.dumps(theirs, ensure_ascii=False, default=str) if theirs else None, next_at, is_again,
            None if state is _S.QUEUED else micros(now), sending,
        ),
    )  # fmt: skip
    _tell(connection, sending)


def not_found(connection: Connection, sending: int, now: datetime, until: datetime) -> None:
    """There is no trace of it at the source. What harms nobody twice is sent again at ``until``; the rest waits for a teammate."""
    row = connection.exec_driver_sql("SELECT kind, state, reason FROM outbox WHERE id = ?", (sending,)).first()
    if row is None or row.state != _S.UNKNOWN.value:
        return
    changes = ("queued", row.reason, micros(until), None)
    if WriteKind(row.kind) not in REPEATABLE:
        changes = ("unknown", row.reason, None, micros(now))
    connection.exec_driver_sql(
        "UPDATE outbox SET state = ?, reason = ?, next_at = ?, settled_at = ? WHERE id = ?", (*changes, sending)
    )
    _tell(connection, sending)


def put_off(connection: Connection, sending: int, reason: str, until: datetime) -> None:
    """The source did not take it, or could not be asked: again at ``until`` (aware UTC).

    With it goes everything else for that source that would fail as well; a teammate's "try again" goes at once.
    """
    next_at = micros(until)
    row = connection.exec_driver_sql("SELECT source_id, state FROM outbox WHERE id = ?", (sending,)).first()
    if row is None or row.state not in (_S.CLAIMED.value, _S.UNKNOWN.value):
        return
    connection.exec_driver_sql(
        """UPDATE outbox SET state = CASE state WHEN 'claimed' THEN 'queued' ELSE state END, reason = ?, settled_at = NULL,
           next_at = ? WHERE id = ?""",
        (reason, next_at, sending),
    )
    others = connection.exec_driver_sql(
        "UPDATE outbox SET next_at = ? WHERE source_id = ? AND state = 'queued' AND coalesce(next_at, 0) < ? RETURNING id",
        (next_at, row.source_id, next_at),
    ).fetchall()
    note_changes(connection, Stale.OUTBOX, [sending, *(one[0] for one in others)])
    prune(connection)


def doubt_claimed(connection: Connection, now: datetime, source: int | None = None) -> int:
    """What was claimed when the process ended: nobody can tell, so it is looked up at once. Gives how many."""
    rows = connection.exec_driver_sql(
        """UPDATE outbox SET state = 'unknown', reason = ?, next_at = ?, settled_at = ?
           WHERE state = 'claimed' AND (? IS NULL OR source_id = ?) RETURNING id""",
        ("The console ended while it was being sent", micros(now), micros(now), source, source),
    ).fetchall()
    if rows:
        note_changes(connection, Stale.OUTBOX, [row[0] for row in rows])
    return len(rows)


def doubt_waiting(connection: Connection, now: datetime) -> None:
    """After a backup was restored: what waited when it was made may have been sent since, so it is looked up, not sent."""
    once_only = sorted(kind.value for kind in frozenset(WriteKind) - REPEATABLE)
    connection.exec_driver_sql(
        f"""UPDATE outbox SET state = 'unknown', reason = ?, next_at = ?, settled_at = ?
            WHERE state IN ('queued', 'held', 'claimed') AND kind IN {IN_LIST}""",
        (
            "It waited when this backup was made, and may have been sent since",
            micros(now),
            micros(now),
            listed(once_only),
        ),
    )


def _of_conflict(row: Row, settled: Settled) -> tuple[SendingState, bool]:
    kind = WriteKind(row.kind)
    if kind in (WriteKind.TAG, WriteKind.UNTAG):
        # Both sides only added or took away: ours goes again, on top of theirs.
        return (_S.QUEUED, True) if row.attempts < _MOST_MERGES else (_S.REFUSED, False)
    if kind not in REPEATABLE:
        return _S.REFUSED, False
    body = json.loads(row.body)
    is_same = their_value(kind, body, settled.theirs) == own_value(kind, body)
    return (_S.SENT, False) if is_same else (_S.CONFLICT, False)


def _taken(connection: Connection, row: Row) -> frozenset[str]:
    """The receipts of all others to the same target."""
    rows = connection.exec_driver_sql(
        """SELECT receipt FROM outbox WHERE target_id = ? AND source_id = ? AND external_id = ? AND id <> ? AND receipt <> ''""",
        (row.target_id, row.source_id, row.external_id, row.id),
    ).fetchall()
    return frozenset(one[0] for one in rows)


def _sending(row: Row, body: dict[str, object], by: str, taken: frozenset[str]) -> Sending:
    return Sending(
        op_id=f"{row.edit_id}-{row.id}",
        kind=WriteKind(row.kind),
        target_kind=OwnerKind(row.target_kind),
        target=row.external_id or "",
        body=body,
        at=moment(row.at),
        base=json.loads(row.base) if row.base else None,
        by=by,
        taken=taken,
    )


def _tell(connection: Connection, sending: int) -> None:
    note_changes(connection, Stale.OUTBOX, [sending])
    prune(connection)
