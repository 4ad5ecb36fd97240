"""Which sources are read now: those that are due, each in a thread of its own, until a teammate says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Thread

from console.connectors.contract import Connector
from console.domain.sources import SourceState as Standing
from console.store.source_writes import SourceState, source_states
from console.store.workspace import Workspace
from console.sync.source_runs import Secrets, SourceRun
from console.sync.work import Work


@dataclass(slots=True)
class _Running:
    source: SourceState
    thread: Thread
    stop: Event
    news: Event

    def end(self) -> None:
        self.stop.set()
        self.news.set()


@dataclass(slots=True)
class Schedule:
    """Starts and stops the runs of sources. ``step`` is called by the sync process, ``sync`` and ``end`` from any thread.

    ``seconds`` is a monotonic clock. ``names``: only these sources; empty means all. A source that failed rests until a
    teammate asks for it, changes it, or gives it another secret; with ``is_once`` every source is tried.
    """

    workspace: Workspace
    connectors: Mapping[str, Connector]
    secrets: Secrets
    put: Callable[[Work], None]
    now: Callable[[], datetime]
    seconds: Callable[[], float]
    is_once: bool = False
    names: frozenset[str] = frozenset()
    _running: dict[int, _Running] = field(default_factory=dict)
    _tried: dict[int, float] = field(default_factory=dict)
    _rests: set[int] = field(default_factory=set)
    _asked: set[str | None] = field(default_factory=set)

    def step(self) -> None:
        """Let go of runs that have ended, end those that are not wanted any more, start what is due."""
        for key in [key for key, one in self._running.items() if not one.thread.is_alive()]:
            del self._running[key]
        with self.workspace.database.read() as connection:
            states = {source.id: source for source in source_states(connection)}
        for key, one in self._running.items():
            if _look(one.source) != _look(states.get(one.source.id)):
                one.end()
                self._tried.pop(key, None)
        asked, self._asked = self._asked, set()
        for source in states.values():
            if self._is_due(source, is_asked=None in asked or source.name in asked):
                self._start(source)

    def sync(self, name: str | None) -> None:
        """Read a source now, or all; one that waits or rests goes on at once."""
        self._asked.add(name)
        for one in list(self._running.values()):
            if name in (None, one.source.name):
                one.news.set()

    def end(self, name: str | None = None) -> None:
        """End the run of a source, or all runs, as soon as they can."""
        for one in list(self._running.values()):
            if name in (None, one.source.name):
                one.end()

    def is_busy(self) -> bool:
        """Whether a source is being read, or waited for."""
        return any(one.thread.is_alive() for one in self._running.values())

    def _is_due(self, source: SourceState, *, is_asked: bool) -> bool:
        is_able = source.kind in self.connectors and bool(source.settings) and not source.is_paused
        if not is_able or source.id in self._running or (self.names and source.name not in self.names):
            return False
        if is_asked:
            return True
        last = self._tried.get(source.id)
        if self.is_once:
            return last is None
        if source.state == Standing.NEEDS_SOMEBODY:
            self._rests.add(source.id)
            return False
        if source.id in self._rests:
            self._rests.remove(source.id)
            return True
        return last is None or self.seconds() - last >= self.connectors[source.kind].seconds_between

    def _start(self, source: SourceState) -> None:
        stop, news = Event(), Event()
        run = SourceRun(
            source, self.connectors[source.kind], self.workspace.database, self.secrets, self.put, stop, news, self.now,
            is_once=self.is_once,
        )  # fmt: skip
        thread = Thread(target=run, name=f"sync {source.id}", daemon=True)
        self._tried[source.id] = self.seconds()
        self._running[source.id] = _Running(source, thread, stop, news)
        thread.start()


def _look(source: SourceState | None) -> object:
    """What a run was started with: where it differs now, the run ends, and a new one begins."""
    if source is None or source.is_paused:
        return None
    return (source.name, source.settings, source.own_addresses, source.every, source.streams_off)
