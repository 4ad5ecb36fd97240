"""The entrance: from the first page or the keyring to an open workspace, each step a page of the window."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from console.store.errors import StoreError
from console.system.key_errors import KeyringAbsent, KeyTrouble, KeyWrong
from console.ui.background import Background
from console.ui.start.doorway import Doorway, Unlock
from console.ui.start.loading import LoadingFrame

WAITING_AFTER_MS = 1_500
_EXPECTED = (StoreError, KeyTrouble, OSError)


class Entrance(QObject):
    """Decides which page stands there; slow steps run in the background.

    Pages but the first are imported when they are needed: the frame is painted before anything else.

    Signals:
        page_made: a widget that is to fill the window.
        opened: what the doorway makes a session of, and what was chosen on the first page (`sample`, `import`,
            `connect`, or nothing).
        quit_wanted: the teammate gives up.
    """

    page_made = Signal(object)
    opened = Signal(object, str)
    quit_wanted = Signal()

    def __init__(self, doorway: Doorway, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._doorway, self._background = doorway, background
        self._choice = ""
        self._passphrase: str | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(WAITING_AFTER_MS)
        self._patience.timeout.connect(self._say_waiting)

    def begin(self) -> None:
        """Opens what is there, or welcomes."""
        if not self._doorway.exists():
            self._take_door("sample") if self._doorway.starts_with_sample else self.welcome()
        elif self._doorway.has_passphrase():
            self.ask_passphrase()
        else:
            self.unlock(Unlock())

    def welcome(self) -> None:
        """The first page."""
        from console.ui.start.welcome import WelcomePage

        page = WelcomePage()
        page.chosen.connect(self._take_door)
        self.page_made.emit(page)

    def unlock(self, unlock: Unlock) -> None:
        """Opens the workspace; a keyring that does not answer is said after a moment, and waited for."""
        self._patience.start()
        doorway = self._doorway
        self._run(lambda: doorway.unlock(unlock), self._take_workspace, "unlock", self._tell_trouble)

    def ask_passphrase(self, problem: str = "") -> None:
        """A workspace that opens with a passphrase."""
        from console.ui.start.secrets import AskPassphrasePage

        page = AskPassphrasePage(problem)
        page.given.connect(lambda passphrase: self.unlock(Unlock(passphrase=passphrase)))
        page.recovery_wanted.connect(self.ask_recovery_code)
        self.page_made.emit(page)

    def ask_recovery_code(self, problem: str = "") -> None:
        """A key that is lost."""
        from console.ui.start.secrets import RecoverPage

        self._patience.stop()
        self._background.forget(self, "unlock")
        page = RecoverPage(problem)
        page.given.connect(self._recover)
        page.left.connect(self.begin)
        self.page_made.emit(page)

    def show_trouble(self, trouble: object) -> None:
        """Why it does not open."""
        from console.ui.start.trouble import Trouble, TroublePage

        if isinstance(trouble, Trouble):
            page = TroublePage(trouble, self._doorway.folder)
            page.retry_wanted.connect(self.begin)
            page.recovery_wanted.connect(self.ask_recovery_code)
            page.quit_wanted.connect(self.quit_wanted)
            self.page_made.emit(page)

    def show_code(self, code: str) -> None:
        """The recovery code of a workspace that was just made; real data is asked for two groups of it."""
        from console.ui.start.recovery import RecoveryPage

        if self._doorway.starts_with_sample and self._choice == "sample":
            self.unlock(Unlock(passphrase=self._passphrase))
            return
        groups = len(code.split("-"))
        first, second = sorted(random.SystemRandom().sample(range(groups), 2))
        page = RecoveryPage(code, None if self._choice == "sample" else (first, second))
        page.done.connect(lambda: self.unlock(Unlock(passphrase=self._passphrase)))
        self.page_made.emit(page)

    def _take_door(self, choice: str) -> None:
        self._choice = choice
        self._make(None)

    def _make(self, passphrase: str | None) -> None:
        self._passphrase = passphrase
        make = self._doorway.make_sample if self._choice == "sample" else self._doorway.make
        self.page_made.emit(LoadingFrame())
        self._run(lambda: make(passphrase), self.show_code, "make", self._tell_making_trouble)

    def _recover(self, code: str) -> None:
        self.page_made.emit(LoadingFrame())
        self.unlock(Unlock(recovery_code=code))

    def _take_workspace(self, workspace: object) -> None:
        self._patience.stop()
        self._passphrase = None
        self.opened.emit(workspace, self._choice)

    def _tell_making_trouble(self, error: Exception) -> None:
        if isinstance(error, KeyringAbsent):
            self._choose_passphrase()
        else:
            self._tell_trouble(error)

    def _choose_passphrase(self) -> None:
        from console.ui.start.secrets import ChoosePassphrasePage

        page = ChoosePassphrasePage()
        page.given.connect(self._make)
        page.left.connect(self.welcome)
        self.page_made.emit(page)

    def _tell_trouble(self, error: Exception) -> None:
        from console.ui.start.trouble import trouble_of

        self._patience.stop()
        if isinstance(error, KeyWrong) and self._doorway.has_passphrase():
            self.ask_passphrase(str(error))
        else:
            self.show_trouble(trouble_of(error))

    def _say_waiting(self) -> None:
        from console.ui.start.trouble import waiting

        self.show_trouble(waiting())

    def _run(
        self, step: Callable[[], Any], then: Callable[[Any], None], about: str, failed: Callable[[Exception], None]
    ) -> None:
        self._background.run(step, then, asker=self, about=about, failed=failed, expected=_EXPECTED)
