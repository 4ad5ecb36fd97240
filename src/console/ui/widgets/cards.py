"""Surfaces: cards, wells, tinted boxes and the hair line between things; rows and columns of things, and empty ones."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

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


def row(*parts: QWidget | QLayout | None, gap: int = tokens.SPACE_2, margin: int = 0) -> QHBoxLayout:
    """Widgets and layouts side by side; None is the place that stretches."""
    made = QHBoxLayout()
    _fill(made, parts, gap, margin)
    return made


def column(*parts: QWidget | QLayout | None, gap: int = tokens.SPACE_2, margin: int = 0) -> QVBoxLayout:
    """Widgets and layouts one above the other; None is the place that stretches."""
    made = QVBoxLayout()
    _fill(made, parts, gap, margin)
    return made


def _fill(box: QBoxLayout, parts: tuple[QWidget | QLayout | None, ...], gap: int, margin: int) -> None:
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(gap)
    for part in parts:
        match part:
            case None:
                box.addStretch(1)
            case QWidget():
                box.addWidget(part)
            case QLayout():
                box.addLayout(part)


def empty(layout: QLayout) -> None:
    """Takes everything out and deletes it: widgets, spaces, layouts and what stands in those."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()  # it lives until the event loop runs, and would be seen above what comes in its place
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
            inner.deleteLater()
