"""The windowed program around its window."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.store.errors import DamagedFile
from console.ui.app import _Defence
from console.ui.main_window import MainWindow
from console.ui.session import Session
from console.ui.start import first_look
from console.ui.start.doorway import Doorway
from console.ui.style import theme

SOURCE = Path(__file__).parents[2] / "src"


def _doorway(folder: Path, session: Session) -> Doorway:
    return Doorway(
        folder=folder,
        exists=lambda: False,
        has_passphrase=lambda: False,
        make=lambda passphrase: "",
        make_sample=lambda passphrase: "",
        unlock=lambda unlock: None,
        session=lambda opened: session,
    )


def test_the_first_frame_is_painted_without_the_store() -> None:
    """SQLAlchemy alone takes longer to import than the whole window (facts: start, budget 1)."""
    heavy = "('sqlalchemy', 'sqlcipher3', 'keyring', 'httpx', 'alembic')"
    code = f"import sys, console.ui.app; print([name for name in {heavy} if name in sys.modules])"

    said = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, check=True
    )

    assert said.stdout.decode().strip() == "[]"


def test_an_error_nobody_expected_is_logged_and_said_and_the_window_lives(
    session: Session, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    window = MainWindow(_doorway(tmp_path, session))
    qtbot.addWidget(window)
    window.show_session(session)
    assert window.view is not None
    defence = _Defence(window)

    with caplog.at_level(logging.CRITICAL):
        defence(KeyError, KeyError("bug"), None)
        defence(DamagedFile, DamagedFile("workspace.db is damaged"), None)

    words = [toast.words for toast in window.view.toasts.shown()]
    assert len(words) == 2
    assert words[0].startswith("Something went wrong")
    assert words[1] == "workspace.db is damaged"
    assert len(caplog.records) == 2
    window.view.close()


def test_the_next_first_frame_wears_the_look_that_was_chosen(tmp_path: Path, qtbot: QtBot) -> None:
    before = theme.current().setting
    theme.current().choose("dark")
    theme.current().scale_text(1.4)
    first_look.keep(tmp_path)
    theme.current().choose(before)
    theme.current().scale_text(1.0)

    first_look.dress(tmp_path)

    assert theme.current().setting == "dark"
    assert theme.current().text_scale == pytest.approx(1.4)
    theme.current().choose(before)
    theme.current().scale_text(1.0)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"theme": 1, "text_scale": "x"}', "\x00"])
def test_a_damaged_look_is_no_look(tmp_path: Path, content: str, qtbot: QtBot) -> None:
    (tmp_path / "look.json").write_text(content)
    before = theme.current().setting

    first_look.dress(tmp_path)

    assert theme.current().setting == before


def test_settings_hold_at_once_and_are_kept(session: Session, qtbot: QtBot) -> None:
    from console.ui.settings.dialog import SettingsDialog

    before = theme.current().setting
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()

    dialog.name.setText("Nadia Kovac")
    dialog.size_.setValue(15)
    dialog.theme.chosen.emit("dark")
    assert theme.current().text_scale == pytest.approx(1.5)
    assert theme.current().is_dark
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert session.teammate == "Nadia Kovac"
    assert session.settings()["theme"] == "dark"
    assert session.settings()["text_scale"] == "1.5"
    theme.current().choose(before)
    theme.current().scale_text(1.0)
