"""How large a window opens: as its text needs it, and never larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from console.ui.style import theme

_EDGE = 48


def fitting(window: QWidget, width: int, height: int) -> QSize:
    """The size of a window that is `width` × `height` points at the usual text size."""
    pixels, room = theme.current().pixels, window.screen().availableSize()
    parent = window.parentWidget()
    if parent is not None:
        room = room.boundedTo(parent.window().size().expandedTo(QSize(width, height)))
    return QSize(pixels(width), pixels(height)).boundedTo(room - QSize(_EDGE, _EDGE)).expandedTo(QSize(480, 320))
