"""The model of a long list: any number of rows, read as one scrolls, forgotten as they become stale."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from console.domain.inbox import PageKey
from console.ui.overriding import override
from console.ui.row_runs import Run, runs_between

PAGE = 400
DEEP = 1_000
_READ_AROUND = 24
_MOST_KEPT = 2_000
_ROOM_ON_TOP = 200

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)


class RowModel(QAbstractTableModel):
    """Rows of one column, newest first, read by key in pages; a change never resets it.

    Signals:
        about_to_settle: rows are about to come and go; a view notes what stands where.
        settled: they have; a view puts its selection and its scroll position back.
    """

    about_to_settle = Signal()
    settled = Signal()

    def __init__(
        self,
        keys: Callable[[PageKey | None, int], Sequence[PageKey]],
        rows: Callable[[Sequence[int]], Mapping[int, Any]],
        spoken: Callable[[Any], str],
        parent: QObject | None = None,
    ) -> None:
        """`keys(after, limit)` gives the order, `rows(ids)` what stands in it, `spoken(row)` what a listener hears."""
        super().__init__(parent)
        self._read_keys, self._read_rows, self._spoken = keys, rows, spoken
        self._moments, self._ids = array("q"), array("q")
        self._row_by_id: dict[int, Any] = {}
        self._has_more = False

    def load(self) -> None:
        """Reads the first page of another question; this is the only reset."""
        self.beginResetModel()
        self._row_by_id.clear()
        first = self._read_keys(None, PAGE)
        self._moments, self._ids = _arrays(first)
        self._has_more = len(first) == PAGE
        self.endResetModel()

    def refresh(self, stale: frozenset[int] | None, *, around: int | None = None) -> None:
        """Forgets the stale rows (None: all) and moves rows in and out as the order now says.

        Of a list that was scrolled far down only its head and what is seen around the row `around` are read again: its
        whole order would take longer than a frame. What left elsewhere goes when one comes by.
        """
        if stale is None:
            self._row_by_id.clear()
        else:
            for key in stale:
                self._row_by_id.pop(key, None)
        self.about_to_settle.emit()
        if len(self._ids) <= DEEP:
            self._refresh_all()
        else:
            self._refresh_part(0)
            seen = self.position_of(around)
            if seen is not None and seen > PAGE // 2:
                self._refresh_part(seen - PAGE // 4)
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, 0))
        self.settled.emit()

    def id_at(self, row: int) -> int | None:
        """The key of the row, None outside."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def position_of(self, key: int | None) -> int | None:
        """Where the row with this key stands, None where it is not among those that were read."""
        if key is None:
            return None
        try:
            return self._ids.index(key)
        except ValueError:
            return None

    def row_of(self, position: int) -> Any:
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
        return 0 if parent.isValid() else 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ROW_ROLE:
            return self.row_of(index.row())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            row = self.row_of(index.row())
            return "" if row is None else self._spoken(row)
        return None

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._has_more

    @override
    def fetchMore(self, parent: Index) -> None:
        if not self._has_more or not self._ids:
            return
        limit = min(4_000, max(PAGE, len(self._ids)))
        more = self._read_keys(PageKey(self._moments[-1], self._ids[-1]), limit)
        self._has_more = len(more) == limit
        if more:
            self.beginInsertRows(QModelIndex(), len(self._ids), len(self._ids) + len(more) - 1)
            moments, ids = _arrays(more)
            self._moments.extend(moments)
            self._ids.extend(ids)
            self.endInsertRows()

    def _refresh_all(self) -> None:
        limit = max(PAGE, len(self._ids) + _ROOM_ON_TOP)
        read = self._read_keys(None, limit)
        before = self._keys(0, len(self._ids))
        fresh = read[: _extent(before, read)]
        removed, inserted = runs_between(before, fresh)
        self._take_out(removed)
        self._put_in(inserted, fresh)
        self._has_more = len(fresh) < len(read) or len(read) == limit

    def _refresh_part(self, first: int) -> None:
        """Reads a page from row `first` on again; rows that came into it leave their old places below."""
        after = PageKey(self._moments[first - 1], self._ids[first - 1]) if first else None
        fresh = self._read_keys(after, PAGE)
        end = self._place_after(fresh[-1]) if len(fresh) == PAGE else len(self._ids)
        removed, inserted = runs_between(self._keys(first, end), fresh)
        came = {fresh[place].id for run in inserted for place in range(run.first, run.last + 1)}
        left_below = [place for place in range(end, len(self._ids)) if self._ids[place] in came] if came else []
        self._take_out(Run(place, place) for place in left_below)
        self._take_out(Run(run.first + first, run.last + first) for run in removed)
        self._put_in(inserted, fresh, first)

    def _place_after(self, last: PageKey) -> int:
        """The first row that comes after this key; the order is newest first."""
        rows = range(len(self._ids))
        return bisect_right(rows, (-last.at, -last.id), key=lambda row: (-self._moments[row], -self._ids[row]))

    def _keys(self, first: int, end: int) -> list[PageKey]:
        return [PageKey(at, key) for at, key in zip(self._moments[first:end], self._ids[first:end], strict=True)]

    def _read_around(self, position: int) -> None:
        if len(self._row_by_id) > _MOST_KEPT:
            self._row_by_id.clear()
        near = self._ids[max(0, position - _READ_AROUND // 2) : position + _READ_AROUND]
        wanted = [key for key in near if key not in self._row_by_id]
        self._row_by_id.update(self._read_rows(wanted))

    def _take_out(self, runs: Iterable[Run]) -> None:
        for run in reversed(tuple(runs)):
            self.beginRemoveRows(QModelIndex(), run.first, run.last)
            del self._moments[run.first : run.last + 1]
            del self._ids[run.first : run.last + 1]
            self.endRemoveRows()

    def _put_in(self, runs: Iterable[Run], fresh: Sequence[PageKey], offset: int = 0) -> None:
        for run in runs:
            moments, ids = _arrays(fresh[run.first : run.last + 1])
            first = run.first + offset
            self.beginInsertRows(QModelIndex(), first, run.last + offset)
            self._moments[first:first] = moments
            self._ids[first:first] = ids
            self.endInsertRows()


def _extent(before: Sequence[PageKey], read: Sequence[PageKey]) -> int:
    """How many of the keys just read are shown: as far down as before, a page at least."""
    known = set(before)
    last = next((place for place in range(len(read) - 1, -1, -1) if read[place] in known), -1)
    return max(last + 1, min(PAGE, len(read)))


def _arrays(keys: Sequence[PageKey]) -> tuple[array[int], array[int]]:
    return array("q", [key.at for key in keys]), array("q", [key.id for key in keys])
