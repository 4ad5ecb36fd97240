"""The model of the stream's list: its rows, and what each of them says, worked out when it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from console.domain.activity import Line
from console.domain.activity_folding import Entry
from console.domain.search_query import Term
from console.ui.overriding import override
from console.ui.profile.wording import day_heading
from console.ui.row_model import ROW_ROLE
from console.ui.row_runs import runs_between
from console.ui.stream.rows import DayRow, EntryRow, PartRow, Row, WayRow, rows_of
from console.ui.stream.telling import words_of
from console.ui.stream.words import RowWords, translate

Index = QModelIndex | QPersistentModelIndex


class StreamModel(QAbstractTableModel):
    """Rows of one column; lines that come and go move the others, never reset them.

    Signals:
        about_to_settle: rows are about to come and go; a view notes what stands where.
        settled: they have.
    """

    about_to_settle = Signal()
    settled = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.terms: tuple[Term, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._ways = (False, False)
        self._rows: tuple[Row, ...] = ()
        self._opened: set[Hashable] = set()
        self._words: dict[Hashable, RowWords] = {}

    def show_lines(
        self, lines: Sequence[Line], *, has_newer: bool, has_older: bool, terms: Sequence[Term] = ()
    ) -> None:
        """Shows these lines, with the `terms` in them marked; what was unfolded stays so."""
        self.terms = tuple(terms)
        self._lines, self._ways = tuple(lines), (has_newer, has_older)
        self._words.clear()
        self._settle()

    def forget(self) -> None:
        """Another stream: nothing is unfolded any more."""
        self._opened.clear()

    def toggle(self, position: int, *, is_open: bool) -> bool:
        """Unfolds or folds a row in place; whether there was something to do."""
        row, words = self.row_at(position), self.words_at(position)
        if words is None or not words.goes or not isinstance(row, EntryRow | PartRow) or row.is_open is is_open:
            return False
        (self._opened.add if is_open else self._opened.discard)(row.key)
        self._settle()
        return True

    def row_at(self, position: int) -> Row | None:
        """The row, None outside."""
        return self._rows[position] if 0 <= position < len(self._rows) else None

    def line_at(self, position: int) -> Line | None:
        """The (newest) line of a row, None where the row is none."""
        match self.row_at(position):
            case EntryRow(entry=entry):
                return entry.newest
            case PartRow(line=line):
                return line
            case _:
                return None

    def position_of(self, key: Hashable) -> int | None:
        """Where the row with this key stands."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)

    def words_at(self, position: int) -> RowWords | None:
        """What a row says, None where it is a heading or a way further."""
        row = self.row_at(position)
        if not isinstance(row, EntryRow | PartRow):
            return None
        found = self._words.get(row.key)
        if found is None:
            entry = row.entry if isinstance(row, EntryRow) else Entry((row.line,))
            found = self._words[row.key] = words_of(entry, self._now(), is_part=isinstance(row, PartRow))
        return found

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 1

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        is_line = isinstance(self.row_at(index.row()), EntryRow | PartRow)
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if is_line else Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ROW_ROLE:
            return self.row_at(index.row())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return self._spoken(index.row())
        return None

    def _spoken(self, position: int) -> str:
        match self.row_at(position):
            case DayRow(day=day):
                return day_heading(day, self._now().astimezone().date())
            case WayRow(is_up=is_up):
                return translate("Show later activity") if is_up else translate("Show earlier activity")
            case EntryRow(is_open=is_open) | PartRow(is_open=is_open):
                words = self.words_at(position)
                if words is None:
                    return ""
                how = (translate("unfolded") if is_open else translate("folded")) if words.goes else ""
                return ", ".join(part for part in (words.spoken, how) if part)
            case None:
                return ""

    def _settle(self) -> None:
        fresh = rows_of(self._lines, self._opened, has_newer=self._ways[0], has_older=self._ways[1])
        removed, inserted = runs_between([row.key for row in self._rows], [row.key for row in fresh])
        self.about_to_settle.emit()
        rows = list(self._rows)
        for run in reversed(removed):
            self.beginRemoveRows(QModelIndex(), run.first, run.last)
            del rows[run.first : run.last + 1]
            self._rows = tuple(rows)
            self.endRemoveRows()
        for run in inserted:
            self.beginInsertRows(QModelIndex(), run.first, run.last)
            rows[run.first : run.first] = fresh[run.first : run.last + 1]
            self._rows = tuple(rows)
            self.endInsertRows()
        self._rows = fresh
        if fresh:
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, 0))
        self.settled.emit()
