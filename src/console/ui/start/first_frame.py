"""The very first frame: the window's shape in the colours it will have, painted with as little of Qt as that takes.

Each of Qt's larger classes costs milliseconds when Python meets it for the first time (the namespace `Qt` alone eighteen,
for its enumerations), so that this module knows three colours and rectangles. Everything else is met after it is on screen.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPainterPath, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from console.ui.overriding import override
from console.ui.start.kept_look import Look
from console.ui.style.tokens import DARK, LIGHT, LIST_WIDTH, RAIL_WIDTH, SPACE_3, SPACE_4, Tokens

_LOGO, _LOGO_RADIUS, _LOGO_COLOR = 32, 8, "#6659F0"  # the middle of `rail.Logo`'s gradient
_TITLE_WIDTH, _TITLE_HEIGHT = 72, 14
_ROWS, _ROW_HEIGHT, _FIRST_ROW = 9, 84, 48
_FACE, _LINE_HEIGHT = 36, 10
_MIDDLE_GREY = 128


class _Shape(NamedTuple):
    left: float
    top: float
    width: float
    height: float
    radius: float = 0


class FirstFrame(QWidget):
    """The rail, the inbox's heading and rows that are still to come, all of it grey shapes."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors = _colors(look)
        self.setAccessibleName(self.tr("Opening the workspace"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors, width, height = self._colors, self.width(), self.height()
        # From right to left everything stands on the other side.
        side = -1 if QGuiApplication.isRightToLeft() else 1
        if side < 0:
            painter.translate(width, 0)
            painter.scale(-1, 1)
        _fill(painter, colors.bg, _Shape(0, 0, width, height))
        _fill(painter, colors.rail, _Shape(0, 0, RAIL_WIDTH, height))
        _fill(painter, colors.border, _Shape(RAIL_WIDTH + LIST_WIDTH, 0, 1, height))
        _fill(painter, _LOGO_COLOR, _Shape((RAIL_WIDTH - _LOGO) / 2, SPACE_3 + 2, _LOGO, _LOGO, _LOGO_RADIUS))
        _fill(painter, colors.press, *_shapes())
        painter.end()


def _fill(painter: QPainter, color: str, *shapes: _Shape) -> None:
    # A path and a palette's brush: pens, brushes of a colour and `fillRect` cost the namespace `Qt`, 17 ms.
    palette, path = QPalette(), QPainterPath()
    palette.setColor(QPalette.ColorRole.Window, QColor(color))
    for left, top, wide, high, radius in shapes:
        path.addRoundedRect(QRectF(left, top, wide, high), radius, radius)
    painter.fillPath(path, palette.brush(QPalette.ColorRole.Window))


def _shapes() -> list[_Shape]:
    left, room = RAIL_WIDTH + SPACE_4, LIST_WIDTH - 2 * SPACE_4
    shapes = [_Shape(left, SPACE_3 + 4, _TITLE_WIDTH, _TITLE_HEIGHT, _TITLE_HEIGHT / 2)]
    lines = room - _FACE - SPACE_3 - 8
    for number in range(_ROWS):
        top = _FIRST_ROW + number * _ROW_HEIGHT + (_ROW_HEIGHT - _FACE) / 2
        # The same lengths as in `widgets.skeleton`, so that nothing jumps where that one follows.
        first, second = (0.45, 0.8, 0.6)[number % 3], (0.85, 0.55, 0.7)[number % 3]
        shapes.append(_Shape(left, top, _FACE, _FACE, _FACE / 2))
        shapes.append(_Shape(left + _FACE + SPACE_3, top + 4, lines * first, _LINE_HEIGHT, _LINE_HEIGHT / 2))
        shapes.append(_Shape(left + _FACE + SPACE_3, top + 22, lines * second, _LINE_HEIGHT, _LINE_HEIGHT / 2))
    return shapes


def _colors(look: Look) -> Tokens:
    if look.setting == "system":
        # The desktop's own colours say it; to ask Qt for its colour scheme would cost the namespace `Qt`.
        return DARK if QGuiApplication.palette().window().color().lightness() < _MIDDLE_GREY else LIGHT
    return DARK if look.setting == "dark" else LIGHT
