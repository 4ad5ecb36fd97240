"""The first page: three doors into the program."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui.rail import Logo
from console.ui.style import theme, tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, row
from console.ui.widgets.empty_state import Seal
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import KeyCap, label

_WIDEST = 1008


class WelcomePage(QWidget):
    """Three equal doors, each with an honest time.

    Signals:
        chosen: `sample`, `import` or `connect`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.doors: dict[str, Button] = {}
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        doors = QWidget()
        doors.setMaximumWidth(theme.current().pixels(_WIDEST))
        line = QHBoxLayout(doors)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.SPACE_4)
        for door in (self._sample(), self._import(), self._connect()):
            line.addWidget(door, 1)
        promise = row(
            None,
            IconLabel("lock", "text2", 14),
            label(self.tr("Nothing leaves this computer until you connect a source"), "small"),
            None,
            gap=6,
        )
        title = label(self.tr("Every customer, one calm place"), "hero")
        words = label(
            self.tr("Your conversations and customer records, kept encrypted on this computer. How would you begin?"),
            "body2",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_8, tokens.SPACE_8, tokens.SPACE_8, tokens.SPACE_8)
        column.setSpacing(tokens.SPACE_3)
        column.addStretch(2)
        for shown in (Logo(48), title, words):
            column.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(tokens.SPACE_5)
        column.addLayout(_centred(doors))
        column.addSpacing(tokens.SPACE_5)
        column.addLayout(promise)
        column.addStretch(3)

    def set_busy(self, *, is_busy: bool) -> None:
        """Doors do not open twice."""
        for button in self.doors.values():
            button.setEnabled(not is_busy)

    def _sample(self) -> Card:
        words = self.tr(
            "Fill this workspace with a made-up company, its customers and conversations. Yours go into another folder."
        )
        seal: tuple[str, Tone] = ("sparkles", "violet")
        return self._door(
            "sample", seal, self.tr("Look around first"), words, self.tr("Open the sample"), self.tr("about 10 seconds")
        )

    def _import(self) -> Card:
        words = self.tr(
            "Import a mailbox (mbox, Maildir, eml) or a table (CSV, XLSX). You see the outcome before it is kept."
        )
        seal: tuple[str, Tone] = ("folder-open", "teal")
        return self._door(
            "import", seal, self.tr("Bring a file"), words, self.tr("Choose a file…"), self.tr("about 2 minutes")
        )

    def _connect(self) -> Card:
        words = self.tr(
            "Connect a mailbox over IMAP. Reading starts at once, changes nothing there, and can be paused."
        )
        seal: tuple[str, Tone] = ("plug", "blue")
        return self._door(
            "connect", seal, self.tr("Connect a mailbox"), words, self.tr("Connect…"), self.tr("about 5 minutes")
        )

    def _door(self, key: str, seal: tuple[str, Tone], title: str, words: str, act: str, takes: str) -> Card:
        number = str(len(self.doors) + 1)
        button = Button(act, "primary" if key == "sample" else "secondary")
        button.clicked.connect(lambda: self.chosen.emit(key))
        shortcut = QShortcut(QKeySequence(number), self)
        shortcut.activated.connect(button.click)
        self.doors[key] = button
        text = label(words, "body2", is_wrapping=True)
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        text.setMinimumHeight(64)
        door = Card(margin=tokens.SPACE_6)
        door.column.setSpacing(tokens.SPACE_3)
        door.column.addLayout(row(Seal(*seal, size=44, is_round=False), None, KeyCap(number)))
        door.column.addWidget(label(title, "heading"))
        door.column.addWidget(text, 1)
        door.column.addLayout(row(button, None, label(takes, "small")))
        return door


def _centred(widget: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(widget, 1000)
    line.addStretch(1)
    return line
