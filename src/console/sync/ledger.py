"""The ledger of runs: what the writer notes of each source while it is read, and tells the window about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.ids import SourceId
from console.domain.sources import RunState, SourceState
from console.store.connection import Connection
from console.store.database import Database
from console.store.moments import micros, micros_or_none
from console.store.source_runs import Ended, begin_run, finish_run, note_run
from console.store.source_writes import set_state
from console.store.taking import Taken
from console.sync.pace import Pace
from console.sync.progress import Progress
from console.sync.work import Finished, PageWork, Resting, Started, Task

_ASKED_TO_WAIT = "The source asked us to wait. It goes on by itself."
_STANDING = {
    RunState.DONE: SourceState.READY,
    RunState.STOPPED: SourceState.READY,
    RunState.WAITING: SourceState.WAITING,
    RunState.FAILED: SourceState.NEEDS_SOMEBODY,
}


@dataclass(slots=True)
class Ledger:
    """Runs on their way, by task. ``now`` is aware UTC; ``tell`` hears how tasks get on."""

    database: Database
    now: Callable[[], datetime]
    tell: Callable[[Progress], None]
    _run_by_task: dict[Task, int] = field(default_factory=dict)
    _pace_by_task: dict[Task, Pace] = field(default_factory=dict)
    _resting: set[Task] = field(default_factory=set)

    def begin(self, work: Started) -> None:
        """A source begins to be read."""
        now = micros(self.now())
        with self.database.write() as connection:
            self._run_by_task[work.task] = begin_run(connection, work.source_id, now)
            set_state(connection, SourceId(work.source_id), SourceState.SYNCING, "", now)
        self.tell(Progress(work.task, "running"))

    def rest(self, work: Resting) -> None:
        """A source asked to wait; the next page of it ends this."""
        now = micros(self.now())
        with self.database.write() as connection:
            set_state(
                connection, SourceId(work.source_id), SourceState.WAITING, _ASKED_TO_WAIT, now, next_at=micros(work.until)
            )  # fmt: skip
        self._resting.add(work.task)
        self.tell(Progress(work.task, "waiting", problem=_ASKED_TO_WAIT, until=work.until.timestamp()))

    def note(self, connection: Connection, work: PageWork, before: Taken, taken: Taken) -> None:
        """Write down what a run has brought, in the transaction of the page that brought it."""
        if work.task in self._resting:
            self._resting.remove(work.task)
            set_state(connection, SourceId(work.intake.source_id), SourceState.SYNCING, "", micros(self.now()))
        run = self._run_by_task.get(work.task)
        if run is not None:
            total = Taken()
            total.add(before)
            total.add(taken)
            note_run(connection, run, total)

    def told(self, work: PageWork, at: float, *, is_whole: bool) -> None:
        """A part of a page was taken in; the window hears of it where it is time (``at``, on the monotonic clock)."""
        pace = self._pace_by_task.setdefault(work.task, Pace(at))
        page = work.page
        done = page.done if is_whole else min(page.done, pace.done)
        pace.add(len(page.records), done, page.total, at)
        if pace.is_due(at):
            self.tell(
                Progress(
                    work.task, "running", done, page.total, page.stream, "", pace.records, round(pace.rate, 1), pace.left
                )
            )  # fmt: skip

    def finish(self, connection: Connection, work: Finished, total: Taken) -> SourceState:
        """Close the run of a source and write down how the source stands now."""
        now, state = micros(self.now()), RunState(work.state)
        standing = _STANDING[state]
        run = self._run_by_task.pop(work.task, None)
        if run is not None:
            finish_run(connection, run, Ended(state, work.problem, work.requests, work.waits), total, now)
        if work.source_id is not None:
            set_state(
                connection, SourceId(work.source_id), standing, work.problem, now, is_synced=state is RunState.DONE,
                next_at=micros_or_none(work.next_at),
            )  # fmt: skip
        return standing

    def forget(self, task: Task) -> None:
        """A task has ended, however it did."""
        self._pace_by_task.pop(task, None)
        self._resting.discard(task)
