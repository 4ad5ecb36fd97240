"""Lucide icons, tinted with a token of the current theme."""

from __future__ import annotations

import os
from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from console.system.paths import resources
from console.ui.overriding import override
from console.ui.style import theme

_engines: list[QIconEngine] = []


@cache
def svg(name: str) -> str:
    """The drawing of the icon `name`, stroked with `currentColor`; LookupError where there is none."""
    _see_to(name)
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, color: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon `name` in `color` (a token or `#RRGGBB`), `size` points wide, for a screen of pixel ratio `ratio`.

    Cached per name, colour, size and ratio; a new theme is simply a new colour. Raises LookupError for an unknown name.
    """
    tint = color if color.startswith("#") else theme.current().tokens.color(color)
    key = f"lucide {name} {tint} {size} {ratio}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    drawn = _rendered(svg(name).replace("currentColor", tint).encode(), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


@cache
def icon(name: str, color: str = "text2") -> QIcon:
    """An icon for buttons, actions and menus. It is painted from the current theme, so it follows a switch by itself.

    Raises LookupError for an unknown name, KeyError for an unknown token.
    """
    _see_to(name)
    if not color.startswith("#"):
        theme.current().tokens.color(color)
    return QIcon(_engine(name, color))


def mark(size: int, ratio: float = 1.0) -> QPixmap:
    """The program's own mark, `size` points wide."""
    drawing = (resources() / "brand" / "support-console.svg").read_bytes()
    drawn = _rendered(drawing, round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    return drawn


def mark_icon() -> QIcon:
    """The mark as an icon for windows and the desktop."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(mark(size))
    return made


def pixel_ratio(painter: QPainter) -> float:
    """How many pixels of what it paints on make a point.

    Not asked of its device: to name that one's kind PySide makes the classes of every widget that Qt has, 15 ms of a start.
    """
    return painter.deviceTransform().m11() / painter.worldTransform().m11()


def paint(painter: QPainter, name: str, color: str, rect: QRect | QRectF) -> None:
    """Paints the icon `name` centred in `rect`, as large as its shorter side."""
    area = QRectF(rect)
    side = round(min(area.width(), area.height()))
    drawn = pixmap(name, color, side, pixel_ratio(painter))
    left = area.left() + (area.width() - side) / 2
    top = area.top() + (area.height() - side) / 2
    painter.drawPixmap(QRectF(left, top, side, side), drawn, QRectF(drawn.rect()))


def _see_to(name: str) -> None:
    if name not in _names():
        raise LookupError(f"There is no icon called {name!r}.")


@cache
def _names() -> frozenset[str]:
    """What icons there are; forty of their files are then opened when they are painted, not when they are named."""
    found = os.listdir(resources() / "icons")  # noqa: PTH208  two hundred paths would take a millisecond of the start
    return frozenset(file.removesuffix(".svg") for file in found)


class _LucideEngine(QIconEngine):
    """Asks for the colour when it paints, not when it is made."""

    def __init__(self, name: str, color: str) -> None:
        super().__init__()
        self._name = name
        self._color = color

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint(painter, self._name, self._color_in(mode), rect)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        side = min(size.width(), size.height())
        drawn = pixmap(self._name, self._color_in(mode), side, scale)
        return drawn if size.width() == side else _with_gap(drawn, size, scale)

    @override
    def clone(self) -> QIconEngine:
        return _engine(self._name, self._color)

    @override
    def isNull(self) -> bool:
        return False

    def _color_in(self, mode: QIcon.Mode) -> str:
        return "disabled" if mode == QIcon.Mode.Disabled else self._color


def _with_gap(drawn: QPixmap, size: QSize, scale: float) -> QPixmap:
    """The icon at the start of a wider pixmap: how a button gets more room between icon and words than Qt's 4 px."""
    wide = QPixmap(size * scale)
    wide.setDevicePixelRatio(scale)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    left = size.width() - size.height() if QGuiApplication.isRightToLeft() else 0
    painter.drawPixmap(left, 0, drawn)
    painter.end()
    return wide


def _engine(name: str, color: str) -> QIconEngine:
    made = _LucideEngine(name, color)
    # WORKAROUND(PySide6 6.11): QIcon takes the C++ half but holds no reference to the Python half; without this list
    # the next garbage collection frees the engine under a living icon.
    _engines.append(made)
    return made


def _rendered(drawing: bytes, pixels: int) -> QPixmap:
    drawn = QPixmap(QSize(pixels, pixels))
    drawn.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(drawing))
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(QPoint(0, 0), drawn.size()))
    painter.end()
    return drawn
