"""What the window shows where the inbox is empty: that it is, when something comes back, and where to go on."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import empty
from console.ui.widgets.labels import label

_WIDE, _HIGH = 280, 150


class Sunrise(QLabel):
    """A sun with a tick above a calm line; it only shows."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDE, _HIGH)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        middle = QPointF(self.width() / 2, 88)
        for radius, color in ((84.0, "sunken"), (64.0, "accentbg")):
            painting.fill(
                painter, QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius), color, radius
            )
        self._hide_below(painter, middle.y() + 40)
        disc = QRectF(middle.x() - 40, middle.y() - 40, 80, 80)
        ground = QLinearGradient(disc.topLeft(), disc.bottomRight())
        ground.setColorAt(0, QColor("#6B84F7"))
        ground.setColorAt(1, QColor("#7048E8"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(disc)
        icons.paint(painter, "check", "onaccent", disc.adjusted(22, 22, -22, -22))
        self._draw_lines(painter, middle)

    def _hide_below(self, painter: QPainter, top: float) -> None:
        painting.fill(painter, QRectF(0, top, self.width(), self.height() - top), "bg")

    def _draw_lines(self, painter: QPainter, middle: QPointF) -> None:
        painter.setPen(QPen(theme.current().qcolor("borderstrong"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ground = QPainterPath(QPointF(middle.x() - 124, middle.y() + 44))
        ground.cubicTo(
            QPointF(middle.x() - 60, middle.y() + 26),
            QPointF(middle.x() - 30, middle.y() + 60),
            QPointF(middle.x() + 20, middle.y() + 48),
        )
        ground.quadTo(QPointF(middle.x() + 80, middle.y() + 30), QPointF(middle.x() + 124, middle.y() + 42))
        painter.drawPath(ground)
        for left, top, width in ((-104, -42, 30), (-90, -32, 34), (66, -58, 34), (80, -48, 30)):
            at = QPointF(middle.x() + left, middle.y() + top)
            painter.drawLine(at, at + QPointF(width, 0))


class AllClear(QWidget):
    """Calm; its buttons are the window's own actions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "hero")
        self._words = label("", "body2", is_wrapping=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(tokens.SPACE_2)
        column = QVBoxLayout(self)
        column.setSpacing(tokens.SPACE_2)
        column.addStretch(2)
        sun = Sunrise()
        column.addWidget(sun, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(tokens.SPACE_6)
        for text in (self._title, self._words):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
        column.addSpacing(tokens.SPACE_6)
        column.addLayout(self._buttons)
        column.addStretch(3)

    def offer(self, actions: Iterable[QAction]) -> None:
        """The ways on, in place of those before."""
        empty(self._buttons)
        self._buttons.addStretch(1)
        for action in actions:
            button = Button(action.text().replace("&&", "&"), keys=action.shortcut().toString())
            button.setIcon(action.icon())
            button.clicked.connect(action.trigger)
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)

    def say(self, title: str, words: str) -> None:
        """What is the case."""
        self._title.setText(title)
        self._words.setText(words)
        self.setAccessibleName(f"{title}. {words}")
