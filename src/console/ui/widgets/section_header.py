"""The line that folds a section and by which it is moved."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from console.ui.overriding import override
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.painted import PaintedButton


class SectionHeader(PaintedButton):
    """The line that folds a section; Alt+Up and Alt+Down move it, and so does dragging.

    Signals:
        moved: the section is to go so many places down (negative: up).
        dragged: the mouse began to drag it.
    """

    moved = Signal(int)
    dragged = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._title = title
        self._count = ""
        self._pressed_at: QPoint | None = None
        self.setCheckable(True)
        self.setChecked(True)
        self.setAccessibleDescription(self.tr("Alt+Up and Alt+Down move the section"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int | None) -> None:
        """Shows a number behind the title, none for None."""
        self._count = "" if count is None else QLocale().toString(count)
        self.setAccessibleName(f"{self._title} {self._count}".strip())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height() + 2 * tokens.SPACE_1
        width = self.fontMetrics().horizontalAdvance(self._title + self._count) + 48
        return QSize(width, max(24, height))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
            return
        folded, unfolded = Qt.Key.Key_Left, Qt.Key.Key_Right
        if self.isRightToLeft():
            folded, unfolded = unfolded, folded
        if event.key() == (folded if self.isChecked() else unfolded):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = QApplication.startDragDistance()
        if self._pressed_at and (event.position().toPoint() - self._pressed_at).manhattanLength() >= far:
            self._pressed_at = None
            self.setDown(False)
            self.dragged.emit()
            return
        super().mouseMoveEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = self.rect().toRectF()
        rtl = self.isRightToLeft()
        look = theme.current()
        if self.isDown() or self.underMouse():
            painting.fill(painter, area, "press" if self.isDown() else "hover", tokens.RADIUS_CHIP)
        arrow = "chevron-down" if self.isChecked() else "chevron-left" if rtl else "chevron-right"
        side = look.pixels(tokens.ICON_SMALL)
        spot = QRectF(2, (self.height() - side) // 2, side, side)
        icons.paint(painter, arrow, "text3", painting.mirrored(spot, area, is_right_to_left=rtl))
        bold = look.font(tokens.TEXT_BODY, QFont.Weight.DemiBold)
        wide = QFontMetricsF(bold).horizontalAdvance(self._title) + 1
        line = area.adjusted(side + 6, 0, -4, 0)
        words = line.adjusted(0, 0, min(0.0, wide - line.width()), 0)
        painting.text(painter, painting.mirrored(words, area, is_right_to_left=rtl), self._title, "text", bold)
        rest = line.adjusted(words.width() + 6, 0, 0, 0)
        rest = painting.mirrored(rest, area, is_right_to_left=rtl)
        painting.text(painter, rest, self._count, "text3", look.font(tokens.TEXT_SMALL))
        if self.hasFocus():
            painting.focus_ring(painter, area, tokens.RADIUS_CHIP)
