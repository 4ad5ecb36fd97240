"""The outbox: what is on its way to which source, what each of it waits for, and what happened to it."""

from __future__ import annotations

import json
from datetime import datetime

from console.domain.channels import Owner, OwnerKind
from console.domain.ids import ConversationId, SourceId
from console.domain.outbox import NEEDS_SOMEBODY, OVER, SendingState, WriteKind, what_of
from console.domain.outbox_rows import OutboxCounts, OutboxFilter, OutboxRow, WaitsFor
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros, moment, moment_or_none
from console.store.outbox_line import BEHIND
from console.store.outbox_undo import UNDO_SECONDS

_STATES = {
    OutboxFilter.NEEDS_YOU: NEEDS_SOMEBODY,
    OutboxFilter.WAITING: frozenset(SendingState) - NEEDS_SOMEBODY - OVER,
    OutboxFilter.DONE: OVER,
    OutboxFilter.ALL: frozenset(SendingState),
}
_PARTS = (OutboxFilter.NEEDS_YOU, OutboxFilter.WAITING, OutboxFilter.DONE)
_ROWS = """SELECT o.*, coalesce(s.name, '') AS source_name, s.state AS source_state, s.is_paused AS is_paused,
    coalesce(v.subject, '') AS subject, v.customer_id AS customer_id,
    coalesce(CASE o.target_kind WHEN 'company' THEN (SELECT name FROM companies WHERE id = o.target_id)
        ELSE (SELECT coalesce(nullif(u.name, ''), u.email) FROM customers u
              WHERE u.id = CASE o.target_kind WHEN 'customer' THEN o.target_id ELSE v.customer_id END) END, '') AS target_name,
    coalesce(json_extract(o.body, '$.by'), m.by, '') AS by, h.by AS held_by, h.at AS held_at
FROM outbox o LEFT JOIN sources s ON s.id = o.source_id LEFT JOIN conversations v ON v.id = o.conversation_id
LEFT JOIN edit_outcomes m ON m.edit_id = o.edit_id
LEFT JOIN edit_outcomes h ON o.state = 'held' AND h.edit_id = (
    SELECT e.edit_id FROM edit_outcomes e WHERE e.target = 'sending:' || o.id AND e.kind = 'HoldSending' AND e.state = 'folded'
    ORDER BY e.seq DESC LIMIT 1)"""


def outbox(
    connection: Connection, wanted: OutboxFilter = OutboxFilter.ALL, *, now: datetime, limit: int = 500
) -> tuple[OutboxRow, ...]:
    """The rows of the outbox: who must act first, then what is on its way in the order of sending, then what is done, newest first.

    ``now`` is aware UTC: by it what waits for its time is told from what can go at once.
    """
    keys: list[int] = []
    for part in _PARTS if wanted is OutboxFilter.ALL else (wanted,):
        keys += _keys(connection, part, limit - len(keys) if limit >= 0 else -1)
    by_key = {row.id: row for row in sendings(connection, tuple(keys), now=now)}
    return tuple(by_key[key] for key in keys if key in by_key)


def _keys(connection: Connection, part: OutboxFilter, limit: int) -> list[int]:
    order = "settled_at DESC, id DESC" if part is OutboxFilter.DONE else "id"
    states = listed(sorted(state.value for state in _STATES[part]))
    rows = connection.exec_driver_sql(
        f"SELECT id FROM outbox WHERE state IN {IN_LIST} ORDER BY {order} LIMIT ?", (states, limit)
    ).fetchall()
    return [row[0] for row in rows]


def sendings(connection: Connection, keys: tuple[int, ...], *, now: datetime) -> tuple[OutboxRow, ...]:
    """The rows with these keys, in their order; those that are gone are left out."""
    found = connection.exec_driver_sql(f"{_ROWS} WHERE o.id IN {IN_LIST} ORDER BY o.id", (listed(keys),)).fetchall()
    return _rows(connection, found, micros(now))


def outbox_counts(connection: Connection, *, done_since: datetime) -> OutboxCounts:
    """How many there are of each; of what is done only what ended since then (aware UTC).

    The fields of one edit that are in conflict at one source are settled together, and count as one.
    """
    rows = connection.exec_driver_sql(
        """SELECT state, count(DISTINCT CASE state WHEN 'conflict' THEN edit_id || ' ' || source_id || ' ' || target_kind || ' ' || target_id
                ELSE id END) FROM outbox WHERE state NOT IN ('sent', 'dropped') OR settled_at >= ? GROUP BY state""",
        (micros(done_since),),
    ).fetchall()
    by_state = {SendingState(row[0]): row[1] for row in rows}

    def total(wanted: OutboxFilter) -> int:
        return sum(by_state.get(state, 0) for state in _STATES[wanted])

    return OutboxCounts(total(OutboxFilter.NEEDS_YOU), total(OutboxFilter.WAITING), total(OutboxFilter.DONE))


def write_backs(connection: Connection, source: int) -> frozenset[str]:
    """What goes back to a source, as words of ``domain.outbox.what_of``."""
    rows = connection.exec_driver_sql("SELECT what FROM write_backs WHERE source_id = ?", (source,)).fetchall()
    return frozenset(row[0] for row in rows)


def _rows(connection: Connection, found: list[Row], now: int) -> tuple[OutboxRow, ...]:
    queued = [row.id for row in found if row.state == SendingState.QUEUED.value]
    behind = {
        one[0]: one[1]
        for one in connection.exec_driver_sql(
            f"SELECT o.id, {BEHIND} FROM outbox o WHERE o.id IN {IN_LIST}", (listed(queued),)
        ).fetchall()
    }
    chosen = {
        (one[0], one[1]) for one in connection.exec_driver_sql("SELECT source_id, what FROM write_backs").fetchall()
    }
    places = {
        one[0]: one[1]
        for one in connection.exec_driver_sql(
            "SELECT id, row_number() OVER (PARTITION BY source_id ORDER BY id) FROM outbox WHERE state = 'queued'"
        ).fetchall()
    }
    return tuple(_row(row, behind.get(row.id), places.get(row.id, 0), chosen, now) for row in found)


def _row(row: Row, behind: int | None, place: int, chosen: set[tuple[int, str]], now: int) -> OutboxRow:
    body = json.loads(row.body)
    kind, target_kind = WriteKind(row.kind), OwnerKind(row.target_kind)
    what = what_of(kind, target_kind, str(body.get("name", "")))
    return OutboxRow(
        id=row.id,
        edit=row.edit_id,
        kind=kind,
        state=SendingState(row.state),
        source=None if row.source_id is None else SourceId(row.source_id),
        source_name=row.source_name,
        target=Owner(target_kind, row.target_id or row.conversation_id or 0),
        target_name=row.target_name,
        conversation=None if row.conversation_id is None else ConversationId(row.conversation_id),
        subject=row.subject,
        body=body,
        base=json.loads(row.base) if row.base else None,
        theirs=json.loads(row.theirs) if row.theirs else {},
        by=row.by,
        at=moment(row.at),
        reason=row.reason,
        receipt=row.receipt,
        attempts=row.attempts,
        next_at=moment_or_none(row.next_at),
        claimed_at=moment_or_none(row.claimed_at),
        settled_at=moment_or_none(row.settled_at),
        waits_for=_waits_for(row, is_chosen=(row.source_id, what) in chosen, is_behind=behind is not None, now=now),
        place=place,
        behind=behind,
        held_by=row.held_by or "",
        held_at=moment_or_none(row.held_at),
    )


def _waits_for(row: Row, *, is_chosen: bool, is_behind: bool, now: int) -> WaitsFor:
    waits = row.next_at is not None and row.next_at > now
    reasons = (
        (row.state != SendingState.QUEUED.value, WaitsFor.NOTHING),
        (row.source_state in (None, "removed"), WaitsFor.NOWHERE),
        (not is_chosen, WaitsFor.CHOICE),
        (bool(row.is_paused), WaitsFor.PAUSE),
        (row.source_state == "needs you", WaitsFor.SOURCE),
        (is_behind, WaitsFor.BEFORE),
        (waits and not row.attempts and row.next_at <= row.at + UNDO_SECONDS * 1_000_000, WaitsFor.UNDO),
        (waits, WaitsFor.TRY),
    )
    return next((reason for is_so, reason in reasons if is_so), WaitsFor.TURN)
