"""What Qt says of the row that is to be painted: PySide's stubs lack these fields, so they are read here alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

_FOCUS_BY_KEYBOARD = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange


def area_of(option: QStyleOptionViewItem) -> QRect:
    """Where the row or cell stands in the view."""
    return option.rect  # pyright: ignore[reportAttributeAccessIssue]  # the stubs lack the field


def state_of(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """Selected, hovered, focused."""
    return option.state  # pyright: ignore[reportAttributeAccessIssue]  # the stubs lack the field


def is_right_to_left(option: QStyleOptionViewItem) -> bool:
    """Whether text runs from right to left."""
    return option.direction == Qt.LayoutDirection.RightToLeft  # pyright: ignore[reportAttributeAccessIssue]  # the stubs lack the field


def is_selected(option: QStyleOptionViewItem) -> bool:
    """Whether it is what the teammate chose."""
    return bool(state_of(option) & QStyle.StateFlag.State_Selected)


def is_hovered(option: QStyleOptionViewItem) -> bool:
    """Whether the pointer is over it."""
    return bool(state_of(option) & QStyle.StateFlag.State_MouseOver)


def is_focused_by_keyboard(option: QStyleOptionViewItem) -> bool:
    """Whether the keyboard is on it and was used: who came by pointer needs no ring, tint and bar say enough."""
    return state_of(option) & _FOCUS_BY_KEYBOARD == _FOCUS_BY_KEYBOARD
