"""Import batches as the sync process keeps them: waiting, running, done, stopped, failed, previewed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.domain.records import Rejected
from console.store.changes import Stale, note_changes
from console.store.connection import Connection
from console.store.moments import moment
from console.store.record_json import packed
from console.store.taking import Taken


@dataclass(frozen=True, slots=True)
class WaitingBatch:
    """An import in line: its plan as JSON, whether it only counts, and when it was asked for (aware UTC)."""

    id: str
    plan: str
    is_dry_run: bool
    asked_at: datetime


def restart_interrupted(connection: Connection) -> None:
    """Put imports back in line that a crash cut off; what they had brought in is known and not brought twice."""
    connection.exec_driver_sql("UPDATE import_batches SET state = 'waiting' WHERE state = 'running'")
    connection.exec_driver_sql("UPDATE import_batches SET state = 'waiting, dry' WHERE state = 'running, dry'")


def is_import_waiting(connection: Connection) -> bool:
    """Whether any import is in line, one that only counts among them."""
    statement = "SELECT 1 FROM import_batches WHERE state IN ('waiting', 'waiting, dry') LIMIT 1"
    return connection.exec_driver_sql(statement).scalar() is not None


def next_batch(connection: Connection) -> WaitingBatch | None:
    """The import that is first in line, marked as running; None where none waits."""
    row = connection.exec_driver_sql(
        "SELECT id, plan, state, started_at FROM import_batches WHERE state IN ('waiting', 'waiting, dry') ORDER BY started_at, id LIMIT 1"
    ).first()
    if row is None:
        return None
    is_dry_run = row[2] == "waiting, dry"
    connection.exec_driver_sql(
        "UPDATE import_batches SET state = ? WHERE id = ?", ("running, dry" if is_dry_run else "running", row[0])
    )
    note_changes(connection, Stale.IMPORT, [0])
    return WaitingBatch(row[0], row[1], is_dry_run, moment(row[3]))


def note_progress(connection: Connection, batch: str, taken: Taken, done: int, total: int | None) -> None:
    """Write down how far an import is, in the transaction of the page that brought it there."""
    connection.exec_driver_sql(
        "UPDATE import_batches SET done = ?, total = ?, counts = ? WHERE id = ?",
        (done, total, counts_json(taken), batch),
    )
    note_changes(connection, Stale.IMPORT, [0])


def keep_rejected(connection: Connection, batch: str, rejected: Iterable[Rejected], now: int) -> None:
    """Keep the rows that a dry run would leave out, so that the window can show them."""
    connection.exec_driver_sql("DELETE FROM quarantine WHERE batch_id = ?", (batch,))
    rows = [(0, one.external_id, one.reason, packed(one.raw), now, batch) for one in rejected]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO quarantine (source_id, external_id, reason, raw, at, batch_id) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            rows,
        )


def finish_batch(connection: Connection, batch: str, state: str, problem: str, taken: Taken, now: int) -> None:
    """Write down how an import ended."""
    connection.exec_driver_sql(
        "UPDATE import_batches SET state = ?, problem = ?, finished_at = ?, counts = ? WHERE id = ?",
        (state, problem, now, counts_json(taken), batch),
    )
    note_changes(connection, Stale.IMPORT, [0])


def counts_json(taken: Taken) -> str:
    """The counts of an import as JSON."""
    counts: Mapping[str, object] = {
        "new": taken.new, "updated": taken.updated, "unchanged": taken.unchanged, "left_out": taken.left_out,
        "changes_by_property": taken.changes_by_property,
    }  # fmt: skip
    return json.dumps(counts, ensure_ascii=False)
