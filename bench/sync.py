"""A full sync of a help desk over HTTP: against the bare download, in memory that stays flat, with a window that stays smooth."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import IO

from bench.generate import KEY
from bench.measuring import Figure, Goal, percentile
from bench.paged_server import CUSTOMERS_A_PAGE, MANIFEST, TALKS_A_PAGE, Desk
from bench.places import passing_folder
from bench.start import environment_of_a_child
from PySide6.QtCore import QCoreApplication, QEventLoop

from bench import windows
from console.connectors.http import Auth, Client
from console.connectors.kinds import rest
from console.domain.edits import AddSource, Entry
from console.domain.ids import new_edit_id
from console.store.source_writes import source_id
from console.store.workspace import Role, Workspace, create
from console.system import clock
from console.ui.inbox.column import InboxColumn
from console.ui.services import Services, SourceCheck, SourceDraft
from console.ui.session import Session

_CUSTOMERS, _MESSAGES = 100_000, 1_000_000
_LEAST_CUSTOMERS, _LEAST_MESSAGES = 400, 4_000
_NAME = "Desk"
_EARLY = 0.2
_FRAME_SECONDS, _PATIENCE_SECONDS = 1 / 60, 7_200.0
_IDLE_FRAMES, _LEAST_FRAMES = 120, 30
_RATE, _MEMORY, _FRAMES = Goal(0.05, is_least=True), Goal(1.1), Goal(1.5)


@dataclass(slots=True)
class _Told:
    """What the sync process said of its run, and how much memory it held."""

    process: int
    whole: int
    early: float = 0.0
    late: float = 0.0
    seconds: float = 0.0
    problem: str = ""
    is_over: bool = False
    began: float = field(default_factory=time.perf_counter)

    def take(self, words: dict[str, object]) -> None:
        if words.get("state") == "ready":
            self.began = time.perf_counter()
        if words.get("task") != "sync" or words.get("name") != _NAME:
            return
        records = int(str(words.get("records") or 0))
        if not self.early and records >= self.whole * _EARLY:
            self.early = _resident(self.process)
        if words["state"] in ("done", "failed", "waiting"):
            self.problem = str(words["problem"])
            self.seconds = time.perf_counter() - self.began
            self.late = _resident(self.process)
            self.is_over = True


def run(scale: float) -> Iterator[Figure]:
    """100,000 customers and a million messages at scale 1."""
    desk = Desk(max(_LEAST_CUSTOMERS, round(_CUSTOMERS * scale)), max(_LEAST_MESSAGES, round(_MESSAGES * scale)))
    windows.application()
    with _server(desk) as address, passing_folder() as passing:
        bare = _download(address, desk)
        place = passing / "workspace"
        _connect(place, address)
        told, busy, idle = _synced(place, desk)
    if told.problem:
        raise RuntimeError(told.problem)
    count = desk.customers + desk.messages
    rate, limit = count / told.seconds, count / bare
    what = f"{desk.customers:,} customers and {desk.messages:,} messages"
    yield Figure(
        "sync", what, "bare download and parsing of the same pages", rate, limit, "records/s", rate / limit, _RATE
    )
    early = told.early or told.late
    yield Figure(
        "sync", "memory of the sync process at the end", "the same at 20 %", told.late, early, "MiB", told.late / early, _MEMORY
    )  # fmt: skip
    for share in (0.5, 0.99):
        ours, theirs = percentile(busy, share), max(percentile(idle, share), 0.001)
        notes = ("at most 33 ms",) if share > 0.5 else ()
        yield Figure(
            "sync", f"frame: later than it was due, p{share * 100:.0f}", "the same afterwards", max(ours, 0.001), theirs, "ms",
            max(ours, 0.001) / theirs, _FRAMES if share > 0.5 else None, notes=notes,
        )  # fmt: skip


def _download(address: str, desk: Desk) -> float:
    """Seconds that one client takes for all pages, parsed and thrown away."""
    began = time.perf_counter()
    with Client(address, auth=Auth.bearer("s3cret"), allow_private=True) as client:
        for what, total, size in (
            ("customers", desk.customers, CUSTOMERS_A_PAGE),
            ("conversations", desk.talks, TALKS_A_PAGE),
        ):
            for page in range(-(-total // size)):
                client.get(what, {"page": page + 1}).json()
    return time.perf_counter() - began


def _connect(place: Path, address: str) -> None:
    create(place, KEY)
    workspace = Workspace(place, KEY, Role.SCRIPT)
    key = source_id(rest.NAME, _NAME)
    settings, own = rest.settings_of({"manifest": MANIFEST, "base_url": address, "allow_private": "yes"})
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    edit = AddSource(key, rest.NAME, _NAME, json.dumps(settings), own)
    workspace.journal.append(Entry(new_edit_id(at, os.urandom(10)), at, "Nadia", edit))
    workspace.journal.keep_settings({f"secret:{key}": "s3cret"})
    workspace.close()


def _synced(place: Path, desk: Desk) -> tuple[_Told, list[float], list[float]]:
    """One full sync with an inbox beside it: what was told, and how late frames came during it and afterwards."""
    session = Session(Workspace(place, KEY, Role.WINDOW), "Nadia", now=clock.now, services=_services())
    column = InboxColumn(session)
    windows.shown(column)
    session.feed.start()
    busy: list[float] = []
    idle: list[float] = []
    with _sync_process(place, desk.customers + desk.talks) as told:
        deadline = time.perf_counter() + _PATIENCE_SECONDS
        while not told.is_over and time.perf_counter() < deadline:
            busy += _frames(column, _LEAST_FRAMES)
        for _ in range(_IDLE_FRAMES // _LEAST_FRAMES):
            idle += _frames(column, _LEAST_FRAMES)
    windows.end(column)
    session.close()
    return told, busy, idle


def _frames(column: InboxColumn, count: int) -> list[float]:
    """Frames at sixty a second, as a timer would ask for them; by how many milliseconds each is late."""
    bar, late, due = column.list.verticalScrollBar(), [], time.perf_counter()
    for number in range(count):
        due = max(due + _FRAME_SECONDS, time.perf_counter())
        while (left := due - time.perf_counter()) > 0:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            time.sleep(min(0.001, left))
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        bar.setValue((number * 24) % max(1, bar.maximum()))
        column.list.viewport().repaint()
        late.append((time.perf_counter() - due) * 1000)
    return late


@contextlib.contextmanager
def _server(desk: Desk) -> Iterator[str]:
    command = [sys.executable, "-m", "bench.paged_server", str(desk.customers), str(desk.messages)]
    with _child(command) as child:
        assert child.stdout is not None
        yield f"http://127.0.0.1:{int(child.stdout.readline())}"


@contextlib.contextmanager
def _sync_process(place: Path, whole: int) -> Iterator[_Told]:
    command = [sys.executable, "-m", "console", "--workspace", str(place), "sync", "--serve"]
    with _child(command) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        told = _Told(child.pid, whole)
        child.stdin.write(json.dumps({"key": KEY.hex()}) + "\n")
        child.stdin.flush()
        listener = Thread(target=_listen, args=(child.stdout, told), daemon=True)
        listener.start()
        yield told


def _listen(lines: IO[str], told: _Told) -> None:
    for line in lines:
        told.take(json.loads(line))


@contextlib.contextmanager
def _child(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A process that ends when its stdin closes."""
    child = subprocess.Popen(
        command, env=environment_of_a_child(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield child
    finally:
        assert child.stdin is not None
        child.stdin.close()
        child.wait()
        assert child.stdout is not None
        child.stdout.close()


def _resident(process: int) -> float:
    """MiB that a process holds in memory."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("this system does not say how much memory a process holds")


def _services() -> Services:
    def check(draft: SourceDraft) -> SourceCheck:
        raise ValueError("nothing is connected here")

    def guess(*_: object) -> object:
        raise ValueError("nothing is imported here")

    return Services(lambda _: None, guess, check, lambda *_: None, lambda *_: "", lambda *_: None, lambda: "")  # pyright: ignore[reportArgumentType]  # nothing is guessed here
