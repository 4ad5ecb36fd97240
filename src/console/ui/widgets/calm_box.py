"""A choice that the mouse wheel scrolls past, instead of changing what it happens to stand on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from console.ui.overriding import override

_ICON_GAP = 4


class CalmBox(QComboBox):
    """A combo box for pages that scroll."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is what assistive technology says."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMaxVisibleItems(14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt cuts words that are too long through the middle of a letter."""
        if self.isEditable():
            super().paintEvent(event)
            return
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        if not option.currentIcon.isNull():  # pyright: ignore[reportAttributeAccessIssue]  # missing in PySide's stubs
            room -= self.iconSize().width() + 2 * _ICON_GAP
        whole = self.currentText()
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room)
        option.currentText = shown  # pyright: ignore[reportAttributeAccessIssue]  # missing in PySide's stubs
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
