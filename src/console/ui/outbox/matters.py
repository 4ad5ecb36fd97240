"""What the list of the outbox holds: one line for each matter, in three groups by who must act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.domain.outbox import NEEDS_SOMEBODY, OVER, SendingState
from console.domain.outbox_rows import OutboxCounts, OutboxFilter, OutboxRow
from console.store.connection import Connection
from console.store.outbox import outbox, outbox_counts

MOST = 100
"""Lines of one group on screen; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Rows that are settled together: the fields of one edit in conflict at one source, else a single row."""

    rows: tuple[OutboxRow, ...]

    @property
    def first(self) -> OutboxRow:
        """The row that stands for all of them."""
        return self.rows[0]

    @property
    def key(self) -> int:
        """What stays the same while its state changes."""
        return self.first.id


@dataclass(frozen=True, slots=True)
class Listed:
    """The matters by group, and how many there are in all; `done` holds today's unless all were asked for."""

    needs_you: tuple[Matter, ...]
    waiting: tuple[Matter, ...]
    done: tuple[Matter, ...]
    counts: OutboxCounts

    def all(self) -> tuple[Matter, ...]:
        """Every matter in the order of the list."""
        return (*self.needs_you, *self.waiting, *self.done)


def listed(connection: Connection, *, now: datetime, since: datetime, is_all_done: bool) -> Listed:
    """What the list shows; ``now`` and ``since`` (where today begins) are aware UTC."""
    done = outbox(connection, OutboxFilter.DONE, now=now, limit=MOST * 3)
    if not is_all_done:
        done = tuple(row for row in done if row.settled_at is not None and row.settled_at >= since)
    return Listed(
        matters(outbox(connection, OutboxFilter.NEEDS_YOU, now=now)),
        matters(outbox(connection, OutboxFilter.WAITING, now=now)),
        matters(done),
        outbox_counts(connection, done_since=since),
    )


def matters(rows: Iterable[OutboxRow]) -> tuple[Matter, ...]:
    """Rows in their order, the fields of one conflict as one."""
    found: dict[object, list[OutboxRow]] = {}
    for row in rows:
        is_conflict = row.state is SendingState.CONFLICT
        key = (row.edit, row.source, row.target) if is_conflict else row.id
        found.setdefault(key, []).append(row)
    return tuple(Matter(tuple(one)) for one in found.values())


def needs_somebody(row: OutboxRow) -> bool:
    """Whether it goes on only when a teammate acts."""
    return row.state in NEEDS_SOMEBODY


def is_over(row: OutboxRow) -> bool:
    """Whether nothing more happens to it."""
    return row.state in OVER
