"""An icon that only shows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from console.ui.overriding import override
from console.ui.style import icons, theme
from console.ui.widgets import painting
from console.ui.widgets.painted import REMEASURED


class IconLabel(QLabel):
    """A Lucide icon in the colour of a token, as large as the text makes it; it has no meaning of its own, so assistive technology passes it over."""

    def __init__(self, icon: str, color: str = "text2", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._color, self._size = icon, color, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, color: str) -> None:
        """Shows another icon."""
        self._icon, self._color = icon, color
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = theme.current().pixels(self._size)
        return QSize(side, side)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in REMEASURED:
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        icons.paint(painter, self._icon, self._color, self.rect())
