"""A source whose answers a test writes down: pages by stream, trouble, waits; and a desk that runs the real sync process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from console.connectors.contract import Connector, Found, Pulling, wait_quietly
from console.domain.edits import AddSource, Edit, Entry
from console.domain.ids import EditId, SourceId, new_edit_id
from console.domain.records import CustomerRecord, Page
from console.domain.source_kinds import SourceKind, SourceStream
from console.domain.sources import SourceReport, SourceRow
from console.domain.values import Value, ValueKind
from console.store import workspace as files
from console.store.fold import fold_pending
from console.store.source_writes import source_id
from console.store.sources import report_of, sources
from console.store.workspace import Role, Workspace
from console.sync.process import SyncProcess
from console.sync.progress import Progress
from console.system import clock

START = datetime(2026, 11, 21, 12, tzinfo=UTC)
KIND = SourceKind("scripted", "Scripted", "What a test says", "plug", streams=(SourceStream("people", "People"),))


@dataclass
class Script:
    """What one source says: ``pull`` gives pages like a connector does. Each pull is written down in ``pulls``."""

    pull: Callable[[Pulling], Iterator[Page]] = lambda _pulling: iter(())
    pulls: list[Pulling] = field(default_factory=list)
    seconds_between: float = 3_600.0
    map_again: Callable[[Mapping[str, str], str, str, bytes], Page] | None = None
    look_up: Callable[[Pulling, str], Iterator[Page]] | None = None

    def connector(self, name: str) -> Connector:
        def pull(pulling: Pulling) -> Iterator[Page]:
            self.pulls.append(pulling)
            return self.pull(pulling)

        return Connector(
            replace(KIND, name=name),
            lambda given: (dict(given), ()),
            lambda _settings, _secret: Found("Connected"),
            pull,
            wait_quietly,
            self.seconds_between,
            map_again=self.map_again,
            look_up=self.look_up,
        )


def people(count: int, *, first: int = 0, plan: str = "pro") -> tuple[CustomerRecord, ...]:
    """Customers ``c0``… with an address and a plan each."""
    return tuple(
        CustomerRecord(
            f"c{n}",
            (f"c{n}@x.example",),
            {"name": Value(ValueKind.STRING, f"Customer {n}"), "plan": Value(ValueKind.STRING, plan)},
        )
        for n in range(first, first + count)
    )


def pages(*given: Page) -> Callable[[Pulling], Iterator[Page]]:
    """These pages, whatever is asked."""
    return lambda _pulling: iter(given)


class Desk:
    """A workspace, its journal's clock, and the sync process, run to its end or beside the test."""

    def __init__(self, folder: Path, scripts: Mapping[str, Script]) -> None:
        self.key, self.folder, self.at = os.urandom(32), folder, START
        files.create(folder, self.key)
        self.workspace = Workspace(folder, self.key, Role.SCRIPT)
        self.scripts = dict(scripts)
        self.said: list[Progress] = []
        for name in scripts:
            self.keep(AddSource(self.source(name), name, name, json.dumps({"base_url": "https://x.example"})))
        fold_pending(self.workspace, self.now)

    @staticmethod
    def source(name: str) -> SourceId:
        return source_id(name, name)

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def keep(self, edit: Edit) -> EditId:
        at = self.now()
        entry = Entry(new_edit_id(at, os.urandom(10)), at, "Nadia", edit)
        self.workspace.journal.append(entry)
        return entry.id

    def process(self, *, once: bool = True, names: frozenset[str] = frozenset()) -> SyncProcess:
        return SyncProcess(
            self.workspace, lambda _source: "secret", self.now, clock.monotonic, clock.wait, self.said.append, once=once,
            names=names, connectors={name: script.connector(name) for name, script in self.scripts.items()},
        )  # fmt: skip

    def run(self, *names: str) -> None:
        self.process(names=frozenset(names)).run()

    def row(self, name: str) -> SourceRow:
        with self.workspace.database.read() as connection:
            return next(row for row in sources(connection) if row.name == name)

    def report(self, name: str) -> SourceReport:
        with self.workspace.database.read() as connection:
            return report_of(connection, self.source(name))

    def rows(self, statement: str, *arguments: object) -> list[tuple[object, ...]]:
        with self.workspace.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement, arguments).fetchall()]

    def count(self, table: str, where: str = "1") -> int:
        return int(str(self.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0]))


class Beside:
    """The sync process in a thread of the test, ended at the end of the ``with``."""

    def __init__(self, desk: Desk) -> None:
        self.process = desk.process(once=False)
        self._thread = Thread(target=self.process.run, name="sync of a test")

    def __enter__(self) -> SyncProcess:
        self._thread.start()
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.command({"command": "stop"})
        self._thread.join(30)
        assert not self._thread.is_alive()


def until(is_so: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something is so. Raises AssertionError where it does not become so."""
    waiting, deadline = Event(), clock.monotonic() + seconds
    while not is_so():
        assert clock.monotonic() < deadline, "it did not come to that"
        waiting.wait(0.02)
