"""Sources as they are read: how each one stands and how far it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from console.domain.ids import SourceId


@dataclass(frozen=True, slots=True)
class StreamRow:
    """How far one stream of a source came; ``total`` None where the source does not say."""

    stream: str
    done: int
    total: int | None
    synced_at: datetime | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One configured source. ``state`` is ready, syncing, waiting or failed; ``problem`` says what somebody must do.

    ``counts``: records in our tables by kind, and ``quarantined``. ``settings`` never hold a secret.
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
