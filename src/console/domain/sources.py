"""Sources as they are read: how each one stands, how far it came, what its runs brought, what was put aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.ids import SourceId
from console.domain.records import Coverage


class SourceState(StrEnum):
    """How a source stands. ``WAITING`` goes on by itself; ``NEEDS_SOMEBODY`` rests until a teammate has acted."""

    READY = "ready"
    SYNCING = "syncing"
    WAITING = "waiting"
    NEEDS_SOMEBODY = "needs you"


class RunState(StrEnum):
    """How a run stands or ended. ``INTERRUPTED``: the process ended before the run did; the next one goes on from there."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    WAITING = "waiting"
    FAILED = "needs you"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class StreamRow:
    """How far one stream of a source came; ``total`` None where the source does not say.

    ``held``: its living records in our tables. ``synced_at``: when its last page came in, the age of its cursor.
    ``changed_at``: when something new, changed or gone last came in. ``is_off``: a teammate does not want it.
    """

    stream: str
    done: int
    total: int | None
    synced_at: datetime | None
    held: int = 0
    changed_at: datetime | None = None
    coverage: Coverage | None = None
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One configured source. ``state`` is a ``SourceState``; ``problem`` says what is in the way, and what somebody must do.

    ``counts``: records in our tables by kind, and ``quarantined``. ``settings`` never hold a secret. ``every``: minutes
    between two runs where a teammate chose them, None for the kind's own pace. ``next_at``: when it is asked again, where
    that is known; while it waits, until when. ``trust``: of two integrations the one with more is believed.
    """

    id: SourceId
    kind: str
    name: str
    state: str
    problem: str
    synced_at: datetime | None
    is_paused: bool
    settings: Mapping[str, str]
    streams: tuple[StreamRow, ...]
    counts: Mapping[str, int]
    every: int | None = None
    next_at: datetime | None = None
    trust: int = 0

    @property
    def held(self) -> int:
        """All living records that it brought."""
        return sum(count for kind, count in self.counts.items() if kind != QUARANTINED)


QUARANTINED = "quarantined"


def trusted_first(rows: Iterable[SourceRow], source: SourceId) -> tuple[SourceId, ...]:
    """The order of trust with this source before all others."""
    return (source, *(one for one in order_of_trust(rows) if one != source))


def order_of_trust(rows: Iterable[SourceRow]) -> tuple[SourceId, ...]:
    """The sources that teammates put in an order, the most trusted first."""
    ordered = sorted((row for row in rows if row.trust > 0), key=lambda row: -row.trust)
    return tuple(row.id for row in ordered)


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of a source: ``state`` is a ``RunState``, ``finished_at`` None while it runs.

    ``new``, ``changed``, ``unchanged`` and ``gone`` count records, ``quarantined`` those that could not be read,
    ``requests`` what was asked of the source, ``waits`` how often it asked to wait.
    """

    id: int
    started_at: datetime
    finished_at: datetime | None
    state: str
    problem: str
    new: int
    changed: int
    unchanged: int
    gone: int
    quarantined: int
    requests: int
    waits: int

    @property
    def read(self) -> int:
        """All records that it gave, known or not."""
        return self.new + self.changed + self.unchanged + self.quarantined


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """How many records of a source could not be read for one reason."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class AsideRow:
    """One record that could not be read, as it came. ``stream`` is empty where nobody knows it any more."""

    id: int
    source: SourceId
    external_id: str
    stream: str
    reason: str
    at: datetime
    raw: bytes


@dataclass(frozen=True, slots=True)
class SourceReport:
    """Everything the page of one source shows: the source, its last runs (newest first), why records were put aside."""

    source: SourceRow
    runs: tuple[RunRow, ...]
    reasons: tuple[ReasonRow, ...]
