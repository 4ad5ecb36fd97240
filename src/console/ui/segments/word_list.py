"""The list under a field of words: it completes the one that is being typed, the last behind a comma."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from console.ui.overriding import override

_ROWS = 10


class WordList(QCompleter):
    """Opens while somebody types, and with Down.

    Signals:
        taken: a word was taken from the list and stands in the field.
        sought: (words) what is typed of the last word, also when the field gets the keyboard.
    """

    taken = Signal()
    sought = Signal(str)

    def __init__(self, field: QLineEdit, words: Sequence[str]) -> None:
        super().__init__(field)
        self._field = field
        self._listed = QStringListModel(list(words), self)
        self.setModel(self._listed)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_ROWS)
        self._list = QListView()
        self._list.setAccessibleName(self.tr("Values"))
        self.setPopup(self._list)
        # Once the chosen word stands in the field, which is after the signal.
        self.activated.connect(lambda _: QTimer.singleShot(0, self, self.taken.emit))
        field.setCompleter(self)
        field.textEdited.connect(lambda _: self.sought.emit(self._last()))
        field.installEventFilter(self)

    def offer(self, words: Sequence[str]) -> None:
        """Completes with these words from now on; an open list shows them at once."""
        if list(words) == self._listed.stringList():
            return
        self._listed.setStringList(list(words))
        if self._field.hasFocus() and self._last():
            self._open()

    def _last(self) -> str:
        return self._field.text().rpartition(",")[2].strip()

    def _open(self) -> None:
        self.setCompletionPrefix(self._last())
        if self.completionCount() and self.currentCompletion() != self._last():
            self.complete()
        else:
            self._list.hide()

    @override
    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    @override
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        before, comma, _ = self._field.text().rpartition(",")
        word = super().pathFromIndex(index)
        return f"{before.strip()}{comma} {word}" if comma else word

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field:
            if event.type() == QEvent.Type.FocusIn:
                self.sought.emit(self._last())
            elif (
                isinstance(event, QKeyEvent)
                and event.type() == QEvent.Type.KeyPress
                and event.key() == Qt.Key.Key_Down
                and not event.modifiers()
                and not self._list.isVisible()
            ):
                self._open()
                return True
        return super().eventFilter(watched, event)
