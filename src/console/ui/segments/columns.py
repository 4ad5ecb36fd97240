"""The three columns of the page; where there is no room for them, who fits stands among the rules instead of beside them."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.segments import beside as right
from console.ui.segments import side as left
from console.ui.segments.beside import Beside
from console.ui.segments.middle import Middle
from console.ui.segments.side import Side
from console.ui.style import theme
from console.ui.widgets.tab_order import order_tabs

_RULES = 600


class Columns(QWidget):
    """The list, the rules, and who fits. Tab goes through all of it as one reads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side, self.middle, self.beside = Side(), Middle(), Beside()
        self._is_narrow = False
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.side)
        columns.addWidget(self.middle, 1)
        columns.addWidget(self.beside)

    def _arrange(self) -> None:
        room = theme.current().pixels(left.WIDTH + _RULES + right.WIDTH)
        is_narrow = self.width() < room
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self.beside.setVisible(not is_narrow)
        if is_narrow:
            self.middle.take_among(self.beside.lend())
        else:
            self.beside.take_back()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        # Rules, values and cards come and go; the order is asked for only here.
        order_tabs(self)
        return super().focusNextPrevChild(next)
