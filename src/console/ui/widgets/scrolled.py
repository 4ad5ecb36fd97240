"""A widget that scrolls up and down on the surface it lies on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(content: QWidget, name: str) -> QScrollArea:
    """A frameless scroll area around `content`; it paints no ground of its own, so the page's shows through."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    area.setWidget(content)
    for ground in (content, area.viewport()):
        ground.setAutoFillBackground(False)
    return area
