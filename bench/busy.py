"""Beside a busy sync process: how soon an edit is safe, how soon it is seen, and how late frames come; against an idle one."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bench.generate import KEY, folder
from bench.measuring import Figure, Goal, percentile
from bench.places import copy_of
from bench.start import environment_of_a_child
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from typing_extensions import override

from bench import windows
from console.domain.edits import SetPriority
from console.domain.ids import ConversationId
from console.domain.importing import ImportKind, ImportPlan, LayoutChoice
from console.store.workspace import Role, Workspace
from console.system import clock
from console.ui.inbox.column import InboxColumn
from console.ui.services import Services, SourceCheck, SourceDraft
from console.ui.session import Session

_ROUNDS, _EDITS, _FRAMES = 4, 20, 120
_FRAME_SECONDS, _PATIENCE_SECONDS = 1 / 60, 20.0
_WARM_SECONDS = 1.0
_LEAST_SCALE = 0.02
_IDLE, _BUSY = "rest", "go"


@dataclass(slots=True)
class _Told:
    """Milliseconds of each edit and each frame, while the sync process did one thing."""

    safe: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)


class _Paints(QObject):
    """Counts the paints of a widget."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def run(scale: float) -> Iterator[Figure]:
    """Edits and frames in rounds, the sync process idle and flat out by turns."""
    windows.application()
    with copy_of(folder(scale)) as place, _sync_process(place) as say:
        session = Session(Workspace(place, KEY, Role.WINDOW), "Nadia", now=clock.now, services=_services(say))
        column = InboxColumn(session)
        windows.shown(column)
        session.feed.start()
        edits = _EDITS if scale >= _LEAST_SCALE else 3
        told = {_IDLE: _Told(), _BUSY: _Told()}
        for _ in range(_ROUNDS if scale >= _LEAST_SCALE else 1):
            for state in (_IDLE, _BUSY):
                say({"command": state})
                _wait(_WARM_SECONDS)
                _edit(session, column, told[state], edits)
                _scroll(column, told[state])
        windows.end(column)
        session.close()
    yield from _figures(told[_BUSY], told[_IDLE])


def _figures(busy: _Told, idle: _Told) -> Iterator[Figure]:
    limit = "the same, sync process idle"
    for name, mine, other, p50, p99 in (
        ("edit: kept for good", busy.safe, idle.safe, Goal(2), Goal(2)),
        ("edit: folded, fed and painted", busy.seen, idle.seen, None, None),
        ("frame: later than it was due", busy.late, idle.late, None, Goal(1.5)),
    ):
        for share, goal in ((0.5, p50), (0.99, p99)):
            ours, theirs = percentile(mine, share), percentile(other, share)
            what = f"{name}, p{share * 100:.0f}"
            yield Figure("busy", what, limit, ours, theirs, "ms", ours / max(theirs, 0.001), goal, notes=_notes(what))


def _notes(what: str) -> tuple[str, ...]:
    bounds = {
        "edit: folded, fed and painted, p50": "at most 40 ms",
        "edit: folded, fed and painted, p99": "at most 100 ms",
        "frame: later than it was due, p99": "at most 33 ms",
    }
    return (bounds[what],) if what in bounds else ()


def _edit(session: Session, column: InboxColumn, told: _Told, count: int) -> None:
    paints = _Paints(column.list.viewport())
    for number in range(count):
        column.list.verticalScrollBar().setValue(0)
        _wait(0.15)
        key = column.rows.id_at(number % 5)
        row = column.rows.row_of(number % 5)
        if key is None or row is None:
            continue
        began, wanted = time.perf_counter(), not row.is_priority
        session.submit(SetPriority(ConversationId(key), wanted))
        told.safe.append((time.perf_counter() - began) * 1000)
        before = paints.count

        def is_seen(key: int = key, wanted: bool = wanted, before: int = before) -> bool:
            place = column.rows.position_of(key)
            shown = None if place is None else column.rows.row_of(place)
            return shown is not None and shown.is_priority is wanted and paints.count > before

        _until(is_seen)
        told.seen.append((time.perf_counter() - began) * 1000)


def _scroll(column: InboxColumn, told: _Told) -> None:
    """Frames at sixty a second, as a timer would ask for them; how late each is painted."""
    bar = column.list.verticalScrollBar()
    due = time.perf_counter()
    for number in range(_FRAMES):
        due = max(due + _FRAME_SECONDS, time.perf_counter())
        while (left := due - time.perf_counter()) > 0:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            time.sleep(min(0.001, left))
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        bar.setValue((number * 24) % max(1, bar.maximum()))
        column.list.viewport().repaint()
        told.late.append((time.perf_counter() - due) * 1000)


def _wait(seconds: float) -> None:
    until = time.perf_counter() + seconds
    _until(lambda: time.perf_counter() >= until)


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + _PATIENCE_SECONDS
    while not is_so():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        time.sleep(0.0005)
        if time.perf_counter() > deadline:
            raise TimeoutError("the sync process did not answer")


@contextlib.contextmanager
def _sync_process(place: Path) -> Iterator[Callable[[Mapping[str, object]], None]]:
    command = [sys.executable, "-m", "bench.flat_out", str(place)]
    child = subprocess.Popen(
        command, env=environment_of_a_child(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    lines: IO[str] = child.stdin

    def say(words: Mapping[str, object]) -> None:
        lines.write(json.dumps(words) + "\n")
        lines.flush()

    try:
        if child.stdout.readline().strip() != "ready":
            raise ChildProcessError("the sync process did not start")
        yield say
    finally:
        child.communicate()


def _services(say: Callable[[Mapping[str, object]], None]) -> Services:
    def guess(paths: tuple[str, ...], kind: ImportKind | None, choice: LayoutChoice) -> ImportPlan:
        raise ValueError("nothing is imported here")

    def check(draft: SourceDraft) -> SourceCheck:
        raise ValueError("nothing is connected here")

    return Services(say, guess, check, lambda *_: None, lambda *_: "", lambda *_: None, lambda: "")
