"""A field that takes the next keys pressed as a shortcut, whatever they would do elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from console.ui.overriding import override

_HELD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_unknown)


class KeyCatcher(QLineEdit):
    """Shows what is pressed. Esc leaves, Backspace takes the shortcut away.

    Signals:
        caught: the keys, as `Ctrl+Shift+E`; empty where there is to be none.
        left: Esc, or the focus went elsewhere.
    """

    caught = Signal(str)
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is what assistive technology says."""
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setPlaceholderText(self.tr("Press the keys…"))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._catch(event)
            return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _catch(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        is_bare = held == Qt.KeyboardModifier.NoModifier
        if key in _HELD:
            return
        if key == Qt.Key.Key_Escape and is_bare:
            self.left.emit()
        elif key == Qt.Key.Key_Backspace and is_bare:
            self.caught.emit("")
        else:
            self.caught.emit(_written(event))


def _written(event: QKeyEvent) -> str:
    """The press as a shortcut is written. A sign that needs Shift (`?`) is written without it."""
    text, held = event.text(), event.modifiers()
    is_sign = len(text) == 1 and text.isprintable() and not text.isalnum() and not text.isspace()
    if is_sign and not held & ~Qt.KeyboardModifier.ShiftModifier:
        return text
    return QKeySequence(event.keyCombination()).toString()
