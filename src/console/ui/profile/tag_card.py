"""The card that asks for a tag and says whom it is for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from console.domain.tags import LONGEST_TAG
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import column, row
from console.ui.widgets.labels import label


class TagCard(QWidget):
    """Enter takes what is written.

    Signals:
        taken: the tag, in one line.
    """

    taken = Signal(str)

    def __init__(self, known: Sequence[str], whom: str, parent: QWidget | None = None) -> None:
        """`known` completes what is typed; `whom` stands over the field."""
        super().__init__(parent)
        self.setFixedWidth(theme.current().pixels(300))
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST_TAG)
        self.field.setPlaceholderText(self.tr("Tag"))
        self.field.setAccessibleName(self.tr("Tag"))
        completer = QCompleter(list(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.add = Button(self.tr("Add"), "primary", is_small=True)
        self.add.clicked.connect(self._take)
        self.field.returnPressed.connect(self._take)
        line = row(self.field, self.add)
        line.setStretch(0, 1)
        self._effect = label("", "small", is_wrapping=True)
        self._effect.hide()
        self.setLayout(column(label(whom, "strong"), line, self._effect, gap=tokens.SPACE_2))
        self.setFocusProxy(self.field)

    def effect(self) -> str:
        """What it says that the tag starts; empty where it says nothing."""
        return self._effect.text()

    def show_effect(self, words: str) -> None:
        """Says below the field what the tag starts."""
        self._effect.setText(words)
        self._effect.setVisible(bool(words))

    def _take(self) -> None:
        words = " ".join(self.field.text().split())
        if words:
            self.taken.emit(words)
