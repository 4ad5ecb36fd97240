"""Sections of a panel: they fold, count and offer one action."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.style import tokens
from console.ui.widgets.buttons import IconButton
from console.ui.widgets.section_header import SectionHeader

MIME = "application/x-support-console-section"


class Section(QFrame):
    """A foldable part of a panel: a header, at most one action, and a body: `section.body.addWidget(…)`.

    What stands in the body is best made with `content` as its parent: Qt tells everything in a filled widget of another one.

    Signals:
        folded: the teammate folded it (True) or unfolded it (False); `fold` does not emit it.
        acted: its action button was pressed.
        moved: it is to go so many places down (negative: up).
    """

    folded = Signal(bool)
    acted = Signal()
    moved = Signal(int)

    def __init__(
        self, key: str, title: str, *, act: str = "", act_icon: str = "plus", parent: QWidget | None = None
    ) -> None:
        """`key` is remembered, `title` is shown; `act` names the action button, none where it is empty."""
        super().__init__(parent)
        self.key = key
        self.title = title
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_1)
        self.header = SectionHeader(title, self)
        self.header.clicked.connect(self._fold_by_hand)
        self.header.moved.connect(self.moved)
        self.header.dragged.connect(self._drag)
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_1)
        top.addWidget(self.header, 1)
        self.button: IconButton | None = None
        if act:
            self.button = IconButton(act_icon, act, is_small=True, parent=self)
            self.button.clicked.connect(self.acted)
            top.addWidget(self.button)
        column.addLayout(top)
        self.content = QWidget(self)
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(tokens.SPACE_1)
        column.addWidget(self.content)

    def set_count(self, count: int | None) -> None:
        """Shows a number behind the title, none for None."""
        self.header.set_count(count)

    def fold(self, *, is_folded: bool) -> None:
        """Folds or unfolds it, silently."""
        self.header.setChecked(not is_folded)
        self.content.setVisible(not is_folded)

    def is_folded(self) -> bool:
        """Whether only its header shows."""
        return not self.header.isChecked()

    def _fold_by_hand(self) -> None:
        self.content.setVisible(self.header.isChecked())
        self.folded.emit(self.is_folded())

    def _drag(self) -> None:
        carried = QMimeData()
        carried.setData(MIME, self.key.encode())
        drag = QDrag(self)
        drag.setMimeData(carried)
        drag.setPixmap(self.header.grab())
        drag.exec(Qt.DropAction.MoveAction)
