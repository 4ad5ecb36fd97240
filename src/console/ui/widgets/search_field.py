"""A field to search with: it waits until typing pauses, and Escape empties it first."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from console.ui.overriding import override
from console.ui.style import icons

PAUSE_MS = 120


class SearchField(QLineEdit):
    """A line with a glass and a × that empties it.

    Signals:
        searched: the text, trimmed, 120 ms after the last key or at once on Enter; never the same twice in a row.
        left: Escape was pressed while it was empty.
        stepped: Down (1) or Up (-1) was pressed, for the list below.
    """

    searched = Signal(str)
    left = Signal()
    stepped = Signal(int)

    def __init__(self, hint: str, parent: QWidget | None = None, *, name: str = "") -> None:
        """`hint` stands in the empty field; `name` is what assistive technology says, the hint where it is empty."""
        super().__init__(parent)
        self._told = ""
        self.setPlaceholderText(hint)
        self.setAccessibleName(name or hint)
        glass = QAction(icons.icon("search", "text3"), self.tr("Search"), self)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        glass.triggered.connect(self.tell)
        self._cross = QAction(icons.icon("x", "text3"), self.tr("Empty the field"), self)
        self._cross.triggered.connect(self.empty)
        self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        self._cross.setVisible(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.tell)
        self.textChanged.connect(self._wait)

    def empty(self) -> None:
        """Empties it and says so at once."""
        self.clear()
        self.tell()

    def tell(self) -> None:
        """Emits `searched` now, unless this text was told last."""
        self._pause.stop()
        words = self.text().strip()
        if words != self._told:
            self._told = words
            self.searched.emit(words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape if self.text():
                self.empty()
            case Qt.Key.Key_Escape:
                self.left.emit()
                event.ignore()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.tell()
                super().keyPressEvent(event)
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            case _:
                super().keyPressEvent(event)

    def _wait(self, text: str) -> None:
        self._cross.setVisible(bool(text))
        self._pause.start()
