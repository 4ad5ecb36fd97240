"""Chores of sources: what a removed one brought is taken out, what was put aside is read once more; a step at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.connectors.contract import Connector
from console.connectors.errors import ConnectorError
from console.domain.ids import SourceId
from console.store.ingest import take_in
from console.store.moments import micros
from console.store.source_chores import Chore, Waiting, ask_again, move_chore, page_again, put_aside, waiting_chores
from console.store.source_removal import take_step
from console.store.source_trust import follow_trust, is_trust_behind
from console.store.source_writes import own_addresses, source_states
from console.store.workspace import Workspace
from console.sync.source_runs import intake_of

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0


@dataclass(slots=True)
class Chores:
    """Does what waits, in the thread of the writer. ``read`` has a source read now; ``seconds`` is a monotonic clock."""

    workspace: Workspace
    connectors: Mapping[str, Connector]
    now: Callable[[], datetime]
    seconds: Callable[[], float]
    read: Callable[[str], None]
    _looked: float | None = None

    def step(self) -> bool:
        """Do one step of the first chore; tells whether there was one. An edit waits for one step, never for a chore."""
        if self._looked is not None and self.seconds() - self._looked < _LOOK_SECONDS:
            return False
        with self.workspace.database.read() as connection:
            waiting, is_behind = waiting_chores(connection), is_trust_behind(connection)
        if is_behind:
            self._looked = None
            with self.workspace.database.write() as connection:
                return follow_trust(connection, micros(self.now()))
        if not waiting:
            self._looked = self.seconds()
            return False
        self._looked = None
        if waiting[0].chore is Chore.DROP:
            self._drop(waiting[0])
        else:
            self._retry(waiting[0])
        return True

    def _drop(self, waiting: Waiting) -> None:
        now = micros(self.now())
        with self.workspace.database.write() as connection:
            place = take_step(connection, waiting.source, waiting.place, now)
            move_chore(connection, waiting, place)
        if place is None:
            _log.info("what source %d brought is taken out", waiting.source)

    def _retry(self, waiting: Waiting) -> None:
        name = None
        with self.workspace.database.write() as connection:
            source = next((one for one in source_states(connection) if one.id == waiting.source), None)
            rows = put_aside(connection, waiting.source)
            if source is not None and rows:
                connector = self.connectors.get(source.kind)
                if connector is None or connector.map_again is None:
                    ask_again(connection, SourceId(source.id), rows)
                    name = source.name
                else:
                    intake = intake_of(source, own_addresses(connection))
                    for row in rows:
                        try:
                            page = connector.map_again(source.settings, row.stream, row.external_id, row.raw)
                        except ConnectorError:
                            continue
                        take_in(connection, page_again(row, page), intake, self.now())
            move_chore(connection, waiting, None)
        if name is not None:
            self.read(name)
