"""What sources only give when somebody asks for it: asked when a customer's profile is opened, and not again for a while."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Thread

from console.connectors.contract import Connector
from console.connectors.errors import SourceError, TemporaryError
from console.domain.sources import SourceState as Standing
from console.store.source_writes import SourceState, known_to, source_states
from console.store.workspace import Workspace
from console.sync.source_runs import Secrets, SourceRun
from console.sync.work import Finished, PageWork, Task, Work

_log = logging.getLogger(__name__)
_AGAIN_SECONDS = 300.0
_MOST_AT_ONCE = 4


@dataclass(slots=True)
class LookUps:
    """Threads that ask one source for one customer each. ``now`` is aware UTC, ``seconds`` a monotonic clock."""

    workspace: Workspace
    connectors: Mapping[str, Connector]
    secrets: Secrets
    put: Callable[[Work], None]
    now: Callable[[], datetime]
    seconds: Callable[[], float]
    _stop: Event = field(default_factory=Event)
    _looked_at: dict[Task, float] = field(default_factory=dict)
    _threads: list[Thread] = field(default_factory=list)

    def ask(self, customer: int) -> None:
        """Ask every source that knows this customer and can be asked. From any thread; returns at once."""
        with self.workspace.database.read() as connection:
            known = known_to(connection, customer)
            states = {source.id: source for source in source_states(connection)} if known else {}
        self._threads = [one for one in self._threads if one.is_alive()]
        for key, external_id in known:
            source = states.get(key)
            # What was only brought in once (the sample) is not connected, and is never asked over the network.
            is_connected = source is not None and bool(source.settings) and not source.is_paused
            if source is not None and is_connected and source.state != Standing.NEEDS_SOMEBODY:
                self._ask(source, external_id)

    def end(self) -> None:
        """End what is being asked, as soon as it can."""
        self._stop.set()

    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return any(one.is_alive() for one in self._threads)

    def _ask(self, source: SourceState, external_id: str) -> None:
        connector, task = self.connectors.get(source.kind), Task("look up", f"{source.id}:{external_id}")
        last = self._looked_at.get(task)
        if connector is None or connector.look_up is None or len(self._threads) >= _MOST_AT_ONCE:
            return
        if last is not None and self.seconds() - last < _AGAIN_SECONDS:
            return
        self._looked_at[task] = self.seconds()
        run = SourceRun(
            source, connector, self.workspace.database, self.secrets, self.put, self._stop, Event(), self.now, is_once=True
        )  # fmt: skip
        thread = Thread(target=_look_up, args=(run, external_id, task), name=f"look up {source.id}", daemon=True)
        self._threads.append(thread)
        thread.start()


def _look_up(run: SourceRun, external_id: str, task: Task) -> None:
    """Trouble here is no trouble of the source: its next run tells what is the matter."""
    look_up = run.connector.look_up
    if look_up is None:
        return
    try:
        for page in look_up(run.pulling(), external_id):
            run.put(PageWork(task, page, run.intake(), run.now()))
    except (SourceError, TemporaryError):
        _log.info("a source could not be asked for a customer")
    run.put(Finished(task, "done"))
