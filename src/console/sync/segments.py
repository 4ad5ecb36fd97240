"""Rounds through the segments: time alone lets customers join and leave, so each is asked again every ten minutes and at midnight.

One segment a step, in the pauses of the sync process: an edit waits for one of them, never for all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from console.store.moments import micros
from console.store.own_clock import zone_of
from console.store.segment_membership import Kept, kept_segments, settle
from console.store.workspace import Workspace

_log = logging.getLogger(__name__)
ROUND_SECONDS = 600.0


@dataclass(slots=True)
class SegmentRounds:
    """Asks every segment again when a round is due. ``now`` is aware UTC, ``seconds`` a monotonic clock."""

    workspace: Workspace
    now: Callable[[], datetime]
    seconds: Callable[[], float]
    _waiting: list[Kept] = field(default_factory=list)
    _began: float | None = None
    _zone: tzinfo = UTC
    _day: date | None = None

    def step(self) -> bool:
        """Ask one segment again where a round is due; tells whether there was one."""
        if not self._waiting and not self._begin():
            return False
        segment = self._waiting.pop()
        with self.workspace.database.write() as connection:
            moved = settle(connection, segment, micros(self.now()))
        if moved:
            _log.info("segment %d: %d joined or left", segment.id, moved)
        return True

    def _begin(self) -> bool:
        """Begin a round where it is time; tells whether there is a segment to ask."""
        is_due = self._began is None or self.seconds() - self._began >= ROUND_SECONDS
        if not is_due and self._day == self.now().astimezone(self._zone).date():
            return False
        self._began = self.seconds()
        with self.workspace.database.read() as connection:
            self._zone = zone_of(connection)
            self._waiting = list(reversed(kept_segments(connection)))
        self._day = self.now().astimezone(self._zone).date()
        return bool(self._waiting)
