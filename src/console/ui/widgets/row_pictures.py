"""Rows that were painted once, as pictures that are only copied afterwards."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPixmap

from console.ui.style import theme

NEEDED = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
_MOST = 80


class RowPictures:
    """The 80 that were used last; each stands for one look, in one theme, at one size of text."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[tuple[Hashable, float, bool, float], QPixmap] = OrderedDict()

    def forget(self) -> None:
        """Has everything painted anew: call it when the theme changes, which a plain object cannot hear."""
        self._pictures.clear()

    def has(self, look: Hashable, ratio: float) -> bool:
        """Whether a look was painted already."""
        return _key(look, ratio) in self._pictures

    def picture(self, look: Hashable, size: QSize, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
        """The picture of a look, painted now if there is none; `size` in points, `ratio` pixels a point."""
        key = _key(look, ratio)
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
            return found
        drawn = QPixmap(size * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(theme.current().qcolor("bg"))
        painter = QPainter(drawn)
        painter.setRenderHints(NEEDED)
        paint(painter)
        painter.end()
        self._pictures[key] = drawn
        if len(self._pictures) > _MOST:
            self._pictures.popitem(last=False)
        return drawn


def _key(look: Hashable, ratio: float) -> tuple[Hashable, float, bool, float]:
    return look, ratio, theme.current().is_dark, theme.current().text_scale
