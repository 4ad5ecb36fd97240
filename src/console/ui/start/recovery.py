"""The recovery code: shown once in eight groups, and asked for again before real data comes in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from console.system.paths import write_private
from console.ui.start.page import StartPage
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, row
from console.ui.widgets.labels import label

CLEAR_AFTER_MS = 60_000


class RecoveryPage(StartPage):
    """Shows the code; `Continue` is off until it is kept, and where real data follows until two groups are typed.

    Signals:
        done: the code is in a safe place, as far as one can know.
    """

    done = Signal()

    def __init__(self, code: str, asked: tuple[int, int] | None, parent: QWidget | None = None) -> None:
        """`asked` are the places, from 0, of the two groups that are asked for; None asks for none (the sample)."""
        super().__init__(
            "key-round",
            "amber",
            QCoreApplication.translate("RecoveryPage", "Your recovery code, shown this once"),
            QCoreApplication.translate(
                "RecoveryPage",
                "The key to your data is kept on this computer. Should it be lost, this code is the only other way in. "
                "Nobody keeps a copy.",
            ),
            parent,
        )
        self.code = code
        self.groups = code.split("-")
        self._asked = asked
        self.fields: dict[int, QLineEdit] = {}
        self.kept = QCheckBox(self.tr("I have put it in a safe place"))
        self.go_on = Button(self.tr("Continue"), "primary")
        self.copy = Button(self.tr("Copy"), icon="copy")
        self.save = Button(self.tr("Save as file…"), icon="download")
        self._said = label("", "small", is_wrapping=True)
        self._said.hide()
        self._clear = QTimer(self)
        self._clear.setSingleShot(True)
        self._clear.setInterval(CLEAR_AFTER_MS)
        self._clear.timeout.connect(self._clear_clipboard)
        self._lay_out()
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)
        self.kept.toggled.connect(self._enable)
        self.go_on.clicked.connect(self.done)
        self._enable()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(tokens.SPACE_2)
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mono.setPixelSize(theme.current().pixels(tokens.TEXT_LARGE))
        mono.setWeight(QFont.Weight.DemiBold)
        for place, group in enumerate(self.groups):
            card = Card("card", tokens.SPACE_2)
            shown = label(group)
            shown.setFont(mono)
            shown.setStyleSheet(f"font-family: '{mono.family()}'; font-size: {mono.pixelSize()}px; font-weight: 600;")
            shown.setAccessibleName(self.tr("Group {0}: {1}").format(place + 1, " ".join(group)))
            card.column.addLayout(row(None, shown, None))
            grid.addWidget(card, place // 4, place % 4)
        held = QWidget()
        held.setLayout(grid)
        self.body.addWidget(held)
        self.body.addLayout(row(self.copy, self.save, None))
        self.body.addWidget(self._said)
        if self._asked is not None:
            self.body.addLayout(self._questions(self._asked))
        self.body.addWidget(self.kept)
        self.body.addLayout(row(None, self.go_on))

    def _questions(self, asked: tuple[int, int]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(tokens.SPACE_2)
        column.addWidget(label(self.tr("Type two groups from your copy, to be sure that it is right."), "body2"))
        for place in asked:
            field = QLineEdit()
            field.setMaxLength(12)
            field.setAccessibleName(self.tr("Group {0} of the recovery code").format(place + 1))
            field.textChanged.connect(self._enable)
            self.fields[place] = field
            column.addLayout(row(label(self.tr("Group {0}").format(place + 1), "value"), field))
        return column

    def _enable(self) -> None:
        is_right = all(_plain(field.text()) == _plain(self.groups[place]) for place, field in self.fields.items())
        self.go_on.setEnabled(self.kept.isChecked() and is_right)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code)
        self._say(self.tr("Copied. The clipboard is emptied in 60 seconds."))
        self._clear.start()

    def _clear_clipboard(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self.code:
            clipboard.clear()
        self._say(self.tr("The clipboard was emptied."))

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the recovery code"), "recovery-code.txt")
        if not path:
            return
        try:
            write_private(Path(path), f"{self.code}\n".encode())
        except OSError as error:
            self._say(self.tr("The file could not be written: {0}").format(error.strerror))
            return
        self._say(self.tr("Saved. Keep the file somewhere else than on this computer."))

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.show()


def _plain(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum()).translate(str.maketrans("OIL", "011"))
