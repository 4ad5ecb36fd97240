"""The tour of a small workspace."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from tests.ui.workspaces import SyncSide, made

from console.ui import tour_scenes
from console.ui.inbox.choice import InboxChoice
from console.ui.session import Session
from console.ui.style import theme
from console.ui.tour_stage import Stage

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def open_session(tmp_path: Path) -> Iterator[Session]:
    session, side = made(tmp_path / "workspace")
    yield session
    _close(side)


def _close(side: SyncSide) -> None:
    side.workspace.close()


def _is_blank(image: QImage) -> bool:
    first = image.pixel(0, 0)
    width, height = image.width(), image.height()
    spots = ((x, y) for x in range(0, width, max(1, width // 40)) for y in range(0, height, max(1, height // 40)))
    return all(image.pixel(x, y) == first for x, y in spots)


# As anybody draws it: by itself in a process, not among the windows that a thousand tests have left.
_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.ui.workspaces import made
from console.ui.style import theme
from console.ui.tour import tour

folder, setting = Path(sys.argv[1]), sys.argv[2]
application = QApplication([])
(folder / "glyphs").mkdir()
theme.apply(application, theme.Theme("light", cache=folder / "glyphs"))
before = theme.current()
session, side = made(folder / "workspace")
tour(lambda: session, folder / "pictures", setting, (1200, 760))
side.workspace.close()
assert theme.current() is before
"""


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["light", "dark"])
def test_every_state_of_every_window_becomes_a_picture(setting: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path), setting],
        cwd=_ROOT, env={**os.environ, "PYTHONPATH": f"src{os.pathsep}."}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr
    pictures = sorted((tmp_path / "pictures").iterdir())
    assert len(pictures) >= 60
    names = [path.name.split("-", 1)[1] for path in pictures]
    for wanted in (
        "welcome.png",
        "inbox.png",
        "profile-why.png",
        "import-dry-run.png",
        "import-done.png",
        "sources-in-each-state.png",
        "all-clear.png",
        "offline.png",
    ):
        assert wanted in names
    assert len(set(names)) == len(names)
    blank = [path.name for path in pictures if _is_blank(QImage(str(path)))]
    assert blank == []


def test_the_tour_leaves_the_workspace_as_it_is(open_session: Session, tmp_path: Path, qapp: QApplication) -> None:
    journal = open_session.workspace.journal
    before = theme.current()
    kept = dict(journal.settings()), dict(journal.state()), len(journal.newest(50))
    theme.apply(qapp, theme.Theme("dark"))
    pictures = tmp_path / "pictures"
    pictures.mkdir()

    stage = Stage(open_session, pictures, QSize(1200, 760))
    try:
        tour_scenes.dialogs(stage)
        stage.view.inbox.column.show_choice(InboxChoice(segment="mine"))
        stage.view.inbox.pane.composer.drafted.emit("reply", "half a sentence")
        stage.view.inbox.toggle_panel()
        stage.view.remember()
        stage.view.inbox.deeds.close()
    finally:
        after = dict(journal.settings()), dict(journal.state()), len(journal.newest(50))
        stage.close()
        theme.apply(qapp, before)

    assert after == kept
