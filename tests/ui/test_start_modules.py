"""What a start imports, and when: each of these libraries and modules once stood between the teammate and the inbox."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.ui.workspaces import KEY, made

SOURCE = Path(__file__).parents[2] / "src"
_START = """
import dataclasses, json, sys
from pathlib import Path
from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QTimer
from console.wiring import window as wiring

def unlocked(_):
    from console.store.workspace import Role, Workspace
    key = bytes.fromhex(sys.argv[2])
    return wiring.Opened(Workspace(folder, key, Role.WINDOW), key)

folder = Path(sys.argv[1])
doorway = dataclasses.replace(
    wiring.doorway_of(folder), exists=lambda: True, has_passphrase=lambda: False, unlock=unlocked
)
from console.ui.app import made_application
from console.ui.first_paint import after_first_paint
from console.ui.main_window import MainWindow

application = made_application([])
window, seen = MainWindow(doorway), {}

def note(moment):
    known = [f"{module.__name__}.{name}" for module in (QtCore, QtWidgets) for name in vars(module)]
    seen[moment] = [*sys.modules, *known]

def await_rows():
    # Not by the list's viewport: who asks for that has PySide make the classes of all widgets.
    from console.ui.inbox.row_painter import RowPainter
    paint = RowPainter.paint

    def watched(row):
        RowPainter.paint = paint
        note("rows")
        QTimer.singleShot(0, window.close)
        paint(row)

    RowPainter.paint = watched

after_first_paint(window.centralWidget(), lambda: note("frame"))
window.filled.connect(await_rows)
window.show()
application.exec()
print(json.dumps(seen))
"""
_NOT_WITH_THE_ROWS = {
    "sqlalchemy",
    "alembic",
    "keyring",
    "httpx",
    "imapclient",
    "cryptography",
    "lxml",
    "nh3",
    "asyncio",
    "uuid",
    "zoneinfo",
    "ssl",
    "email",
    "typing_extensions",
    "PySide6.QtNetwork",
    "PySide6.QtWidgets.QCalendarWidget",
    "PySide6.QtWidgets.QWizard",
    "console.connectors",
    "console.domain.edits",
    "console.domain.profile",
    "console.domain.profile_view",
    "console.domain.records",
    "console.domain.search",
    "console.store.conversations",
    "console.store.profiles",
    "console.store.search",
    "console.store.sources",
    "console.ui.conversation.pane",
    "console.ui.customer.window",
    "console.ui.importing.wizard",
    "console.ui.inbox.all_clear",
    "console.ui.inbox.empty",
    "console.ui.inbox.filter_lists",
    "console.ui.profile.panel",
    "console.ui.search.results",
    "console.ui.settings.dialog",
    "console.ui.sources.page",
    "console.ui.undo_steps",
}
_NOT_WITH_THE_FRAME = _NOT_WITH_THE_ROWS | {
    "ctypes",
    "concurrent.futures",
    "hashlib",
    "sqlcipher3",
    "PySide6.QtCore.Qt",
    "PySide6.QtSvg",
    "console.domain",
    "console.store.workspace",
    "console.ui.entrance",
    "console.ui.session",
    "console.ui.style.fonts",
    "console.ui.style.icons",
    "console.ui.style.theme",
    "console.ui.workspace_view",
    "console.wiring.opening",
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The modules that are there at the first frame and when the inbox's rows are painted, in a process of its own."""
    folder = tmp_path_factory.mktemp("start") / "workspace"
    session, side = made(folder)
    session.close()
    side.workspace.close()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-c", _START, str(folder), KEY.hex()]
    said = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=True)
    return {moment: set(names) for moment, names in json.loads(said.stdout.splitlines()[-1]).items()}


def test_the_first_frame_is_painted_before_anything_else_is_imported(seen: dict[str, set[str]]) -> None:
    assert seen["frame"] & _NOT_WITH_THE_FRAME == set()


def test_the_rows_are_painted_before_what_stands_beside_them_is_imported(seen: dict[str, set[str]]) -> None:
    assert "console.store.inbox" in seen["rows"]
    assert seen["rows"] & _NOT_WITH_THE_ROWS == set()
