"""Import batches: what each one brought, how it stands, and which records it left out."""

from __future__ import annotations

import json
import zlib

from console.domain.importing import ImportCounts
from console.domain.imports import BatchRow, Problem
from console.store.connection import Connection, Row
from console.store.errors import NotFound
from console.store.moments import moment, moment_or_none

CHANGES = "changes:"  # before the name of a property in a batch's counts: how many values of it changed


_COLUMNS = "id, kind, name, state, done, total, counts, problem, started_at, finished_at, undone_at"


def batches(connection: Connection) -> tuple[BatchRow, ...]:
    """Every import, newest first; dry runs are none."""
    rows = connection.exec_driver_sql(
        f"""SELECT {_COLUMNS} FROM import_batches WHERE state NOT LIKE '%dry' AND state <> 'previewed'
            ORDER BY started_at DESC, id DESC"""
    ).fetchall()
    return tuple(_batch(row) for row in rows)


def batch_called(connection: Connection, batch: str) -> BatchRow | None:
    """One import or dry run; None while it is not folded yet. A dry run's state ends in `dry` until it is previewed."""
    row = connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM import_batches WHERE id = ?", (batch,)).one_or_none()
    return None if row is None else _batch(row)


def problems(connection: Connection, batch: str) -> tuple[Problem, ...]:
    """The records that a batch left out, in the order in which they were met."""
    rows = connection.exec_driver_sql(
        "SELECT external_id, reason, raw FROM quarantine WHERE batch_id = ? ORDER BY id", (batch,)
    ).fetchall()
    return tuple(Problem(external_id, reason, zlib.decompress(raw)) for external_id, reason, raw in rows)


def set_aside(connection: Connection, source: int) -> tuple[Problem, ...]:
    """The records of a source that could not be read, the newest first; those of its imports are among them."""
    rows = connection.exec_driver_sql(
        "SELECT external_id, reason, raw FROM quarantine WHERE source_id = ? ORDER BY at DESC, id DESC", (source,)
    ).fetchall()
    return tuple(Problem(external_id, reason, zlib.decompress(raw)) for external_id, reason, raw in rows)


def counts_of(connection: Connection, batch: str) -> tuple[str, str, ImportCounts]:
    """How one import stands, dry runs included: its state, its problem, and what it came to. Raises NotFound."""
    row = connection.exec_driver_sql("SELECT state, problem, counts FROM import_batches WHERE id = ?", (batch,)).first()
    if row is None:
        raise NotFound(f"There is no import {batch}; “support-console import --batches” lists them")
    return row.state, row.problem, ImportCounts(**json.loads(row.counts or "{}"))


def _batch(row: Row) -> BatchRow:
    return BatchRow(
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


def _numbers(text: str) -> dict[str, int]:
    counts = json.loads(text or "{}")
    numbers = {name: count for name, count in counts.items() if isinstance(count, int)}
    changes = counts.get("changes_by_property", {})
    return numbers | {f"{CHANGES}{name}": count for name, count in changes.items()}
