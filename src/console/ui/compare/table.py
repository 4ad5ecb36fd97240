"""The rows of a comparison one below the other; identical ones are folded into one line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.comparing import Word
from console.ui.compare.row import CompareRow, Shown
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.labels import label

_KEPT_OPEN = frozenset(("name", "emails", "domains"))
"""Rows by which one knows whom one looks at: they never fold."""


class CompareTable(QWidget):
    """Shows rows, those that differ first.

    Signals:
        chosen: as that of a row.
    """

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Shown, ...] = ()
        self._rows: list[CompareRow] = []
        self._is_open, self._same_count = False, 0
        self.fold = Button("", "link", icon="chevrons-up-down")
        self.fold.clicked.connect(self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._same = QWidget()
        self._same_column = QVBoxLayout(self._same)
        self._same_column.setContentsMargins(0, 0, 0, 0)
        self._same_column.setSpacing(0)
        self._nothing = label(self.tr("Neither has any property"), "muted")
        self._line = QWidget()
        line = row(self.fold, None)
        line.setContentsMargins(0, tokens.SPACE_1, 0, tokens.SPACE_1)
        self._line.setLayout(line)
        self._differing = QVBoxLayout()
        self._differing.setSpacing(0)
        self._column.addLayout(self._differing)
        for widget in (self._nothing, self._line, self._same):
            self._column.addWidget(widget)
        self.show_rows(())

    def show_rows(self, shown: Sequence[Shown], *, is_news: bool = False) -> None:
        """Shows other rows; with ``is_news`` those that are new or say something else are marked."""
        before = {one.name: one for one in self._shown}
        marked = {one.shown.name for one in self._rows if one.is_marked()} if is_news else set()
        self._shown = tuple(shown)
        for old in self._rows:
            old.hide()
            old.deleteLater()
        self._rows, self._same_count = [], 0
        for one in self._shown:
            made = CompareRow(one)
            made.chosen.connect(self.chosen)
            if is_news and (one.name in marked or before.get(one.name) != one):
                made.mark_changed()
            is_folded = one.word is Word.SAME and one.name not in _KEPT_OPEN and not made.is_marked()
            (self._same_column if is_folded else self._differing).addWidget(made)
            self._rows.append(made)
            self._same_count += is_folded
        self._nothing.setVisible(not self._rows)
        self._tell_fold()

    def rows(self) -> tuple[CompareRow, ...]:
        """The rows, folded ones among them."""
        return tuple(self._rows)

    def row_of(self, name: str) -> CompareRow | None:
        """The row of a property or another field."""
        return next((one for one in self._rows if one.shown.name == name), None)

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._tell_fold()

    def _tell_fold(self) -> None:
        count = self._same_count
        self._line.setVisible(count > 0)
        self._same.setVisible(count > 0 and self._is_open)
        if self._is_open:
            words = self.tr("Hide what is identical")
        else:
            words = (
                self.tr("One field is identical") if count == 1 else self.tr("{0} fields are identical").format(count)
            )
        self.fold.set_words(words)
