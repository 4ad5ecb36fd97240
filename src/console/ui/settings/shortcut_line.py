"""One line of the sheet of shortcuts: what is done, its keys, and the field in which others are pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui.settings.key_catcher import KeyCatcher
from console.ui.shortcuts import Refused
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.labels import KeyCaps, label


class ShortcutLine(QWidget):
    """An action and its keys.

    Signals:
        pressed: other keys are to be taken (`Ctrl+E`), none where empty.
        taken: the keys that were refused are to be taken from the action that has them.
        given_back: the keys that it came with are wanted again.
    """

    pressed = Signal(str)
    taken = Signal()
    given_back = Signal()

    def __init__(self, words: str, keys: tuple[str, ...], *, is_changed: bool, can_change: bool) -> None:
        super().__init__()
        self.words = words
        self._held = QHBoxLayout()
        self._held.setSpacing(tokens.SPACE_2)
        self.change = IconButton("pencil", self.tr("Change the keys of “{0}”").format(words), is_small=True)
        self.change.setVisible(can_change)
        self.change.clicked.connect(self.begin)
        self.back = IconButton("rotate-ccw", self.tr("Give “{0}” its own keys again").format(words), is_small=True)
        self.back.setVisible(can_change and is_changed)
        self.back.clicked.connect(self.given_back)
        self.catcher = KeyCatcher(self.tr("New keys of “{0}”").format(words))
        self.catcher.setMaximumWidth(theme.current().pixels(150))
        self.catcher.caught.connect(self.pressed)
        self.catcher.left.connect(self.end)
        self.take = Button(self.tr("Take it from there"), "link", is_small=True)
        self.take.clicked.connect(self.taken)
        self._told = label("", "red", is_wrapping=True)
        self._caps = QWidget()
        self._lay_out(keys)
        self.end()

    def begin(self) -> None:
        """Waits for keys."""
        self._caps.hide()
        self.catcher.clear()
        self.catcher.show()
        self.catcher.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Shows the keys again."""
        self.catcher.hide()
        self._caps.show()
        if not self.take.underMouse():
            self.take.hide()
            self._told.hide()

    def refuse(self, keys: str, refused: Refused) -> None:
        """Says why these keys cannot be had."""
        self.catcher.setText(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
        self._told.setText(refused.sentence)
        self._told.show()
        self.take.setVisible(bool(refused.taken_by))

    def told(self) -> str:
        """Why the last keys were refused; empty where they were not."""
        return "" if self._told.isHidden() else self._told.text()

    def _lay_out(self, keys: tuple[str, ...]) -> None:
        caps = QHBoxLayout(self._caps)
        caps.setContentsMargins(0, 0, 0, 0)
        caps.setSpacing(tokens.SPACE_2)
        for number, one in enumerate(keys):
            if number:
                caps.addWidget(label(self.tr("or"), "small"))
            shown = QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText)
            caps.addWidget(KeyCaps(shown), 0, Qt.AlignmentFlag.AlignRight)
        self._held.addWidget(label(self.words), 1)
        for widget in (self._caps, self.catcher, self.back, self.change):
            self._held.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(0)
        column.addLayout(self._held)
        under = QHBoxLayout()
        under.addWidget(self._told, 1)
        under.addWidget(self.take)
        column.addLayout(under)
