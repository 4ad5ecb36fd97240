"""Why the workspace does not open: what is known, what is not, and the steps that help."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.store.errors import DamagedFile, DiskFull, NewerFile, WrongKey
from console.system.key_errors import KeyMissing, KeyringLocked, KeyTrouble, KeyWrong
from console.ui.start.page import StartPage
from console.ui.style import tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, divider, row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.progress import Spinner

STRONGER_AFTER_MS = 60_000
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Trouble:
    """A reason: a title and a sentence, and what is offered besides Quit."""

    icon: str
    tone: Tone
    title: str
    words: str
    retry: str = ""
    is_recoverable: bool = False
    is_waiting: bool = False
    code: str = ""


def waiting() -> Trouble:
    """The keyring has not answered yet."""
    title = translate("Trouble", "Your data is locked")
    words = translate(
        "Trouble",
        "The key that opens your data is in the keyring of this computer, and it has not answered yet. Unlock it and "
        "the console opens by itself, just where you left off.",
    )
    return Trouble("lock", "amber", title, words, is_recoverable=True, is_waiting=True, code="KEYRING_WAITING")


def trouble_of(error: Exception) -> Trouble:
    """The card for an error on the way in."""
    words = str(error)
    again = translate("Trouble", "Try again")
    match error:
        case KeyringLocked():
            unlock = translate("Trouble", "Unlock keyring")
            title = translate("Trouble", "Your data is locked")
            return Trouble("lock", "amber", title, words, unlock, is_recoverable=True, code="KEYRING_LOCKED")
        case KeyWrong() | WrongKey():
            title = translate("Trouble", "This key does not open your data")
            return Trouble("key-round", "amber", title, words, again, is_recoverable=True, code="WRONG_KEY")
        case KeyMissing():
            title = translate("Trouble", "The key is not where it was")
            return Trouble("key-round", "amber", title, words, again, is_recoverable=True, code="KEY_MISSING")
        case KeyTrouble():
            title = translate("Trouble", "The key cannot be had")
            return Trouble("key-round", "amber", title, words, again, is_recoverable=True, code="KEY")
        case NewerFile():
            title = translate("Trouble", "Your data is newer than this program")
            return Trouble("history", "amber", title, words, code="NEWER_FILE")
        case DamagedFile():
            title = translate("Trouble", "A file is damaged")
            return Trouble("file-warning", "red", title, words, again, code="DAMAGED_FILE")
        case DiskFull():
            title = translate("Trouble", "The disk is full")
            return Trouble("database", "amber", title, words, again, code="DISK_FULL")
        case _:
            title = translate("Trouble", "Your data cannot be opened now")
            return Trouble("triangle-alert", "amber", title, words, again, code="CANNOT_OPEN")


class TroublePage(StartPage):
    """A trouble as a card. Nothing is broken by looking at it.

    Signals:
        retry_wanted, recovery_wanted, quit_wanted: the button was pressed.
    """

    retry_wanted = Signal()
    recovery_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, trouble: Trouble, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(trouble.icon, trouble.tone, trouble.title, trouble.words, parent)
        self.trouble = trouble
        self.body.addWidget(self._facts(folder))
        self.retry = Button(trouble.retry or self.tr("Try again"), "primary", icon="refresh-cw")
        self.recover = Button(self.tr("Use recovery code…"), icon="life-buoy")
        leave = Button(self.tr("Quit"), "quiet")
        if not trouble.retry:
            self.retry.hide()
        if not trouble.is_recoverable:
            self.recover.hide()
        self.retry.clicked.connect(self.retry_wanted)
        self.recover.clicked.connect(self.recovery_wanted)
        leave.clicked.connect(self.quit_wanted)
        self._hint = label("", "amber", is_wrapping=True)
        self.body.addWidget(self._hint)
        self.body.addLayout(row(self.retry, self.recover, None, leave))
        self.body.addWidget(divider())
        details = self.tr("Technical details: {0}").format(f"{trouble.code} · {folder.name}")
        self.body.addWidget(ElidedLabel(details, "small"))
        self._stronger = QTimer(self)
        self._stronger.setSingleShot(True)
        self._stronger.setInterval(STRONGER_AFTER_MS)
        self._stronger.timeout.connect(self._offer_recovery)
        if trouble.is_waiting:
            self._stronger.start()
        self.setFocusProxy(self.retry if trouble.retry else self.recover if trouble.is_recoverable else leave)

    def _facts(self, folder: Path) -> Card:
        well = Card("well", tokens.SPACE_4)
        found = [path for path in sorted(folder.glob("*.db")) if path.is_file()]
        size = sum(path.stat().st_size for path in found)
        if found:
            held = self.tr("{0} files · {1}").format(len(found), self.locale().formattedDataSize(size))
            _fact(well, "circle-check", "green", self.tr("Your data is there"), held)
            well.column.addWidget(divider())
        nothing = self.tr("It cannot be checked further without its key.") if self.trouble.is_recoverable else ""
        _fact(well, "circle-check", "green", self.tr("Nothing has been changed"), nothing)
        if self.trouble.is_waiting:
            well.column.addWidget(divider())
            texts = _texts(
                self.tr("Waiting for your keyring"),
                self.tr("Your desktop may be asking for your password in another window."),
            )
            line = row(Spinner(self.tr("Waiting"), 18), gap=tokens.SPACE_3)
            line.addLayout(texts, 1)
            well.column.addLayout(line)
        return well

    def _offer_recovery(self) -> None:
        self._hint.setText(self.tr("Still no answer. The recovery code opens your data without the keyring."))
        self.recover.setFocus()


def _fact(well: Card, icon: str, color: str, title: str, words: str) -> None:
    line = row(IconLabel(icon, color, 18), gap=tokens.SPACE_3)
    line.addLayout(_texts(title, words), 1)
    well.column.addLayout(line)


def _texts(title: str, words: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(label(title, "value"))
    if words:
        column.addWidget(label(words, "small", is_wrapping=True))
    return column
