"""The way into a workspace, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import KEY, Clock, SyncSide, fill

from console.store.errors import WrongKey
from console.store.workspace import Role, Workspace, create, exists
from console.system.keys import KeyringAbsent, KeyringLocked, KeyWrong
from console.ui.main_window import MainWindow
from console.ui.session import Session
from console.ui.start.doorway import Doorway, Unlock
from console.ui.start.recovery import RecoveryPage
from console.ui.start.secrets import AskPassphrasePage, ChoosePassphrasePage, RecoverPage
from console.ui.start.trouble import TroublePage
from console.ui.start.welcome import WelcomePage

PageT = TypeVar("PageT", bound=QWidget)
CODE = "7KQDMX4-92RTVBW-EP3JNC8-ZM5YGAH-6FW7KQD-MX492RT-VBWEP3J-NC8ZM5Y"


class Way:
    """A doorway whose keyring does as it is told; what it makes and opens is real."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.has_keyring, self.passphrase = True, ""
        self.errors: list[Exception] = []
        self.gate: Event | None = None
        self.sides: list[SyncSide] = []

    def doorway(self) -> Doorway:
        return Doorway(
            folder=self.folder,
            exists=lambda: exists(self.folder),
            has_passphrase=lambda: bool(self.passphrase),
            make=self.make,
            make_sample=self.make,
            unlock=self.unlock,
            session=self.session,
        )

    def make(self, passphrase: str | None) -> str:
        if not self.has_keyring and passphrase is None:
            raise KeyringAbsent("This machine has no keyring")
        self.passphrase = passphrase or ""
        create(self.folder, KEY)
        return CODE

    def unlock(self, unlock: Unlock) -> Workspace:
        if self.gate is not None:
            self.gate.wait(10)
        if self.errors:
            raise self.errors.pop(0)
        if unlock.recovery_code is None and self.passphrase and unlock.passphrase != self.passphrase:
            raise KeyWrong("This passphrase does not open the workspace")
        return Workspace(self.folder, KEY, Role.WINDOW)

    def session(self, workspace: Workspace) -> Session:
        side = SyncSide(self.folder, Clock())
        self.sides.append(side)
        return Session(workspace, "Nadia", now=side.clock.now, services=side.services())


@pytest.fixture
def way(tmp_path: Path) -> Iterator[Way]:
    made = Way(tmp_path / "workspace")
    yield made
    for side in made.sides:
        side.workspace.close()


def _window(way: Way, qtbot: QtBot) -> MainWindow:
    window = MainWindow(way.doorway())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def _page(window: MainWindow, kind: type[PageT], qtbot: QtBot) -> PageT:
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), kind), timeout=5_000)
    page = window.centralWidget()
    assert isinstance(page, kind)
    return page


def _made(way: Way) -> None:
    create(way.folder, KEY)
    side = SyncSide(way.folder, Clock())
    fill(side, 3)
    side.workspace.close()


def test_a_workspace_that_is_there_opens_by_itself(way: Way, qtbot: QtBot) -> None:
    _made(way)
    window = _window(way, qtbot)

    qtbot.waitUntil(lambda: window.view is not None, timeout=5_000)

    assert window.view is not None
    assert window.view.inbox.column.rows.rowCount() == 3
    window.close()


def test_the_sample_asks_for_nothing_but_that_the_code_is_kept(way: Way, qtbot: QtBot) -> None:
    window = _window(way, qtbot)
    welcome = _page(window, WelcomePage, qtbot)

    qtbot.mouseClick(welcome.doors["sample"], Qt.MouseButton.LeftButton)
    page = _page(window, RecoveryPage, qtbot)
    assert not page.fields
    assert not page.go_on.isEnabled()
    page.kept.setChecked(True)
    qtbot.mouseClick(page.go_on, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: window.view is not None, timeout=5_000)
    window.close()


def test_before_real_data_comes_in_two_groups_of_the_code_are_asked_for(way: Way, qtbot: QtBot) -> None:
    window = _window(way, qtbot)
    qtbot.mouseClick(_page(window, WelcomePage, qtbot).doors["connect"], Qt.MouseButton.LeftButton)
    page = _page(window, RecoveryPage, qtbot)
    page.kept.setChecked(True)

    assert len(page.fields) == 2
    assert not page.go_on.isEnabled()
    for place, field in page.fields.items():
        field.setText(page.groups[place].lower())
    assert page.go_on.isEnabled()
    next(iter(page.fields.values())).setText("wrong")
    assert not page.go_on.isEnabled()
    window.close()


def test_the_copied_code_leaves_the_clipboard_again_but_nothing_else_does(qtbot: QtBot) -> None:
    page = RecoveryPage(CODE, None)
    qtbot.addWidget(page)
    page._clear.setInterval(30)

    page.copy.click()
    assert QGuiApplication.clipboard().text() == CODE
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "", timeout=2_000)

    page.copy.click()
    QGuiApplication.clipboard().setText("something else")
    qtbot.wait(80)
    assert QGuiApplication.clipboard().text() == "something else"


def test_without_a_keyring_a_passphrase_is_chosen(way: Way, qtbot: QtBot) -> None:
    way.has_keyring = False
    window = _window(way, qtbot)
    qtbot.mouseClick(_page(window, WelcomePage, qtbot).doors["sample"], Qt.MouseButton.LeftButton)
    page = _page(window, ChoosePassphrasePage, qtbot)

    qtbot.keyClicks(page.first, "short")
    assert not page.go_on.isEnabled()
    page.first.setText("correct horse battery")
    qtbot.keyClicks(page.second, "correct horse batterx")
    assert not page.go_on.isEnabled()
    page.second.setText("correct horse battery")
    qtbot.keyClick(page.second, Qt.Key.Key_Return)

    _page(window, RecoveryPage, qtbot)
    assert way.passphrase == "correct horse battery"
    window.close()


def test_a_wrong_passphrase_is_asked_for_again_with_the_reason(way: Way, qtbot: QtBot) -> None:
    _made(way)
    way.passphrase = "correct horse battery"
    window = _window(way, qtbot)
    page = _page(window, AskPassphrasePage, qtbot)

    qtbot.keyClicks(page.field, "wrong")
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.centralWidget() is not page, timeout=5_000)
    again = _page(window, AskPassphrasePage, qtbot)
    qtbot.keyClicks(again.field, "correct horse battery")
    qtbot.keyClick(again.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: window.view is not None, timeout=5_000)
    window.close()


def test_a_locked_keyring_can_be_unlocked_or_the_recovery_code_used(way: Way, qtbot: QtBot) -> None:
    _made(way)
    way.errors = [KeyringLocked("The keyring is locked"), WrongKey("workspace.db does not open with this key")]
    window = _window(way, qtbot)
    locked = _page(window, TroublePage, qtbot)
    assert locked.trouble.code == "KEYRING_LOCKED"

    qtbot.mouseClick(locked.retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.centralWidget() is not locked, timeout=5_000)
    wrong = _page(window, TroublePage, qtbot)
    assert wrong.trouble.code == "WRONG_KEY"

    qtbot.mouseClick(wrong.recover, Qt.MouseButton.LeftButton)
    recover = _page(window, RecoverPage, qtbot)
    recover.field.setPlainText(CODE)
    qtbot.mouseClick(recover.open, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: window.view is not None, timeout=5_000)
    window.close()


def test_a_keyring_that_does_not_answer_is_waited_for_and_then_the_window_opens(way: Way, qtbot: QtBot) -> None:
    _made(way)
    way.gate = Event()
    window = _window(way, qtbot)

    page = _page(window, TroublePage, qtbot)
    assert page.trouble.is_waiting
    way.gate.set()

    qtbot.waitUntil(lambda: window.view is not None, timeout=5_000)
    window.close()
