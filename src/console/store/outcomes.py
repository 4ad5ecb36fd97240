"""What became of edits: folded or refused, and how far the journal was read."""

from __future__ import annotations

from console.domain.ids import EditId
from console.domain.outcomes import Outcome, OutcomeState
from console.store.connection import Connection, Row
from console.store.moments import moment

FOLDED_THROUGH = "folded_through"
_COLUMNS = "edit_id, seq, state, title, reason, at, by"


def outcome(connection: Connection, edit_id: str) -> Outcome | None:
    """What became of an edit, None as long as it was not folded."""
    row = connection.exec_driver_sql(
        f"SELECT {_COLUMNS} FROM edit_outcomes WHERE edit_id = ?", (edit_id,)
    ).one_or_none()
    return None if row is None else _outcome(row)


def folded_through(connection: Connection) -> int:
    """The place in the journal's order up to which edits were folded; 0 before the first."""
    return int(connection.exec_driver_sql("SELECT value FROM meta WHERE name = ?", (FOLDED_THROUGH,)).scalar() or 0)


def refused(connection: Connection, since_seq: int) -> tuple[Outcome, ...]:
    """The edits after a place in the journal's order that were refused, oldest first."""
    rows = connection.exec_driver_sql(
        f"SELECT {_COLUMNS} FROM edit_outcomes WHERE seq > ? AND state = 'refused' ORDER BY seq", (since_seq,)
    ).fetchall()
    return tuple(_outcome(row) for row in rows)


def remarked(connection: Connection, since_seq: int) -> tuple[Outcome, ...]:
    """The edits after a place in the journal's order that took effect, but not on everybody; the reason says on how many."""
    rows = connection.exec_driver_sql(
        f"SELECT {_COLUMNS} FROM edit_outcomes WHERE seq > ? AND state = 'folded' AND reason <> '' ORDER BY seq",
        (since_seq,),
    ).fetchall()
    return tuple(_outcome(row) for row in rows)


def _outcome(row: Row) -> Outcome:
    return Outcome(EditId(row.edit_id), row.seq, OutcomeState(row.state), row.title, row.reason, moment(row.at), row.by)
