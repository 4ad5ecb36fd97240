"""Small charts: bars for some weeks, a heat map of days. Each says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.overriding import override
from console.ui.style import theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.labels import plain_tip
from console.ui.widgets.painted import PaintedLabel

RECENT = 3
CELL, CELL_GAP, LEVELS = 9, 2, 5


def paint_bars(
    painter: QPainter,
    rect: QRectF,
    values: Sequence[float],
    *,
    recent: int = RECENT,
    is_right_to_left: bool = False,
) -> None:
    """Bars in the direction of reading, the last `recent` in the full accent; a zero is a thin line."""
    if not values:
        return
    most = max(max(values), 1e-9)
    pitch = rect.width() / len(values)
    width = max(1.5, min(pitch - 2, 6))
    for number, value in enumerate(values):
        tall = max(1.5, rect.height() * max(value, 0) / most)
        color = "accent" if number >= len(values) - recent else "barsoft"
        bar = QRectF(rect.left() + number * pitch, rect.bottom() - tall, width, tall)
        bar = painting.mirrored(bar, rect, is_right_to_left=is_right_to_left)
        painting.fill(painter, bar, color, min(1.5, tall / 2))


class Bars(PaintedLabel):
    """A line of small bars, oldest first."""

    def __init__(
        self, values: Sequence[float], summary: str, parent: QWidget | None = None, *, width: int = 72, height: int = 20
    ) -> None:
        """`summary` says the same in words: "148 logins in 12 weeks, rising"."""
        super().__init__(summary, parent)
        self._values = tuple(values)
        self._size = QSize(width, height)
        plain_tip(self, summary)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_values(self, values: Sequence[float], summary: str) -> None:
        """Shows other values."""
        self._values = tuple(values)
        self.setText(summary)
        self.setAccessibleName(summary)
        plain_tip(self, summary)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return self._size

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        paint_bars(painter, QRectF(self.rect()), self._values, is_right_to_left=self.isRightToLeft())


class HeatMap(PaintedLabel):
    """Days as cells, a column a week, Monday on top; the darker, the more."""

    def __init__(
        self,
        weeks: Sequence[Sequence[float]],
        summary: str,
        parent: QWidget | None = None,
        *,
        columns: Sequence[str] = (),
        rows: Sequence[str] = (),
    ) -> None:
        """`weeks` are seven values each, oldest first. `columns` and `rows` name them; an empty name names nothing."""
        super().__init__(summary, parent)
        self._weeks = tuple(tuple(week) for week in weeks)
        self._columns, self._rows = tuple(columns), tuple(rows)
        plain_tip(self, summary)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_weeks(self, weeks: Sequence[Sequence[float]], summary: str) -> None:
        """Shows other values."""
        self._weeks = tuple(tuple(week) for week in weeks)
        self.setText(summary)
        self.setAccessibleName(summary)
        plain_tip(self, summary)
        self.updateGeometry()
        self.update()

    def set_names(self, columns: Sequence[str], rows: Sequence[str]) -> None:
        """Names other columns and rows."""
        self._columns, self._rows = tuple(columns), tuple(rows)

    @override
    def sizeHint(self) -> QSize:
        pitch = CELL + CELL_GAP
        return QSize(self._left() + len(self._weeks) * pitch, self._top() + 7 * pitch)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._weeks:
            return
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        rtl = self.isRightToLeft()
        left, top = self._left(), self._top()
        pitch = min((area.width() - left) / len(self._weeks), CELL + CELL_GAP + 4)
        most = max(max(week, default=0) for week in self._weeks)
        shades = {value: _shade(value, most) for value in set().union(*self._weeks)}
        painter.setPen(Qt.PenStyle.NoPen)
        for column, week in enumerate(self._weeks):
            for row, value in enumerate(week):
                cell = QRectF(left + column * pitch, top + row * (CELL + CELL_GAP), pitch - CELL_GAP, CELL)
                painter.setBrush(shades[value])
                painter.drawRoundedRect(painting.mirrored(cell, area, is_right_to_left=rtl), 2, 2)
        self._paint_names(painter, area, pitch)

    def _paint_names(self, painter: QPainter, area: QRectF, pitch: float) -> None:
        font = theme.current().font(tokens.TEXT_TINY)
        rtl = self.isRightToLeft()
        for column, name in ((place, name) for place, name in enumerate(self._columns) if name):
            line = QRectF(self._left() + column * pitch, 0, 60, self._top() - 2)
            painting.text(painter, painting.mirrored(line, area, is_right_to_left=rtl), name, "text2", font)
        for row, name in ((place, name) for place, name in enumerate(self._rows) if name):
            line = QRectF(0, self._top() + row * (CELL + CELL_GAP) - 3, self._left() - 4, CELL + 6)
            painting.text(painter, painting.mirrored(line, area, is_right_to_left=rtl), name, "text2", font)

    def _left(self) -> int:
        return theme.current().pixels(32) if self._rows else 0

    def _top(self) -> int:
        return theme.current().pixels(16) if self._columns else 0


def _shade(value: float, most: float) -> QColor:
    if value <= 0 or most <= 0:
        return painting.color_of("track" if theme.current().is_dark else "hover")
    level = max(1, min(LEVELS, round(value / most * LEVELS + 0.4)))
    color = painting.color_of("accent")
    color.setAlphaF((0.0, 0.28, 0.45, 0.62, 0.8, 1.0)[level])
    return color
