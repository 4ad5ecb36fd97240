"""Import batches as they are read: what each one brought, and which rows it left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import. ``state`` is waiting, running, done, failed, cancelled or undone; times are aware UTC."""

    id: str
    kind: str
    name: str
    state: str
    done: int
    total: int | None
    counts: Mapping[str, int]
    problem: str
    started_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that was left out: its key in the source, why, and what the source gave."""

    external_id: str
    reason: str
    raw: bytes
