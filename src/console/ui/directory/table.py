"""The table of the directory: several columns, rows of one height, as many as there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from console.domain.records import OwnerKind
from console.ui.directory.delegate import ROW_HEIGHT, DirectoryDelegate
from console.ui.directory.model import DirectoryModel, Index
from console.ui.directory.widths import Widths
from console.ui.overriding import override
from console.ui.style import theme

_NARROWEST, _NEAR = 60, 40
_LETTERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class DirectoryTable(QTableView):
    """Rows are fixed sections, so that a hundred thousand of them show at once. Space chooses, Enter opens.

    Signals:
        opened: (int) Enter or a double click on a row.
        chosen: which rows are chosen is another.
        sorted_by: (int) the title of this column was pressed.
        columns_wanted: the columns are to be chosen.
        arranged: columns were moved or made wider.
        more_wanted: the teammate came near the last row that was read.
    """

    opened = Signal(object)
    chosen = Signal()
    sorted_by = Signal(int)
    columns_wanted = Signal()
    arranged = Signal()
    more_wanted = Signal()

    def __init__(
        self, rows: DirectoryModel, owner_kind: OwnerKind, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._painter = DirectoryDelegate(rows, owner_kind, now, self)
        self._current: int | None = None
        self._top: tuple[int | None, int] = (None, 0)
        self._anchor: int | None = None
        self._is_arranging = False
        self.widths = Widths(self)
        self.setModel(rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(self.tr("Customers") if owner_kind is OwnerKind.CUSTOMER else self.tr("Companies"))
        self._shape()
        rows.about_to_settle.connect(self._note_place)
        rows.settled.connect(self._restore_place)
        self.verticalScrollBar().valueChanged.connect(self._look_further)
        self.doubleClicked.connect(self._open)
        theme.current().changed.connect(self._measure)

    def current_key(self) -> int | None:
        """Whom the keyboard is on."""
        return self._rows.id_at(self.currentIndex().row())

    def go_to(self, row: int) -> None:
        """Puts the keyboard on a row."""
        if 0 <= row < self._rows.rowCount():
            first = self.horizontalHeader().logicalIndex(0)
            self.setCurrentIndex(self._rows.index(row, max(first, 0)))

    def set_widths(self, widths: list[int]) -> None:
        """Puts the columns into their logical order with these widths, without telling."""
        self._is_arranging = True
        titles = self.horizontalHeader()
        for section in range(len(widths)):
            titles.moveSection(titles.visualIndex(section), section)
        self.widths.put(widths)
        self._is_arranging = False

    def show_sort(self, section: int | None, *, is_descending: bool) -> None:
        """The arrow over the column by which is sorted."""
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(-1 if section is None else section, order)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._current = self._rows.id_at(current.row())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, shift = self.currentIndex().row(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open(self.currentIndex())
            case Qt.Key.Key_Space:
                self._toggle(row)
            case Qt.Key.Key_A if control:
                self._rows.chosen.all_that_match()
                self._tell_chosen()
            case Qt.Key.Key_Up | Qt.Key.Key_Down if shift:
                self._extend(row, row + (1 if event.key() == Qt.Key.Key_Down else -1))
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                self.go_to(0 if event.key() == Qt.Key.Key_Home else self._rows.rowCount() - 1)
            case Qt.Key.Key_Escape if self._rows.chosen.is_all or self._rows.chosen.some():
                self._rows.chosen.clear()
                self._tell_chosen()
            case _ if _is_letter(event):
                event.ignore()  # never a search of names
            case _:
                super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        # Letters are shortcuts of the inbox, which is not what is looked at here.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_letter(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor is not None:
            begin = self._rows.position_of(self._anchor)
            self._rows.chosen.put(
                self._rows.ids_between(index.row() if begin is None else begin, index.row()), is_chosen=True
            )
            self._tell_chosen()
        elif control or self._is_on_box(index, event.position().toPoint()):
            self._toggle(index.row())
        else:
            self._anchor = self._rows.id_at(index.row())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(round(event.position().y())))
        if not event.buttons():
            super().mouseMoveEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widths.fit()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.columns_wanted.emit()

    def _shape(self) -> None:
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles = self.horizontalHeader()
        titles.setSectionsClickable(True)
        titles.setSectionsMovable(True)
        titles.setFirstSectionMovable(False)
        titles.setHighlightSections(False)
        titles.setSortIndicatorShown(True)
        titles.setMinimumSectionSize(_NARROWEST)
        titles.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        titles.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        titles.customContextMenuRequested.connect(lambda _: self.columns_wanted.emit())
        titles.sectionClicked.connect(self.sorted_by)
        titles.sectionMoved.connect(self._tell_arranged)
        titles.sectionResized.connect(self._take_width)
        self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.current().pixels(ROW_HEIGHT))
        self.verticalScrollBar().setSingleStep(theme.current().pixels(ROW_HEIGHT))

    def _is_on_box(self, index: QModelIndex, at: QPoint) -> bool:
        if self._rows.columns()[index.column()].key != "name":
            return False
        area = self._painter.box(QRectF(self.visualRect(index)), is_right_to_left=self.isRightToLeft())
        return area.adjusted(-10, -12, 8, 12).contains(at)

    def _toggle(self, row: int) -> None:
        key = self._rows.id_at(row)
        if key is not None:
            self._rows.chosen.toggle(key)
            self._anchor = key
            self._tell_chosen()

    def _extend(self, row: int, to: int) -> None:
        if 0 <= to < self._rows.rowCount():
            self._rows.chosen.put(self._rows.ids_between(row, to), is_chosen=True)
            self.go_to(to)
            self._tell_chosen()

    def _tell_chosen(self) -> None:
        self.viewport().update()
        self.chosen.emit()

    def _open(self, index: Index) -> None:
        key = self._rows.id_at(index.row())
        if key is not None:
            self.opened.emit(key)

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered:
            self._painter.hovered = row
            self.viewport().update()

    def _look_further(self, value: int) -> None:
        if value > self.verticalScrollBar().maximum() - _NEAR * self.verticalHeader().defaultSectionSize():
            self.more_wanted.emit()

    def _tell_arranged(self, *_: int) -> None:
        if not self._is_arranging:
            self.arranged.emit()

    def _take_width(self, section: int, _before: int, now: int) -> None:
        if self.widths.take(section, now):
            self._tell_arranged()

    def _note_place(self) -> None:
        top = self.rowAt(0)
        is_scrolled = self.verticalScrollBar().value() > 0
        self._top = (self._rows.id_at(top) if is_scrolled else None, -self.rowViewportPosition(top))

    def _restore_place(self) -> None:
        position = self._rows.position_of(self._top[0])
        if position is not None:
            height = self.verticalHeader().defaultSectionSize()
            self.verticalScrollBar().setValue(position * height + self._top[1])


def _is_letter(event: QKeyEvent) -> bool:
    return event.text().isalnum() and not event.modifiers() & _LETTERS
