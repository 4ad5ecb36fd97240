"""The one writer: edits before pages, each page in one transaction, the full-text index in the pauses."""

from __future__ import annotations

import contextlib
import logging
import queue
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.records import Rejected
from console.store import search_index
from console.store.conversation_rows import wake_snoozed
from console.store.errors import DamagedFile
from console.store.fold import fold_pending
from console.store.import_writes import finish_batch, keep_rejected, note_progress
from console.store.ingest import take_in
from console.store.moments import micros
from console.store.refreshing import Touched, refresh
from console.store.source_writes import is_connected
from console.store.taking import Taken
from console.store.workspace import Workspace
from console.sync.ledger import Ledger
from console.sync.progress import Progress
from console.sync.work import MOST_AT_ONCE, Asked, Finished, Nudge, PageWork, Resting, Started, Task, Work, parted

_log = logging.getLogger(__name__)
_MOST_WAITING = 2
_INDEX_ROWS = 500
_MOST_SHOWN = 1_000
_FEWEST_AT_ONCE = 10
_PART_SECONDS, _CALM_PART_SECONDS = 0.02, 0.08
"""What a part of a page may take while teammates make edits, and while they do not: small parts cost a fifth more in all."""
_CALM_AFTER_SECONDS = 10.0


@dataclass(slots=True)
class Writer:
    """Owns every change of ``workspace.db`` and ``search.db`` in this process. Only its own thread calls it, but ``put``.

    ``tell`` hears how tasks get on; ``now`` is aware UTC, ``seconds`` a monotonic clock.
    """

    workspace: Workspace
    now: Callable[[], datetime]
    seconds: Callable[[], float]
    tell: Callable[[Progress], None]
    taken: dict[Task, Taken] = field(default_factory=dict)
    rejected: dict[Task, list[Rejected]] = field(default_factory=dict)
    ledger: Ledger = field(init=False)
    _state_by_source: dict[str, str] = field(default_factory=dict)
    _at_hand: Work | None = None
    _at_once: int = MOST_AT_ONCE
    _calm_at: float = 0.0
    _waiting: queue.Queue[Work] = field(default_factory=lambda: queue.Queue(_MOST_WAITING))

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.workspace.database, self.now, lambda progress: self.tell(progress))

    def put(self, work: Work, *, seconds: float | None = None) -> None:
        """Hand something over, from any thread; waits while the writer is behind. Raises queue.Full after ``seconds``."""
        self._waiting.put(work, timeout=seconds)

    def fold(self) -> int:
        """Fold what teammates did; gives how many edits."""
        count = fold_pending(self.workspace, self.now)
        if count:
            self._calm_at = self.seconds() + _CALM_AFTER_SECONDS
        return count

    def take_one(self, seconds: float) -> bool:
        """Take the next piece of work in, waiting for it so long; tells whether there was one.

        What could not be written (a full disk) stays at hand for the next call: nothing is dropped.
        """
        if self._at_hand is None:
            try:
                self._at_hand = self._waiting.get(timeout=seconds) if seconds else self._waiting.get_nowait()
            except queue.Empty:
                return False
        match self._at_hand:
            case PageWork():
                self._at_hand = self._part(self._at_hand)
                return True
            case Started():
                self.ledger.begin(self._at_hand)
            case Resting():
                self.ledger.rest(self._at_hand)
            case Finished():
                self._finish(self._at_hand)
            case Asked():
                self._answer(self._at_hand)
            case Nudge():
                pass
        self._at_hand = None
        return True

    def nudge(self) -> None:
        """Have the writer look around now, from any thread; one that is busy does so anyway."""
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait(Nudge())

    def is_behind(self) -> bool:
        """Whether something waits to be taken in."""
        return self._at_hand is not None or not self._waiting.empty()

    def wake(self) -> None:
        """Open conversations whose snooze has ended."""
        with self.workspace.database.write() as connection:
            touched = Touched()
            touched.conversations.update(wake_snoozed(connection, micros(self.now())))
            if touched.conversations:
                refresh(connection, touched)

    def index(self) -> bool:
        """One short step of the full-text index; tells whether more is waiting. A damaged one stops nothing else."""
        try:
            return search_index.index(self.workspace, _INDEX_ROWS)
        except DamagedFile:
            _log.warning("the full-text index is damaged")
            return False

    def tidy(self) -> None:
        """Move the write-ahead logs into their files while nobody waits."""
        self.workspace.database.checkpoint()
        with contextlib.suppress(DamagedFile):
            self.workspace.search.checkpoint()

    def _part(self, work: PageWork) -> PageWork | None:
        """Take a part of the page in and give what is left; the next part is as large as its time allows."""
        part, rest = parted(work, self._at_once)
        began = self.seconds()
        self._page(part, is_whole=rest is None)
        spent = self.seconds() - began
        self.ledger.told(part, began + spent, is_whole=rest is None)
        allowed = _CALM_PART_SECONDS if began >= self._calm_at else _PART_SECONDS
        # A page that was taken whole may have been too short to say that more would do as well.
        if spent > allowed or rest is not None:
            taken = self._at_once if rest is not None else min(self._at_once, len(part.page.records))
            self._at_once = max(_FEWEST_AT_ONCE, min(round(taken * allowed / max(spent, 0.001)), MOST_AT_ONCE))
        return rest

    def _page(self, work: PageWork, *, is_whole: bool) -> None:
        """A dry run takes the page in for real and rolls back: what it counts is what would happen."""
        total = self.taken.setdefault(work.task, Taken())
        with self.workspace.database.write() as connection:
            if work.task.kind != "import" and not is_connected(connection, work.intake.source_id):
                return
            taken = take_in(connection, work.page, work.intake, work.fetched_at)
            if work.task.is_dry_run:
                connection.rollback()
                self.rejected.setdefault(work.task, []).extend(work.page.rejected)
            elif work.task.kind == "import" and is_whole:
                note_progress(connection, work.task.name, total, work.page.done, work.page.total)
            elif work.task.kind == "sync":
                self.ledger.note(connection, work, total, taken)
        total.add(taken)

    def _answer(self, work: Asked) -> None:
        with self.workspace.database.write() as connection:
            given = work.act(connection)
        work.answer(given)

    def _finish(self, work: Finished) -> None:
        total, state = self.taken.get(work.task, Taken()), work.state
        now = micros(self.now())
        with self.workspace.database.write() as connection:
            if work.task.kind == "import":
                if work.task.is_dry_run:
                    keep_rejected(connection, work.task.name, self.rejected.get(work.task, [])[:_MOST_SHOWN], now)
                finish_batch(connection, work.task.name, work.state, work.problem, total, now)
            elif work.task.kind == "sync":
                state = self.ledger.finish(connection, work, total).value
        self.taken.pop(work.task, None)
        self.rejected.pop(work.task, None)
        self.ledger.forget(work.task)
        _log.info("%s ended: %s", work.task.kind, work.state)
        if work.task.kind == "sync":
            self._note_connection(work.task.name, state)
        until = work.next_at.timestamp() if work.next_at and state == "waiting" else None
        state = _STATES.get(work.state, work.state)
        self.tell(Progress(work.task, state, problem=work.problem, records=total.read, until=until))

    def _note_connection(self, source: str, state: str) -> None:
        """The network counts as away while some source cannot be reached and none can."""
        was_away = self._is_away()
        self._state_by_source[source] = state
        if self._is_away() != was_away:
            self.tell(Progress(Task("connection", ""), "offline" if self._is_away() else "running"))

    def _is_away(self) -> bool:
        states = set(self._state_by_source.values())
        return "waiting" in states and "ready" not in states


_STATES = {
    "ready": "done",
    "done": "done",
    "previewed": "done",
    "stopped": "done",
    "needs you": "failed",
    "waiting": "waiting",
}
