"""What the window shows before anything is open: its frame, with grey shapes where rows will be."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.rail import Logo
from console.ui.style import tokens
from console.ui.widgets.cards import divider
from console.ui.widgets.labels import label
from console.ui.widgets.skeleton import Skeleton


class LoadingFrame(QWidget):
    """The rail, the inbox's heading and rows that are still to come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Opening the workspace"))
        rows = QVBoxLayout()
        rows.setContentsMargins(tokens.SPACE_4, tokens.SPACE_3, tokens.SPACE_4, 0)
        rows.setSpacing(tokens.SPACE_4)
        rows.addWidget(label(self.tr("Inbox"), "title"))
        rows.addWidget(Skeleton(9, 84))
        rows.addStretch(1)
        column = QWidget()
        column.setFixedWidth(tokens.LIST_WIDTH)
        column.setLayout(rows)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(bare_rail())
        line.addWidget(column)
        line.addWidget(divider(is_vertical=True))
        line.addStretch(1)


def bare_rail() -> QFrame:
    """The rail without places: there is nowhere to go yet."""
    rail = QFrame()
    rail.setProperty("surface", "rail")
    rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    rail.setFixedWidth(tokens.RAIL_WIDTH)
    column = QVBoxLayout(rail)
    column.setContentsMargins(0, tokens.SPACE_3 + 2, 0, tokens.SPACE_3)
    column.addWidget(Logo(), 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(1)
    return rail
