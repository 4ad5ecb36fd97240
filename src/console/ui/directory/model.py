"""The rows of the directory: their keys in order, what stands in those on screen, and which of them are chosen."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from console.domain.directory import Column, DirectoryRow
from console.ui.directory.cells import called, title_of, words_of
from console.ui.directory.chosen import Chosen
from console.ui.overriding import override
from console.ui.row_model import ROW_ROLE
from console.ui.row_runs import runs_between

_READ_AROUND, _MOST_KEPT = 48, 2_000
Index = QModelIndex | QPersistentModelIndex


class DirectoryModel(QAbstractTableModel):
    """One row for each key, one column for each `Column`; rows are read as they come on screen.

    Signals:
        about_to_settle: rows are about to come and go; a view notes what stands where.
        settled: they have.
    """

    about_to_settle = Signal()
    settled = Signal()

    def __init__(
        self,
        rows: Callable[[Sequence[int], Sequence[Column]], Mapping[int, DirectoryRow]],
        now: Callable[[], datetime],
        is_number: Callable[[Column], bool],
        parent: QObject | None = None,
    ) -> None:
        """`rows(ids, columns)` gives what stands in rows by key; `is_number` says which columns stand at the right."""
        super().__init__(parent)
        self._read_rows, self._now, self._is_number = rows, now, is_number
        self._ids = array("q")
        self._columns: tuple[Column, ...] = ()
        self._row_by_id: dict[int, DirectoryRow] = {}
        self.chosen = Chosen()

    def columns(self) -> tuple[Column, ...]:
        """What the columns show, in their logical order."""
        return self._columns

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Other columns for the same rows."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._row_by_id.clear()
        self.endResetModel()

    def begin(self, ids: Iterable[int]) -> None:
        """The first keys of another question; nothing is chosen."""
        self.beginResetModel()
        self._row_by_id.clear()
        self._ids = array("q", ids)
        self.chosen.clear()
        self.endResetModel()

    def extend(self, ids: Sequence[int]) -> None:
        """More keys behind the last one."""
        if ids:
            self.beginInsertRows(QModelIndex(), len(self._ids), len(self._ids) + len(ids) - 1)
            self._ids.extend(ids)
            self.endInsertRows()

    def settle(self, ids: Sequence[int]) -> None:
        """The keys as they are now: those that are gone leave, those that came stand in their places."""
        fresh = array("q", ids)
        if fresh == self._ids:
            return
        self.about_to_settle.emit()
        staying = frozenset(fresh)
        for run in reversed(runs_between(self._ids, [key for key in self._ids if key in staying])[0]):
            self.beginRemoveRows(QModelIndex(), run.first, run.last)
            del self._ids[run.first : run.last + 1]
            self.endRemoveRows()
        here = frozenset(self._ids)
        self._put_in_order(array("q", [key for key in fresh if key in here]))
        for run in runs_between(self._ids, fresh)[1]:
            self.beginInsertRows(QModelIndex(), run.first, run.last)
            self._ids[run.first : run.first] = fresh[run.first : run.last + 1]
            self.endInsertRows()
        self.settled.emit()

    def forget(self, stale: frozenset[int] | None) -> None:
        """Reads these rows again when they are seen (None: all)."""
        if stale is None:
            self._row_by_id.clear()
        else:
            for key in stale:
                self._row_by_id.pop(key, None)
        self.tell()

    def tell(self) -> None:
        """All cells may look different: values, what is chosen, or the day."""
        if self._ids and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._columns) - 1))

    def id_at(self, row: int) -> int | None:
        """The key of the row, None outside."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def ids_between(self, first: int, last: int) -> tuple[int, ...]:
        """The keys from row `first` to row `last`, in either direction."""
        low, high = sorted((first, last))
        return tuple(self._ids[max(low, 0) : high + 1])

    def ids(self) -> tuple[int, ...]:
        """All keys that were read, in order."""
        return tuple(self._ids)

    def position_of(self, key: int | None) -> int | None:
        """Where the row with this key stands, None where it is not among those that were read."""
        try:
            return None if key is None else self._ids.index(key)
        except ValueError:
            return None

    def row_of(self, position: int) -> DirectoryRow | None:
        """The row itself, None where it went away between two looks."""
        key = self._ids[position]
        if key not in self._row_by_id:
            self._read_around(position)
        return self._row_by_id.get(key)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (ROW_ROLE, _SHOWN, _SPOKEN, _CHECKED):
            return None
        row = self.row_of(index.row())
        if role == ROW_ROLE or row is None:
            return row if role == ROW_ROLE else None
        if role == _CHECKED:
            state = Qt.CheckState.Checked if row.id in self.chosen else Qt.CheckState.Unchecked
            return state if index.column() == 0 else None
        if self._columns[index.column()].key == "name":
            name = called(row)
            return self.tr("{0}, chosen").format(name) if role == _SPOKEN and row.id in self.chosen else name
        words = words_of(row.cells[index.column()], self._now())
        return f"{title_of(self._columns[index.column()])}: {words or self.tr('nothing')}" if role == _SPOKEN else words

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section < len(self._columns):
            side = (
                Qt.AlignmentFlag.AlignTrailing
                if self._is_number(self._columns[section])
                else Qt.AlignmentFlag.AlignLeading
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        is_title = role in (_SHOWN, _SPOKEN) and orientation is Qt.Orientation.Horizontal
        return title_of(self._columns[section]) if is_title and section < len(self._columns) else None

    def _put_in_order(self, ids: array[int]) -> None:
        """The same keys in another order: what they are sorted by has changed."""
        if ids == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._ids[index.row()] for index in before]
        self._ids = ids
        places = {key: ids.index(key) for key in set(keys)}
        after = [self.index(places[key], index.column()) for key, index in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _read_around(self, position: int) -> None:
        if len(self._row_by_id) > _MOST_KEPT:
            self._row_by_id.clear()
        near = self._ids[max(0, position - _READ_AROUND // 2) : position + _READ_AROUND]
        self._row_by_id.update(self._read_rows([key for key in near if key not in self._row_by_id], self._columns))


_SHOWN, _SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
_CHECKED = Qt.ItemDataRole.CheckStateRole
