"""The order of Tab: as one reads, whatever was made first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def order_tabs(root: QWidget) -> None:
    """Has Tab go through everything inside of `root` in the order of its layouts; widgets made late are last otherwise."""
    for before, after in pairwise(tab_stops(root)):
        QWidget.setTabOrder(before, after)


def tab_stops(widget: QWidget) -> Iterator[QWidget]:
    """Every widget that Tab stops at, in reading order, those too that are hidden now."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    for child in _children(widget):
        yield from tab_stops(child)


def _children(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    match widget:
        case QSplitter() | QStackedWidget():
            yield from filter(None, map(widget.widget, range(widget.count())))
        case QScrollArea():
            content = widget.widget()
            if content is not None:
                yield content
        case _ if layout is not None:
            yield from _inside(layout)


def _inside(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _inside(inner)
