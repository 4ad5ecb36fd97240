"""The sheet of all shortcuts, made from the actions themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.actions import Act, Actions, groups
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.fitting import fitting
from console.ui.widgets.labels import KeyCaps, label
from console.ui.widgets.scrolled import scrolled

_ONE_COLUMN_FROM = 1.3


class ShortcutSheet(QDialog):
    """Every action with its keys, in the order of the groups."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(fitting(self, 720, 560))
        body = QWidget()
        columns = QHBoxLayout(body)
        columns.setContentsMargins(tokens.SPACE_6, tokens.SPACE_4, tokens.SPACE_6, tokens.SPACE_4)
        columns.setSpacing(tokens.SPACE_8)
        shown = groups()
        # Large text: one column to scroll through rather than two that are cut off.
        parts = (shown,) if theme.current().text_scale > _ONE_COLUMN_FROM else (shown[:2], shown[2:])
        for part in parts:
            column = QVBoxLayout()
            column.setSpacing(tokens.SPACE_1)
            for name, acts in part:
                column.addWidget(label(name, "section"))
                for act in acts:
                    column.addWidget(self._line(act))
                column.addSpacing(tokens.SPACE_4)
            column.addStretch(1)
            columns.addLayout(column, 1)
        area = scrolled(body, self.tr("All shortcuts"))
        hint = label(self.tr("Single letters work while you are not typing."), "small")
        close = Button(self.tr("Close"), "primary")
        close.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, tokens.SPACE_4, 0, 0)
        outer.setSpacing(0)
        title = label(self.tr("Keyboard shortcuts"), "title")
        title.setContentsMargins(tokens.SPACE_6, 0, tokens.SPACE_6, 0)
        outer.addWidget(title)
        outer.addWidget(area, 1)
        foot = row(hint, None, close)
        foot.setContentsMargins(tokens.SPACE_6, tokens.SPACE_3, tokens.SPACE_6, tokens.SPACE_4)
        outer.addLayout(foot)

    def _line(self, act: Act) -> QWidget:
        line = QWidget()
        held = QHBoxLayout(line)
        held.setContentsMargins(0, 2, 0, 2)
        held.setSpacing(tokens.SPACE_2)
        # The fixed words: an action's own say what it would do at this moment.
        held.addWidget(label(act.words), 1)
        for number, keys in enumerate(act.keys):
            if number:
                held.addWidget(label(self.tr("or"), "small"))
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            held.addWidget(KeyCaps(shown), 0, Qt.AlignmentFlag.AlignRight)
        return line
