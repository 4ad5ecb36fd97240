"""Starting: from the start of the process to the first painted frame and to painted rows, against an empty window of PySide6.

This module is also what both processes run: ``python -m bench.start empty`` and ``python -m bench.start ours FOLDER``.
"""

from __future__ import annotations

import dataclasses
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measuring import Figure, Goal

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

_PAIRS, _FROM_WHERE_IT_MATTERS = 7, 0.02
_SECONDS = 120.0
_EMPTY = "an empty PySide6 window"
_ROOT = Path(__file__).resolve().parents[1]


def run(scale: float) -> Iterator[Figure]:
    """Whole processes in pairs, the empty window's beside ours."""
    from bench.generate import folder
    from bench.places import copy_of

    count = _PAIRS if scale >= _FROM_WHERE_IT_MATTERS else 1
    with copy_of(folder(scale)) as place:
        pairs = [_pair(place, is_ours_first=number % 2 == 0) for number in range(count + 1)][1:]
    for what, name, goal in (
        ("exec to first painted frame", "frame", Goal(1.3)),
        ("exec to painted inbox rows", "rows", Goal(2.5)),
    ):
        ratio = statistics.median(ours[name] / empty["frame"] for empty, ours in pairs)
        ours = statistics.median(ours[name] for _, ours in pairs)
        yield Figure("start", what, _EMPTY, ours, statistics.median(e["frame"] for e, _ in pairs), "ms", ratio, goal)


def _pair(place: Path, *, is_ours_first: bool) -> tuple[dict[str, float], dict[str, float]]:
    if is_ours_first:
        ours = _moments("ours", str(place))
        return _moments("empty"), ours
    return _moments("empty"), _moments("ours", str(place))


def _moments(*arguments: str) -> dict[str, float]:
    """Milliseconds from just before the process was started, by what was painted."""
    command = [sys.executable, "-m", "bench.start", *arguments]
    environment = environment_of_a_child()
    began = time.monotonic()
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_SECONDS, check=True)
    painted: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return {name: (moment - began) * 1000 for name, moment in painted.items()}


def environment_of_a_child() -> dict[str, str]:
    """No display, our folders on the path, and compiled modules kept, as they are where the program was installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    path = f"{_ROOT / 'src'}{os.pathsep}{_ROOT}"
    compiled = str(_ROOT / "bench" / "cache" / "compiled")
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": path, "PYTHONPYCACHEPREFIX": compiled}


def _told_painted(widget: QWidget, then: Callable[[], None]) -> QObject:
    """Calls ``then`` once, right after the next paint of the widget has reached its window."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watching(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and watched is widget:
                widget.removeEventFilter(self)
                QTimer.singleShot(0, then)
            return False

    watching = Watching(widget)
    widget.installEventFilter(watching)
    return watching


def _told_row_painted(then: Callable[[], None]) -> None:
    """Calls ``then`` once, right after the next paint of a row has reached its window.

    Asked for a viewport PySide looks through every kind of widget there is: ten milliseconds that no start takes by itself.
    """
    from PySide6.QtCore import QTimer

    from console.ui.inbox.row_painter import RowPainter

    paint = RowPainter.paint

    def watched(self: RowPainter) -> None:
        RowPainter.paint = paint
        QTimer.singleShot(0, then)
        paint(self)

    RowPainter.paint = watched


def _empty() -> dict[str, float]:
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

    application = QApplication([])
    window, painted = QMainWindow(), {}
    content = QWidget()
    window.setCentralWidget(content)
    window.resize(1440, 900)

    def end() -> None:
        painted["frame"] = time.monotonic()
        application.quit()

    _told_painted(content, end)
    window.show()
    application.exec()
    return painted


def _ours(place: Path) -> dict[str, float]:
    """What ``support-console`` does, but for the keyring: the key of the benchmarks' workspaces is known."""
    from console.wiring import window as wiring

    doorway = dataclasses.replace(
        wiring.doorway_of(place), exists=lambda: True, has_passphrase=lambda: False, unlock=lambda _: _opened(place)
    )
    from console.ui.app import made_application
    from console.ui.main_window import MainWindow

    application = made_application([])
    window, painted = MainWindow(doorway), {}

    def note_frame() -> None:
        painted["frame"] = time.monotonic()

    def note_rows() -> None:
        painted["rows"] = time.monotonic()
        window.close()

    def await_rows() -> None:
        _told_row_painted(note_rows)

    window.filled.connect(await_rows)
    frame = window.centralWidget()
    if frame is not None:
        _told_painted(frame, note_frame)
    window.show()
    application.exec()
    return painted


def _opened(place: Path) -> object:
    from console.store.workspace import Role, Workspace
    from console.wiring.window import Opened

    key = bytes(range(32))
    return Opened(Workspace(place, key, Role.WINDOW), key)


def main(arguments: Sequence[str]) -> None:
    """Be one of the two windows until it is painted; print the moments on the monotonic clock as JSON."""
    print(json.dumps(_empty() if arguments[0] == "empty" else _ours(Path(arguments[1]))))


if __name__ == "__main__":
    main(sys.argv[1:])
