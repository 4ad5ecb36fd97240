"""Counts as a bar of shares and its legend."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRectF, QSize
from PySide6.QtGui import QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from console.ui.overriding import override
from console.ui.style import tokens
from console.ui.widgets import painting
from console.ui.widgets.cards import row
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.labels import label

Parts = tuple[tuple[str, int], ...]


class ShareBar(QLabel):
    """A line cut into shares by colour tokens; grey where nothing is counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Parts = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Parts) -> None:
        """Shows other shares."""
        self._parts = parts
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, 8)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, 4, 4)
        painter.setClipPath(shape)
        painting.fill(painter, area, "track")
        total = sum(count for _, count in self._parts)
        left = area.left()
        for color, count in self._parts:
            if not total or not count:
                continue
            # A share too small to see is still two pixels wide: nobody overlooks an error.
            width = max(2.0, area.width() * count / total - 1)
            painting.fill(painter, QRectF(left, area.top(), width, area.height()), color)
            left += width + 1


class Legend(QWidget):
    """A dot, a number and a word for each share."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=tokens.SPACE_4)

    def show_parts(self, parts: tuple[tuple[str, int, str], ...]) -> None:
        """Shows (colour, count, word) of every share that counts something."""
        self._flow.clear()
        for color, count, words in parts:
            if not count:
                continue
            entry = QWidget()
            number = QLocale().toString(count)
            entry.setLayout(row(_Dot(color), label(number, "strong"), label(words, "body2"), gap=6))
            entry.setAccessibleName(f"{number} {words}")
            self._flow.addWidget(entry)


class _Dot(QLabel):
    def __init__(self, color: str) -> None:
        super().__init__()
        self._color = color
        self.setFixedSize(10, 10)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painting.fill(painting.painter_on(self), QRectF(self.rect()), self._color, 5)
