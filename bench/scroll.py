"""Scrolling the inbox: a frame of ours beside the same rows painted without pictures kept, and beside Qt's own delegate."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.generate import NOW
from bench.measuring import Figure, Goal, Spent, in_turn, percentile, timed, undisturbed
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from bench import windows
from console.ui.inbox.row_painter import ROW_HEIGHT, RowLook, RowPainter
from console.ui.row_model import ROW_ROLE, Index
from console.ui.style import icons

_FRAMES, _ROUNDS, _STEP = 120, 4, 36
_FEW, _MANY, _ITEMS = 1_000, 1_000_000, 4_000
_REPETITIONS = 5
_FROM_WHERE_ALL_ARE_SHOWN = 0.02


class _Uncached(QStyledItemDelegate):
    """Our rows, painted anew for every frame."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(option.rect.topLeft())  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss it
        look = RowLook(index.data(ROW_ROLE), NOW, option.rect.width())  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss it
        RowPainter(painter, look).paint()
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, ROW_HEIGHT)


@dataclass(slots=True)
class _List:
    """A list on its way down and up, and how long each of its frames took, in milliseconds."""

    view: QTableView
    frames: list[float]
    at: int = 0
    step: int = _STEP

    def scroll(self) -> None:
        bar, viewport = self.view.verticalScrollBar(), self.view.viewport()
        for _ in range(_FRAMES):
            self.at += self.step
            if not 0 < self.at < min(bar.maximum(), 200_000):
                self.step = -self.step
            began = time.perf_counter()
            bar.setValue(self.at)
            viewport.repaint()
            self.frames.append((time.perf_counter() - began) * 1000)


def run(scale: float) -> Iterator[Figure]:
    """Frames of 20,000 rows and more, and showing many rows beside showing few."""
    windows.application()
    count = max(2_000, round(_MANY * scale))
    ours, uncached, plain = (_List(view, []) for view in (windows.inbox_of(count)[0], _uncached(count), _plain()))
    lists = (ours, uncached, plain)
    for one in lists:
        windows.shown(one.view)
    with undisturbed():
        for _ in range(_ROUNDS):
            for one in lists:
                one.scroll()
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        mine = percentile(ours.frames, share)
        for limit, limit_is, goal in (
            (uncached, "the same rows, painted anew", Goal(1.0)),
            (plain, "Qt's own delegate (C++): icon, three lines", Goal(1.0 if share == 0.5 else 2.0)),
        ):
            other = percentile(limit.frames, share)
            yield Figure(
                "scroll", f"{name} of a frame, {count:,} rows", limit_is, mine, other, "ms", mine / other, goal
            )
    yield _shown(_MANY if scale >= _FROM_WHERE_ALL_ARE_SHOWN else count)
    windows.end(*(one.view for one in lists))


def _shown(count: int) -> Figure:
    """Showing a list: made, filled as far as it is seen, painted."""

    views = [windows.inbox_of(rows)[0] for rows in (count, _FEW)]

    def show(view: QTableView) -> Callable[[], Spent]:
        def once() -> Spent:
            view.hide()
            windows.settle()
            return timed(lambda: (view.model().beginResetModel(), view.model().endResetModel(), windows.shown(view)))

        once()
        return once

    pairs = in_turn(show(views[0]), show(views[1]), _REPETITIONS)
    windows.end(*views)
    return pairs.as_times("scroll", f"showing {count:,} rows", f"showing {_FEW:,}", Goal(1.5))


def _uncached(count: int) -> QTableView:
    view = windows.inbox_of(count)[0]
    view.setItemDelegate(_Uncached(view))
    return view


def _plain() -> QTableView:
    """A table of Qt's own with a model of Qt's own: nothing of Python while it paints."""
    model = QStandardItemModel()
    # A picture, not our own engine: that one is Python.
    icon = QIcon(icons.icon("mail").pixmap(34, 34))
    for key in range(1, _ITEMS + 1):
        row = windows.row(key)
        model.appendRow(QStandardItem(icon, f"{row.customer_name}\n{row.subject}\n{row.preview}"))
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    view.setIconSize(QSize(34, 34))
    view.setShowGrid(False)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    view.horizontalHeader().hide()
    view.horizontalHeader().setStretchLastSection(True)
    return view
