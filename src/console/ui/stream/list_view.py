"""The list of the stream: a table of one column that keeps its place while lines come and go."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from console.domain.activity import Line
from console.ui.overriding import override
from console.ui.stream import measures
from console.ui.stream.delegate import StreamDelegate
from console.ui.stream.model import Index, StreamModel
from console.ui.stream.rows import EntryRow, PartRow, WayRow
from console.ui.style import theme
from console.ui.widgets.row_list import shape_as_list

_NEAR = 600


class StreamList(QTableView):
    """Rows of a stream. Up and Down walk the entries, Right unfolds, Left folds, Enter opens.

    Signals:
        opened: (Line) Enter or a double click on it.
        asked: (Line, QPoint) the menu of a line, at a place on the screen.
        older_wanted, newer_wanted: the teammate came near the end that is in memory.
        left_upwards: Up was pressed on the first entry.
    """

    opened = Signal(object)
    asked = Signal(object, QPoint)
    older_wanted = Signal()
    newer_wanted = Signal()
    left_upwards = Signal()

    def __init__(self, rows: StreamModel, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._current: Hashable = None
        self._anchor: tuple[Hashable, int] | None = None
        self.setModel(rows)
        self.setItemDelegate(StreamDelegate(rows, now, self))
        self._shape()
        rows.about_to_settle.connect(self._note_place)
        rows.settled.connect(self._restore_place)
        self.verticalScrollBar().valueChanged.connect(self._look_further)
        theme.current().changed.connect(self._measure)

    def current_line(self) -> Line | None:
        """The line that the keyboard is on."""
        return self._rows.line_at(self.currentIndex().row())

    def top_line(self) -> Line | None:
        """The first line that is seen."""
        places = range(max(0, self.rowAt(0)), self._rows.rowCount())
        return next((line for place in places if (line := self._rows.line_at(place)) is not None), None)

    def fill(self) -> None:
        """Asks for more where what is in memory does not fill the view."""
        self.updateGeometries()  # Qt would learn the new heights later, and the view look empty until then
        if self.verticalScrollBar().value() > self.verticalScrollBar().maximum() - _NEAR:
            self.older_wanted.emit()

    def begin(self) -> None:
        """Another stream: nothing is chosen, and it is seen from its top."""
        self._current = self._anchor = None
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
        self.scrollToTop()

    def go_to_first(self) -> None:
        """Selects the first entry and shows it at the top."""
        self.scrollToTop()
        for place in range(self._rows.rowCount()):
            if isinstance(self._rows.row_at(place), EntryRow):
                self.setCurrentIndex(self._rows.index(place, 0))
                break
        self.scrollToTop()

    def unfold(self, *, is_open: bool) -> bool:
        """Unfolds or folds where the keyboard is; Left on a part goes to its entry."""
        position = self.currentIndex().row()
        if self._rows.toggle(position, is_open=is_open):
            return True
        if not is_open and isinstance(self._rows.row_at(position), PartRow):
            while position > 0 and not isinstance(self._rows.row_at(position), EntryRow):
                position -= 1
            self.setCurrentIndex(self._rows.index(position, 0))
            return True
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current_line()
        back, forth = Qt.Key.Key_Left, Qt.Key.Key_Right
        if self.isRightToLeft():
            back, forth = forth, back
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if line is not None:
                self.opened.emit(line)
            case key if key in (back, forth):
                self.unfold(is_open=key == forth)
            case Qt.Key.Key_Up if not self._has_entry_before(self.currentIndex().row()):
                self.scrollToTop()
                self.left_upwards.emit()
            case Qt.Key.Key_Home:
                self.go_to_first()
            case _ if event.text().isalnum():
                event.ignore()  # letters are shortcuts of those around, never a search of names
            case _:
                super().keyPressEvent(event)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = self._rows.row_at(current.row())
        if isinstance(row, EntryRow | PartRow):
            self._current = row.key

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self._rows.row_at(index.row())
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if isinstance(row, WayRow):
            (self.newer_wanted if row.is_up else self.older_wanted).emit()
        elif isinstance(row, EntryRow | PartRow) and self._is_on_time(event.position().toPoint()):
            self._rows.toggle(index.row(), is_open=not row.is_open)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        line = self._rows.line_at(self.indexAt(event.position().toPoint()).row())
        if line is not None:
            self.opened.emit(line)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        line = self._rows.line_at(index.row())
        if line is not None:
            self.setCurrentIndex(self._rows.index(index.row(), 0))
            at = self.visualRect(index).center() if by_key else event.pos()
            self.asked.emit(line, self.viewport().mapToGlobal(at))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def _shape(self) -> None:
        self.setAccessibleName(self.tr("Activity"))
        self.setFrameShape(QTableView.Shape.NoFrame)
        shape_as_list(self)
        self.verticalHeader().setMinimumSectionSize(1)

    def _measure(self) -> None:
        width, header = self.viewport().width(), self.verticalHeader()
        for place in range(self._rows.rowCount()):
            row = self._rows.row_at(place)
            if row is not None:
                height = measures.height_of(row, self._rows.words_at(place), width)
                if header.sectionSize(place) != height:
                    header.resizeSection(place, height)

    def _has_entry_before(self, position: int) -> bool:
        return any(isinstance(self._rows.row_at(place), EntryRow | PartRow) for place in range(position))

    def _is_on_time(self, at: QPoint) -> bool:
        """Whether a click meant the arrow beside the time, at the end of a row."""
        reach = measures.RIGHT + 40
        return at.x() < reach if self.isRightToLeft() else at.x() > self.viewport().width() - reach

    def _look_further(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if value > bar.maximum() - _NEAR:
            self.older_wanted.emit()
        if value < _NEAR // 4:
            self.newer_wanted.emit()

    def _note_place(self) -> None:
        # Headings and ways come and go; the first line that is seen stays what it is.
        top = self.rowAt(0)
        while (row := self._rows.row_at(top)) is not None and not isinstance(row, EntryRow | PartRow):
            top += 1
        is_at_top = self.verticalScrollBar().value() == 0 and not isinstance(self._rows.row_at(0), WayRow)
        self._anchor = None if row is None or is_at_top else (row.key, self.rowViewportPosition(top))

    def _restore_place(self) -> None:
        self._measure()
        if self._anchor is not None:
            position = self._rows.position_of(self._anchor[0])
            if position is not None:
                value = self.verticalHeader().sectionPosition(position) - self._anchor[1]
                self.verticalScrollBar().setValue(value)
        if self._current is not None:
            position = self._rows.position_of(self._current)
            if position is not None and position != self.currentIndex().row():
                self.setCurrentIndex(self._rows.index(position, 0))
