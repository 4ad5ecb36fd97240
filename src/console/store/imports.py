"""Import batches: what each one brought, how it stands, and which records it left out."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from console.domain.imports import BatchRow, Problem
from console.store.moments import moment, moment_or_none


def batches(connection: Connection) -> tuple[BatchRow, ...]:
    """Every import, newest first."""
    rows = connection.exec_driver_sql(
        """SELECT id, kind, name, state, done, total, counts, problem, started_at, finished_at, undone_at
           FROM import_batches ORDER BY started_at DESC, id DESC"""
    ).fetchall()
    return tuple(
        BatchRow(
            id=row.id,
            kind=row.kind,
            name=row.name,
            state=row.state,
            done=row.done,
            total=row.total,
            counts=_numbers(row.counts),
            problem=row.problem,
            started_at=moment(row.started_at),
            finished_at=moment_or_none(row.finished_at),
            undone_at=moment_or_none(row.undone_at),
        )
        for row in rows
    )


def problems(connection: Connection, batch: str) -> tuple[Problem, ...]:
    """The records that a batch left out, in the order in which they were met."""
    rows = connection.exec_driver_sql(
        "SELECT external_id, reason, raw FROM quarantine WHERE batch_id = ? ORDER BY id", (batch,)
    ).fetchall()
    return tuple(Problem(external_id, reason, raw) for external_id, reason, raw in rows)


def _numbers(text: str) -> dict[str, int]:
    counts = json.loads(text or "{}")
    return {name: count for name, count in counts.items() if isinstance(count, int)}
