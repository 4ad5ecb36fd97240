"""Another text for a reply or a note that was not sent yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from console.domain.outbox_rows import OutboxRow
from console.domain.outbox_words import words_of
from console.ui.profile.wording import named
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.fitting import fitting
from console.ui.widgets.labels import label

_MOST = 1_000_000


class EditDialog(QDialog):
    """The text as it stands, to be changed.

    Signals:
        written: the new text.
    """

    written = Signal(str)

    def __init__(self, sending: OutboxRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = named(words_of(sending))
        self.setWindowTitle(title)
        self.resize(fitting(self, 620, 420))
        self._before = str(sending.body.get("text", ""))
        self.field = QPlainTextEdit(self._before)
        self.field.setAccessibleName(self.tr("Text"))
        self.field.setTabChangesFocus(True)
        self.save = Button(self.tr("Save and send"), "primary", icon="send", keys="Ctrl+Return")
        cancel = Button(self.tr("Cancel"), "quiet")
        self.save.clicked.connect(self._take)
        cancel.clicked.connect(self.reject)
        self.field.textChanged.connect(self._enable)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_5, tokens.SPACE_6, tokens.SPACE_5)
        column.setSpacing(tokens.SPACE_3)
        column.addWidget(label(title, "title"))
        column.addWidget(self.field, 1)
        column.addLayout(row(None, cancel, self.save))
        self._enable()

    def _enable(self) -> None:
        words = self.field.toPlainText()
        self.save.setEnabled(bool(words.strip()) and words != self._before and len(words) <= _MOST)

    def _take(self) -> None:
        if self.save.isEnabled():
            self.written.emit(self.field.toPlainText())
            self.accept()
