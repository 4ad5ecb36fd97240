"""A frame with things in it, one of several of which one is looked at: chosen by mouse, moved by arrows."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import tokens
from console.ui.widgets import painting

_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Choosable(QFrame):
    """Fill `column`. Only the chosen one is a stop of Tab; its buttons follow it.

    Signals:
        chosen: it was pressed, or the keyboard came to it.
        opened: Enter was pressed on it.
        stepped: an arrow was pressed on it, so many places down (negative: up).
        spaced: Space was pressed on it.
    """

    chosen = Signal()
    opened = Signal()
    stepped = Signal(int)
    spaced = Signal()

    def __init__(
        self, *, is_card: bool = False, margin: int = tokens.SPACE_3, gap: int = 6, parent: QWidget | None = None
    ) -> None:
        """`is_card` paints a ground and an edge of its own also where it is not chosen."""
        super().__init__(parent)
        self._is_card, self._is_chosen = is_card, False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(gap)

    def is_chosen(self) -> bool:
        """Whether it is the one that is looked at."""
        return self._is_chosen

    def set_chosen(self, *, is_chosen: bool) -> None:
        """Makes it the one that is looked at, or no longer; silently."""
        if is_chosen != self._is_chosen:
            self._is_chosen = is_chosen
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus)
            self.setAccessibleDescription(self.tr("Chosen") if is_chosen else "")
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self.stepped.emit(_ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        elif key is Qt.Key.Key_Space:
            self.spaced.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area, radius = QRectF(self.rect()), tokens.RADIUS_CARD if self._is_card else tokens.RADIUS_CONTROL
        if self._is_card:
            painting.fill(painter, area, "card", radius)
        if self._is_chosen and not self._is_card:
            painting.fill(painter, area, "sel", radius)
        elif self.underMouse() and not self._is_card:
            painting.fill(painter, area, "hover", radius)
        if self.hasFocus():
            painting.focus_ring(painter, area, radius)
        elif self._is_chosen:
            painting.outline(painter, area, "accent", radius, width=2 if self._is_card else 1)
        elif self._is_card:
            painting.outline(painter, area, "border", radius)
