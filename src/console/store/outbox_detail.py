"""One sending whole: what belongs to the same matter, both values of each field in conflict, and what happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from console.domain.outbox import UNSAID, SendingState, WriteKind, own_value, their_value
from console.domain.outbox_rows import FieldConflict, Happening, OutboxDetail, OutboxRow
from console.domain.values import ValueKind, plain, restored
from console.store.connection import Connection
from console.store.errors import NotFound
from console.store.moments import moment
from console.store.outbox import sendings


def outbox_detail(connection: Connection, sending: int, *, now: datetime) -> OutboxDetail:
    """Everything about one sending. Raises NotFound where it is gone."""
    keys = connection.exec_driver_sql(
        """SELECT e.id FROM outbox o JOIN outbox e ON e.edit_id = o.edit_id AND e.source_id IS o.source_id
               AND e.target_kind = o.target_kind AND e.target_id IS o.target_id
           WHERE o.id = ? ORDER BY e.id""",
        (sending,),
    ).fetchall()
    matter = sendings(connection, tuple(row[0] for row in keys), now=now)
    row = next((one for one in matter if one.id == sending), None)
    if row is None:
        raise NotFound("This is no longer in the outbox")
    disputed = [one for one in matter if one.state is SendingState.CONFLICT]
    seen = [one.settled_at for one in disputed if one.settled_at]
    return OutboxDetail(
        row,
        matter,
        tuple(field for one in disputed for field in fields_in_conflict(one)),
        tuple(sorted(_history(connection, row), key=lambda one: one.at)),
        max(seen, default=None),
    )


def fields_in_conflict(row: OutboxRow) -> tuple[FieldConflict, ...]:
    """The field of a row that changed on both sides, as it is shown."""
    said = row.base or {}
    theirs = their_value(row.kind, row.body, row.theirs)
    name = str(row.body.get("name") or {WriteKind.ASSIGNMENT: "teammate"}.get(row.kind, row.kind.value))
    mine = own_value(row.kind, row.body)
    before = said.get("value", said.get("was"))
    return (
        FieldConflict(
            row.id, name, _shown(row, mine), "" if theirs is UNSAID else _shown(row, theirs), _shown(row, before)
        ),
    )


def _shown(row: OutboxRow, value: object) -> str:
    """A value in its stored form as a teammate reads it; what is none of its kind is shown as it came."""
    if value is None:
        return ""
    try:
        return plain(restored(ValueKind(str(row.body.get("kind", ValueKind.STRING.value))), str(value)))
    except ValueError:
        return str(value)


def _history(connection: Connection, row: OutboxRow) -> Iterable[Happening]:
    told = connection.exec_driver_sql(
        """SELECT at, title, by, kind, edit_id FROM edit_outcomes
            WHERE state = 'folded' AND (edit_id = ? OR target = ? OR (kind IN ('Undo', 'Redo') AND target IN (
                SELECT edit_id FROM edit_outcomes WHERE edit_id = ? OR target = ?)))
            ORDER BY seq""",
        (row.edit, f"sending:{row.id}", row.edit, f"sending:{row.id}"),
    ).fetchall()
    for at, title, by, _, edit in told:
        yield Happening(row.at, "made", title, by) if edit == row.edit else Happening(moment(at), "edit", title, by)
    if row.claimed_at:
        yield Happening(row.claimed_at, "tried", f"Attempt {row.attempts}" if row.attempts > 1 else "Sent off")
    if row.settled_at:
        yield Happening(row.settled_at, "settled", row.reason or _ENDED.get(row.state, ""))
    elif row.state is SendingState.QUEUED and row.reason:
        yield Happening(row.next_at or row.at, "waits", row.reason)


_ENDED = {
    SendingState.SENT: "The source took it",
    SendingState.DROPPED: "Dropped, it was not sent",
    SendingState.REFUSED: "The source refused it",
    SendingState.CONFLICT: "It changed at the source as well",
    SendingState.UNKNOWN: "Nobody can tell whether it was sent",
}
