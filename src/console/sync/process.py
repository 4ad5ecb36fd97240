"""The sync process: one loop that folds edits, takes pages in, starts what is due, and listens to the window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Thread

from console.connectors.contract import Connector
from console.connectors.kinds.registry import CONNECTORS
from console.store.database import Watch
from console.store.errors import DiskFull
from console.store.import_writes import is_import_waiting, next_batch, restart_interrupted
from console.store.moments import micros
from console.store.outbox_sending import doubt_claimed, due_sources
from console.store.outbox_undo import UNDO_SECONDS
from console.store.own_clock import keep_zone
from console.store.source_runs import close_interrupted_runs
from console.store.source_writes import SourceState, ensure_source, own_addresses, source_states
from console.store.workspace import Workspace
from console.sync.chores import Chores
from console.sync.imports import MAIL_FILES, SPREADSHEETS, SURVEY_FILES, ImportRun
from console.sync.looking_up import LookUps
from console.sync.progress import Progress
from console.sync.schedule import Schedule
from console.sync.segments import SegmentRounds
from console.sync.sending import SendingRun
from console.sync.source_runs import Secrets
from console.sync.work import Task
from console.sync.writer import Writer

_log = logging.getLogger(__name__)
_POLL_SECONDS = 0.1
_LOOK_SECONDS = 1.0
_WAKE_SECONDS = 5.0
_TIDY_SECONDS = 30.0
_FULL_DISK_SECONDS = 2.0
_STOP_SECONDS = 10.0


@dataclass(slots=True)
class _Running:
    thread: Thread
    stop: Event
    news: Event


@dataclass(slots=True)
class SyncProcess:
    """Everything that changes ``workspace.db``. ``run`` returns after ``stop``, or with ``once`` when all is done.

    ``now`` is aware UTC, ``seconds`` a monotonic clock, ``wait`` sleeps. ``names``: only these sources; empty means all.
    ``zone``: the time zone in which days are counted; empty where the machine does not say.
    """

    workspace: Workspace
    secrets: Secrets
    now: Callable[[], datetime]
    seconds: Callable[[], float]
    wait: Callable[[float], None]
    tell: Callable[[Progress], None]
    once: bool = False
    names: frozenset[str] = frozenset()
    zone: str = ""
    connectors: Mapping[str, Connector] = field(default_factory=lambda: CONNECTORS)
    stopping: Event = field(default_factory=Event)
    writer: Writer = field(init=False)
    rounds: SegmentRounds = field(init=False)
    schedule: Schedule = field(init=False)
    look_ups: LookUps = field(init=False)
    chores: Chores = field(init=False)
    _running: dict[Task, _Running] = field(default_factory=dict)
    _looked: float = 0.0
    _asked: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.writer = Writer(self.workspace, self.now, self.seconds, self.tell)
        self.rounds = SegmentRounds(self.workspace, self.now, self.seconds)
        self.schedule = Schedule(
            self.workspace,
            self.connectors,
            self.secrets,
            self.writer.put,
            self.now,
            self.seconds,
            self.once,
            self.names,
        )
        self.look_ups = LookUps(self.workspace, self.connectors, self.secrets, self.writer.put, self.now, self.seconds)
        self.chores = Chores(self.workspace, self.connectors, self.now, self.seconds, self.schedule.sync)

    def run(self) -> None:
        """Work until stopped. A full disk is waited out: nothing is dropped, and it goes on when there is room."""
        self._begin()
        watch = self.workspace.journal.database.watch()
        try:
            self._loop(watch)
        finally:
            watch.close()
            self._stop_tasks(self._running)

    def command(self, words: Mapping[str, object]) -> None:
        """What the window says, from any thread: ``fold``, ``sync`` (a source, or all), ``stop`` (a task, or everything)."""
        match words.get("command"):
            case "sync":
                name = words.get("source")
                self.schedule.sync(None if name is None else str(name))
                self._looked = 0.0
            case "look up" if isinstance(customer := words.get("customer"), int):
                self.look_ups.ask(customer)
            case "stop" if words.get("task") == "sync":
                self.schedule.end(str(words.get("name")))
            case "stop" if words.get("task"):
                wanted = {
                    task: running
                    for task, running in self._running.items()
                    if (task.kind, task.name) == (words["task"], words.get("name"))
                }
                for running in wanted.values():
                    running.stop.set()
                    running.news.set()
            case "stop":
                self.stopping.set()
            case _:
                self._asked.set()
        self.writer.nudge()

    def _begin(self) -> None:
        with self.workspace.database.write() as connection:
            restart_interrupted(connection)
            close_interrupted_runs(connection, micros(self.now()))
            doubt_claimed(connection, self.now())
            if self.zone:
                keep_zone(connection, self.zone)
            for kind, name in (MAIL_FILES, SURVEY_FILES, SPREADSHEETS):
                ensure_source(connection, kind, name, micros(self.now()))

    def _loop(self, watch: Watch) -> None:
        woken = tidied = self.seconds()
        self._asked.set()
        while not self.stopping.is_set():
            try:
                busy = self._step(watch)
                if self.seconds() - woken >= _WAKE_SECONDS:
                    woken = self.seconds()
                    self.writer.wake()
                if not busy and self.seconds() - tidied >= _TIDY_SECONDS:
                    tidied = self.seconds()
                    self.writer.tidy()
            except DiskFull as error:
                _log.warning("disk full")
                self.tell(Progress(Task("disk", ""), "waiting", problem=str(error)))
                self.wait(_FULL_DISK_SECONDS)
                continue
            if self.once and not busy and not self._running and not self.schedule.is_busy() and self._is_done():
                return

    def _step(self, watch: Watch) -> bool:
        """Edits first, then what is due, then one page, then a bit of indexing; tells whether there was work."""
        folded = 0
        if self._asked.is_set() or watch.has_moved():
            self._asked.clear()
            folded = self.writer.fold()
        if folded or self.once or self.seconds() - self._looked >= _LOOK_SECONDS:
            self._looked = self.seconds()
            self._reap()
            self._start_imports()
            self.schedule.step()
            self._start_sendings()
        if self.writer.take_one(0 if self.once else _POLL_SECONDS):
            return True
        return self.chores.step() or self.writer.index() or self.rounds.step()

    def _is_done(self) -> bool:
        with self.workspace.database.read() as connection:
            is_waiting = is_import_waiting(connection)
        # Replies in the few seconds of their undo are waited for.
        is_waiting = is_waiting or bool(self._senders(self.now() + timedelta(seconds=UNDO_SECONDS)))
        self.wait(_POLL_SECONDS)
        return not is_waiting and not self.writer.is_behind()

    def _start_imports(self) -> None:
        if any(task.kind == "import" for task in self._running):
            return
        with self.workspace.database.read() as connection:
            if not is_import_waiting(connection):
                return
        with self.workspace.database.write() as connection:
            batch, own = next_batch(connection), own_addresses(connection)
        if batch:
            running = _Running(Thread(), Event(), Event())
            self._start(
                Task("import", batch.id, batch.is_dry_run),
                running,
                ImportRun(batch, own, self.writer.put, running.stop),
            )

    def _start_sendings(self) -> None:
        for source in self._senders(self.now()):
            task = Task("send", source.name)
            if task not in self._running:
                running = _Running(Thread(), Event(), Event())
                # What a source has just taken is read again soon, and is then the source's own.
                sent = partial(self.schedule.sync, source.name)
                connector = self.connectors[source.kind]
                run = SendingRun(source, connector, self.secrets, self.writer.put, running.stop, self.now, sent)
                self._start(task, running, run)

    def _senders(self, at: datetime) -> Sequence[SourceState]:
        """The sources for which something can be sent at that moment; what was only brought in once is not connected."""
        with self.workspace.database.read() as connection:
            due = due_sources(connection, at)
            states = source_states(connection) if due else ()
        return [
            one
            for one in states
            if one.id in due
            and one.settings
            and one.kind in self.connectors
            and (not self.names or one.name in self.names)
        ]

    def _start(self, task: Task, running: _Running, run: Callable[[], None]) -> None:
        running.thread = Thread(target=run, name=f"{task.kind} {task.name}", daemon=True)
        self._running[task] = running
        running.thread.start()
        if task.kind == "import":
            # How sending gets on is seen in the outbox itself, row by row.
            self.tell(Progress(task, "running"))

    def _reap(self) -> None:
        for task in [task for task, running in self._running.items() if not running.thread.is_alive()]:
            del self._running[task]

    def _stop_tasks(self, running: Mapping[Task, _Running]) -> None:
        for one in running.values():
            one.stop.set()
            one.news.set()
        self.schedule.end()
        self.look_ups.end()
        deadline = self.seconds() + _STOP_SECONDS
        while (
            self.schedule.is_busy() or self.look_ups.is_busy() or any(one.thread.is_alive() for one in running.values())
        ) and self.seconds() < deadline:
            self.writer.take_one(_POLL_SECONDS)
        # How the last ones ended still waits to be written down.
        while self.seconds() < deadline and self.writer.take_one(0):
            pass
