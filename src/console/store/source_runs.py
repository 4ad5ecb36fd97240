"""Runs of sources: one row each, opened when a run begins and closed with what it came to."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.sources import RunState
from console.store.changes import Stale, note_changes
from console.store.connection import Connection
from console.store.taking import Taken

_KEPT = 200


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended, what was asked of the source for it, and how often the source asked to wait."""

    state: RunState
    problem: str = ""
    requests: int = 0
    waits: int = 0


def begin_run(connection: Connection, source: int, now: int) -> int:
    """Open the row of a run and forget the oldest ones; gives its key."""
    run = connection.exec_driver_sql(
        "INSERT INTO source_runs (source_id, started_at, state) VALUES (?, ?, ?) RETURNING id",
        (source, now, RunState.RUNNING.value),
    ).scalar_one()
    connection.exec_driver_sql(
        """DELETE FROM source_runs WHERE source_id = ?1 AND id NOT IN (
           SELECT id FROM source_runs WHERE source_id = ?1 ORDER BY started_at DESC, id DESC LIMIT ?2)""",
        (source, _KEPT),
    )
    return run


def note_run(connection: Connection, run: int, taken: Taken) -> None:
    """Write down what a run has brought so far, in the transaction that brought it."""
    connection.exec_driver_sql(
        "UPDATE source_runs SET new = ?, changed = ?, unchanged = ?, gone = ?, quarantined = ? WHERE id = ?",
        (taken.new, taken.updated, taken.unchanged, taken.gone, taken.left_out, run),
    )


def finish_run(connection: Connection, run: int, ended: Ended, taken: Taken, now: int) -> None:
    """Close the row of a run."""
    note_run(connection, run, taken)
    connection.exec_driver_sql(
        "UPDATE source_runs SET state = ?, problem = ?, finished_at = ?, requests = ?, waits = ? WHERE id = ?",
        (ended.state.value, ended.problem, now, ended.requests, ended.waits, run),
    )


def close_interrupted_runs(connection: Connection, now: int) -> None:
    """Close the rows of runs that a crash or the end of the process cut off; what they brought is counted in them."""
    rows = connection.exec_driver_sql("SELECT DISTINCT source_id FROM source_runs WHERE finished_at IS NULL").fetchall()
    if rows:
        connection.exec_driver_sql(
            "UPDATE source_runs SET state = ?, finished_at = ? WHERE finished_at IS NULL",
            (RunState.INTERRUPTED.value, now),
        )
    connection.exec_driver_sql(
        "UPDATE sources SET state = 'ready', next_at = NULL WHERE state IN ('syncing', 'waiting')"
    )
    note_changes(connection, Stale.SOURCE, [row[0] for row in rows])
