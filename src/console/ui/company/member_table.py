"""The table of members: rows of 36 pixels, moved in and selected by keyboard or mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from console.ui.company.member_delegate import ROW_HEIGHT, MemberDelegate
from console.ui.company.member_model import ORDER_BY_COLUMN, Column, MemberModel
from console.ui.overriding import override
from console.ui.style import theme

_WIDTHS = {Column.BOX: 44, Column.PLACE: 122, Column.SEEN: 106, Column.SESSIONS: 76, Column.WEEKS: 92}
_MEMBER_SHARE, _LEAST_MEMBER = 0.6, 170
_FIRST_TO_GO = (Column.WEEKS, Column.PLACE, Column.SESSIONS)


class MemberTable(QTableView):
    """Space selects, Shift with arrows extends, Ctrl+A selects all that match, Esc nobody, Enter opens.

    Signals:
        opened: (CustomerId) a member is to be shown.
        ordered: (Column, whether rising) a title was pressed.
        left_upwards: Up in the first row.
    """

    opened = Signal(object)
    ordered = Signal(object, bool)
    left_upwards = Signal()

    def __init__(self, rows: MemberModel, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._anchor = 0
        self._current: int | None = None
        self.setModel(rows)
        self._delegate = MemberDelegate(now, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Members"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles = self.horizontalHeader()
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles.setMinimumSectionSize(1)
        titles.setSectionsClickable(True)
        titles.setHighlightSections(False)
        titles.setSortIndicatorShown(True)
        titles.setSortIndicator(int(Column.SEEN), Qt.SortOrder.DescendingOrder)
        titles.sortIndicatorChanged.connect(self._order)
        rows.modelReset.connect(self._restore)
        theme.current().changed.connect(self._measure)
        self._measure()

    def current_id(self) -> int | None:
        """The member that has the keyboard."""
        place = self.currentIndex().row()
        return self._rows.ids()[place] if 0 <= place < len(self._rows.ids()) else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        place, modifiers = self.currentIndex().row(), event.modifiers()
        is_shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Space:
                self._rows.toggle(place)
                self._anchor = place
            case Qt.Key.Key_A if modifiers & Qt.KeyboardModifier.ControlModifier:
                self._rows.choose_all(is_wanted=True)
            case Qt.Key.Key_Escape if self._rows.chosen():
                self._rows.choose_all(is_wanted=False)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.current_id() is not None:
                self.opened.emit(self.current_id())
            case Qt.Key.Key_Up if place <= 0 and not is_shift:
                self.left_upwards.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down | Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self._walk(event, place, is_shift=is_shift)
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                last = len(self._rows.ids()) - 1
                self.setCurrentIndex(
                    self._rows.index(0 if event.key() == Qt.Key.Key_Home else last, int(Column.MEMBER))
                )
            case _ if event.text().isalnum() or event.key() == Qt.Key.Key_Escape:
                event.ignore()  # letters are shortcuts of the window, never a search of names
            case _:
                super().keyPressEvent(event)

    @override
    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # Qt gives no persistent one
        super().currentChanged(current, previous)
        if current.isValid():
            self._current = self.current_id()
        for one in (current, previous):
            if one.isValid():
                self._repaint_row(one.row())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        before = self.currentIndex().row()
        super().mousePressEvent(event)
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._rows.choose_range(self._anchor if self._rows.chosen() else max(before, 0), index.row())
        elif index.column() == Column.BOX or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._rows.toggle(index.row())
            self._anchor = index.row()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() != Column.BOX and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(self._rows.ids()[index.row()])

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    @override
    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.ids():
            self.setCurrentIndex(self._rows.index(0, int(Column.MEMBER)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _walk(self, event: QKeyEvent, place: int, *, is_shift: bool) -> None:
        if is_shift:
            start = self._anchor if self._rows.is_chosen(self._anchor) else max(place, 0)
            self._anchor = start
        plain = QKeyEvent(event.type(), event.key(), Qt.KeyboardModifier.NoModifier)
        super().keyPressEvent(plain)
        if is_shift:
            self._rows.choose_range(self._anchor, self.currentIndex().row())

    def _order(self, section: int, order: Qt.SortOrder) -> None:
        column = Column(section)
        if column in ORDER_BY_COLUMN:
            self.ordered.emit(column, order == Qt.SortOrder.AscendingOrder)

    def _restore(self) -> None:
        place = self._rows.place_of(self._current)
        if place is not None:
            self.setCurrentIndex(self._rows.index(place, int(Column.MEMBER)))

    def _hover(self, row: int) -> None:
        before, self._delegate.hovered = self._delegate.hovered, row
        for one in {before, row} - {-1}:
            self._repaint_row(one)

    def _repaint_row(self, row: int) -> None:
        area = self.visualRect(self._rows.index(row, 0))
        self.viewport().update(0, area.top(), self.viewport().width(), area.height())

    def _measure(self) -> None:
        pixels = theme.current().pixels
        self.verticalHeader().setDefaultSectionSize(pixels(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(pixels(32))
        self._share()

    def _share(self) -> None:
        """The fixed columns first, what is left to names and tags; where that is too little, bars, places and sessions go."""
        pixels, room = theme.current().pixels, self.viewport().width()
        least = pixels(_LEAST_MEMBER) * 1.4
        hidden: set[Column] = set()
        for column in _FIRST_TO_GO:
            if room - sum(pixels(wide) for one, wide in _WIDTHS.items() if one not in hidden) < least:
                hidden.add(column)
        for column, wide in _WIDTHS.items():
            self.setColumnHidden(int(column), column in hidden)
            self.setColumnWidth(int(column), pixels(wide))
        rest = max(0, room - sum(pixels(wide) for one, wide in _WIDTHS.items() if one not in hidden))
        member = max(min(rest, pixels(_LEAST_MEMBER)), round(rest * _MEMBER_SHARE))
        self.setColumnWidth(int(Column.MEMBER), member)
        self.setColumnWidth(int(Column.TAGS), rest - member)
