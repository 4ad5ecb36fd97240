"""The order of Tab in the inbox, kept while rows, tags and messages come and go."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from console.ui.widgets.tab_order import order_tabs

_AFTER_MS = 150


class TabsInOrder(QTimer):
    """Orders the tabs of a place after a pause, once for all that came: much of it is made as it is needed."""

    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        self._place = place
        self.setSingleShot(True)
        self.setInterval(_AFTER_MS)
        self.timeout.connect(self._order)

    def _order(self) -> None:
        order_tabs(self._place)
