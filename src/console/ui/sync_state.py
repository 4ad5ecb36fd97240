"""How the workspace stands towards the outside: in step, at work, offline since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from console.store.changes import Stale
from console.ui.session import Session

if TYPE_CHECKING:
    from console.domain.outbox_rows import OutboxCounts
    from console.domain.sources import SourceRow
    from console.store.database import Connection
    from console.ui.services import Progress

# Where imported files and edits by hand hang; nothing is synced with them.
INTERNAL = frozenset({"mail-files", "survey-files", "spreadsheets", "home", "hand"})
OFFLINE_AFTER_MS = 5_000


@dataclass(frozen=True, slots=True)
class Standing:
    """What the footer says. `synced_at` is the newest sync; `working` names what is being read. `queued` counts what is not sent
    yet, `needs_you` what of it goes on only when a teammate acts."""

    source_count: int = 0
    synced_at: datetime | None = None
    working: tuple[Progress, ...] = ()
    problem: str = ""
    queued: int = 0
    needs_you: int = 0
    offline_since: datetime | None = None


class SyncState(QObject):
    """Gathers sources, progress and the connection into one standing.

    Signals:
        changed: the new `Standing`.
        went_offline: the connection has been away for five seconds; since when.
        came_back: it is there again.
    """

    changed = Signal(object)
    went_offline = Signal(object)
    came_back = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._progress_by_name: dict[str, Progress] = {}
        self._offline_since: datetime | None = None
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.setInterval(OFFLINE_AFTER_MS)
        self._grace.timeout.connect(self._say_offline)
        session.progressed.connect(self.take_progress)
        session.feed.changed.connect(self._take_change)
        session.submitted.connect(self.tell)

    def tell(self, _because: object = None) -> None:
        """Says how it stands, as soon as it is read."""
        self._session.ask(self._read, self._say, asker=self)

    def _read(self, connection: Connection) -> tuple[tuple[SourceRow, ...], OutboxCounts]:
        # Imported in the thread that reads: nothing of it is painted with the rows.
        from console.store import sources
        from console.store.outbox import outbox_counts

        return sources.sources(connection), outbox_counts(connection, done_since=self._session.now())

    def _say(self, answer: tuple[tuple[SourceRow, ...], OutboxCounts]) -> None:
        rows, counts = answer
        rows = tuple(row for row in rows if row.kind not in INTERNAL and row.state != "removed")
        live = [row for row in rows if not row.is_paused]
        times = [row.synced_at for row in live if row.synced_at is not None]
        problem = next((row.problem for row in rows if row.problem), "")
        standing = Standing(
            source_count=len(rows),
            synced_at=max(times, default=None),
            working=tuple(self._progress_by_name.values()),
            problem=problem,
            queued=counts.not_sent,
            needs_you=counts.needs_you,
            offline_since=self._offline_since,
        )
        self.changed.emit(standing)

    def take_progress(self, progress: Progress) -> None:
        """Takes in what the sync process says."""
        if progress.task == "connection":
            self._take_connection(is_there=progress.state != "offline")
        elif progress.state in ("running", "waiting"):
            self._progress_by_name[f"{progress.task}:{progress.name}"] = progress
        else:
            self._progress_by_name.pop(f"{progress.task}:{progress.name}", None)
        self.tell()

    def _take_connection(self, *, is_there: bool) -> None:
        if is_there:
            self._grace.stop()
            if self._offline_since is not None:
                self._offline_since = None
                self.came_back.emit()
        elif self._offline_since is None:
            self._offline_since = self._session.now()
            self._grace.start()

    def _say_offline(self) -> None:
        if self._offline_since is not None:
            self.went_offline.emit(self._offline_since)

    def _take_change(self, kind: Stale, _keys: object) -> None:
        if kind in (Stale.SOURCE, Stale.OUTBOX, Stale.IMPORT):
            self.tell()
