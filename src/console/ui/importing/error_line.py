"""One row with an error in the dry run's card: its number, why, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.domain.imports import Problem
from console.ui.importing.row_words import place_words
from console.ui.overriding import override
from console.ui.style import tokens
from console.ui.widgets.chip import ChipButton
from console.ui.widgets.labels import label


class ErrorLine(QFrame):
    """A click anywhere on it opens the row; the keyboard reaches its number.

    Signals:
        opened: the row is to be shown.
    """

    opened = Signal()

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        place = place_words(problem)
        name = self.tr("Open {0}: {1}").format(place, problem.reason)
        self.number = ChipButton(place, "grey", name=name)
        self.number.clicked.connect(self.opened)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.SPACE_2)
        line.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(problem.reason, "small", is_wrapping=True), 1)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()
