"""One window per workspace (P6)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.ui.single import SingleWindow

SOURCE = Path(__file__).parents[2] / "src"
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from console.ui.single import SingleWindow
application = QCoreApplication([])
sys.exit(0 if SingleWindow(Path(sys.argv[1])).take() else 7)
"""


def _second(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", SECOND, str(folder)], env={"PYTHONPATH": str(SOURCE), "PATH": ""})


def test_a_second_start_raises_the_first_window_and_leaves(tmp_path: Path, qtbot: QtBot) -> None:
    first = SingleWindow(tmp_path)
    assert first.take()
    first.listen()

    with qtbot.waitSignal(first.raised, timeout=10_000):
        second = _second(tmp_path)
    assert second.wait(10) == 7

    first.give_back()


def test_after_the_first_has_ended_the_next_becomes_the_one(tmp_path: Path, qapp: QApplication) -> None:
    first = SingleWindow(tmp_path)
    assert first.take()
    first.give_back()

    second = _second(tmp_path)

    assert second.wait(10) == 0


def test_what_a_killed_process_left_behind_stops_nobody(tmp_path: Path, qapp: QApplication) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            SECOND.replace("sys.exit(", "print(", 1) + "\nsys.stdout.flush()\ninput()",
            str(tmp_path),
        ],
        env={"PYTHONPATH": str(SOURCE), "PATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.kill()
    holder.communicate()

    again = SingleWindow(tmp_path)

    assert again.take()
    again.give_back()


def test_a_second_start_with_a_link_has_the_first_window_open_it(tmp_path: Path, qtbot: QtBot) -> None:
    first = SingleWindow(tmp_path)
    assert first.take()
    first.listen()

    with qtbot.waitSignal(first.linked, timeout=10_000) as told:
        second = subprocess.Popen(
            [sys.executable, "-c", SECOND.replace(".take()", ".take('console://customer/12')"), str(tmp_path)],
            env={"PYTHONPATH": str(SOURCE), "PATH": ""},
        )
    assert told.args == ["console://customer/12"]
    assert second.wait(10) == 7

    first.give_back()
