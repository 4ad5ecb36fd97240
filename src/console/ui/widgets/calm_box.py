"""A choice that the mouse wheel scrolls past, instead of changing what it happens to stand on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from console.ui.overriding import override


class CalmBox(QComboBox):
    """A combo box for pages that scroll."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is what assistive technology says."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMaxVisibleItems(14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
