"""The list of conversations: a table of one column that keeps its place while rows come and go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QTableView, QWidget

from console.ui.inbox.delegate import InboxDelegate
from console.ui.inbox.row_painter import ROW_HEIGHT
from console.ui.overriding import override
from console.ui.row_model import Index, RowModel
from console.ui.style import theme
from console.ui.widgets.row_list import shape_as_list

# So many rows above and below what is seen are painted before they come into view, so many of them at a time.
_BEYOND, _AT_A_TIME = 5, 3


class InboxList(QTableView):
    """Rows of the inbox; the selected one is remembered by its key, not by its place.

    Signals:
        chosen: the teammate went to the conversation with this key.
        opened: Enter or a double click asked for its conversation to take the keyboard.
    """

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, rows: RowModel, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._current: int | None = None
        self._is_advancing = False
        self._is_settling = False
        self._position, self._top_key, self._top_offset = 0, None, 0
        self.setModel(rows)
        self.setItemDelegate(InboxDelegate(now, self))
        self._shape()
        rows.about_to_settle.connect(self._note_place)
        rows.settled.connect(self._restore_place)
        rows.modelReset.connect(self._restore_place)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        theme.current().changed.connect(self._measure)

    def current_key(self) -> int | None:
        """The conversation that is selected, also while it is out of the list."""
        return self._current

    def top_key(self) -> int | None:
        """The conversation at the upper edge, None where there is none."""
        return self._rows.id_at(self.rowAt(0))

    def choose(self, key: int | None) -> None:
        """Goes to a conversation (None: to none), and says so."""
        position = self._rows.position_of(key)
        if position is None:
            self._current = key
            self._select(None)
            self.chosen.emit(key)
        else:
            self.setCurrentIndex(self._rows.index(position, 0))

    def step(self, by: int) -> None:
        """Goes so many rows down (negative: up); from nowhere to the first one."""
        position = self._rows.position_of(self._current)
        wanted = 0 if position is None else position + by
        if 0 <= wanted < self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(wanted, 0))

    def neighbours(self) -> tuple[int, ...]:
        """The conversations that are likely chosen next, the likeliest first; none where none is chosen."""
        position = self._rows.position_of(self._current)
        near = () if position is None else (position + 1, position - 1, position + 2)
        return tuple(key for place in near if (key := self._rows.id_at(place)) is not None)

    def foresee(self) -> None:
        """Paints the pictures that the next step needs: its rows as they will look, and a few from beyond the edges."""
        chosen = self._rows.position_of(self._current)
        if chosen is None:
            return
        for place in (chosen, chosen + 1, chosen - 1):
            self._foresee_row(place, is_selected=place != chosen)
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        beyond = (*range(last + 1, last + 1 + _BEYOND), *range(first - 1, first - 1 - _BEYOND, -1)) if last >= 0 else ()
        # A few at a time, so that nobody feels it; one is told to foresee several times after each choice.
        left = _AT_A_TIME
        for place in beyond:
            left -= self._foresee_row(place, is_selected=False)
            if not left:
                break

    def advance_when_gone(self) -> None:
        """The selected conversation is about to leave the list by the teammate's own doing: the next one follows."""
        self._is_advancing = True

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._is_settling or not current.isValid():
            return
        key = self._rows.id_at(current.row())
        if key != self._current:
            self._current = key
            self._is_advancing = False
            self.chosen.emit(key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.opened.emit()
            case Qt.Key.Key_Home if self._rows.rowCount():
                self.setCurrentIndex(self._rows.index(0, 0))
            case Qt.Key.Key_End if self._rows.rowCount():
                self.setCurrentIndex(self._rows.index(self._rows.rowCount() - 1, 0))
            case _:
                super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here, never a search of names."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        was, self._is_settling = self._is_settling, True
        super().focusInEvent(event)
        if self._current is None:
            self.selectionModel().clearCurrentIndex()  # Qt goes to the first row by itself
        self._is_settling = was
        # Only who comes by Tab means a row; a window that merely opens must not mark its first mail as read.
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_tab and not self.currentIndex().isValid() and self._current is None:
            self.step(0)

    def _foresee_row(self, place: int, *, is_selected: bool) -> bool:
        delegate = self.itemDelegate()
        row = None if self._rows.id_at(place) is None else self._rows.row_of(place)
        return (
            row is not None and isinstance(delegate, InboxDelegate) and delegate.foresee(row, is_selected=is_selected)
        )

    def _shape(self) -> None:
        self.setAccessibleName(self.tr("Conversations"))
        shape_as_list(self)
        self._measure()

    def _measure(self) -> None:
        # The default alone: a smallest size is compared with every section and moves each of them, minutes for a million.
        self.verticalHeader().setDefaultSectionSize(theme.current().pixels(ROW_HEIGHT))

    def _note_place(self) -> None:
        self._is_settling = True
        self._position = self._rows.position_of(self._current) or 0
        top = self.rowAt(0) if self.verticalScrollBar().value() else -1
        self._top_key = self._rows.id_at(top)
        self._top_offset = -self.rowViewportPosition(top) if top >= 0 else 0

    def _restore_place(self) -> None:
        self._is_settling = True
        position = self._rows.position_of(self._current)
        gone = position is None
        if gone and self._is_advancing and self._rows.rowCount():
            position = min(self._position, self._rows.rowCount() - 1)
        self._select(position)
        top = self._rows.position_of(self._top_key)
        if top is not None:
            self.verticalScrollBar().setValue(top * self.verticalHeader().defaultSectionSize() + self._top_offset)
        self._is_settling = False
        if gone and self._is_advancing:
            self._is_advancing = False
            self._current = self._rows.id_at(position) if position is not None else None
            self.chosen.emit(self._current)

    def _select(self, position: int | None) -> None:
        was, self._is_settling = self._is_settling, True
        flags = QItemSelectionModel.SelectionFlag
        chosen = self.selectionModel()
        if position is None:
            chosen.clear()
        elif chosen.currentIndex().row() != position or not chosen.isSelected(self._rows.index(position, 0)):
            chosen.setCurrentIndex(self._rows.index(position, 0), flags.ClearAndSelect | flags.Rows)
        self._is_settling = was
