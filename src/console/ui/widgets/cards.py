"""Surfaces: cards, wells, tinted boxes and the hair line between things."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.ui.style import tokens

Surface = Literal["card", "well", "note", "green", "amber", "red", "blue", "panel", "sunken", "bg", "tint", "hover"]


class Card(QFrame):
    """A surface with a column for its contents: `card.column.addWidget(…)`."""

    def __init__(self, surface: Surface = "card", margin: int = tokens.SPACE_4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", surface)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(tokens.SPACE_2)


def divider(parent: QWidget | None = None, *, is_vertical: bool = False) -> QFrame:
    """A line of one pixel."""
    line = QFrame(parent)
    line.setProperty("surface", "divider")
    fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
    if is_vertical:
        line.setFixedWidth(1)
        line.setSizePolicy(fixed, wide)
    else:
        line.setFixedHeight(1)
        line.setSizePolicy(wide, fixed)
    return line


def row(*widgets: QWidget | None, gap: int = tokens.SPACE_2, margin: int = 0) -> QHBoxLayout:
    """Widgets side by side; None is the place that stretches."""
    made = QHBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(gap)
    for widget in widgets:
        if widget is None:
            made.addStretch(1)
        else:
            made.addWidget(widget)
    return made


def column(*widgets: QWidget | None, gap: int = tokens.SPACE_2, margin: int = 0) -> QVBoxLayout:
    """Widgets one above the other; None is the place that stretches."""
    made = QVBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(gap)
    for widget in widgets:
        if widget is None:
            made.addStretch(1)
        else:
            made.addWidget(widget)
    return made
