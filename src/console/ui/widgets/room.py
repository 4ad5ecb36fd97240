"""A room: one widget, as large as the place that was given to it, whatever happens inside."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.ui.overriding import override


class Room(QWidget):
    """Holds one widget. What grows or shrinks inside never has all that stands around it measured again.

    For what gets its size from a splitter, is filled often, and says its smallest width by itself.
    """

    def hold(self, inside: QWidget) -> None:
        """Shows this widget; call it once."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inside)
        # It only says what is inside (to Tab, and to who asks for a size): one at work would pass on every new height.
        column.setEnabled(False)
        self._inside = inside

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inside.setGeometry(self.rect())
