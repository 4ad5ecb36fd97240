"""The rows of a company's members: all keys in their order, each row read as it comes into sight; and who is selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from console.domain.company_members import MemberOrder, MemberRow
from console.ui.company.words import translate
from console.ui.overriding import override

_READ_AROUND, _MOST_KEPT = 40, 2_000
Index = QModelIndex | QPersistentModelIndex
ROW_ROLE, CHOSEN_ROLE = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
_TITLE_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)


class Column(IntEnum):
    """The columns from left to right."""

    BOX = 0
    MEMBER = 1
    PLACE = 2
    SEEN = 3
    SESSIONS = 4
    WEEKS = 5
    TAGS = 6


ORDER_BY_COLUMN = {
    Column.MEMBER: MemberOrder.NAME,
    Column.PLACE: MemberOrder.PLACE,
    Column.SEEN: MemberOrder.LAST_SEEN,
    Column.SESSIONS: MemberOrder.SESSIONS,
}


class MemberModel(QAbstractTableModel):
    """Members of one company.

    Signals:
        choice_changed: others are selected now.
    """

    choice_changed = Signal()

    def __init__(
        self,
        rows: Callable[[Sequence[int]], Mapping[int, MemberRow]],
        spoken: Callable[[MemberRow], str],
        parent: QObject | None = None,
    ) -> None:
        """`rows(ids)` reads what stands in rows, `spoken(row)` is what a listener hears."""
        super().__init__(parent)
        self._read, self._spoken = rows, spoken
        self._ids: tuple[int, ...] = ()
        self._place_by_id: dict[int, int] = {}
        self._row_by_id: dict[int, MemberRow] = {}
        self._chosen: set[int] = set()

    def show_ids(self, ids: Sequence[int]) -> None:
        """Other members, or the same in another order; who is selected and still there stays so."""
        self.beginResetModel()
        self._ids = tuple(ids)
        self._place_by_id = {key: place for place, key in enumerate(self._ids)}
        self._row_by_id.clear()
        self.endResetModel()
        self._choose(self._chosen & self._place_by_id.keys())

    def forget(self, keys: Iterable[int] | None) -> None:
        """Rows that have become stale (None: all) are read again."""
        if keys is None:
            self._row_by_id.clear()
        else:
            for key in keys:
                self._row_by_id.pop(key, None)
        self._repaint()

    def ids(self) -> tuple[int, ...]:
        """All members that match, in their order."""
        return self._ids

    def place_of(self, key: int | None) -> int | None:
        """In which row a member stands."""
        return None if key is None else self._place_by_id.get(key)

    def row_at(self, place: int) -> MemberRow | None:
        """The member in a row, None where it went away between two looks."""
        if not 0 <= place < len(self._ids):
            return None
        key = self._ids[place]
        if key not in self._row_by_id:
            self._read_around(place)
        return self._row_by_id.get(key)

    def chosen(self) -> tuple[int, ...]:
        """Who is selected, in the order of the rows."""
        return tuple(key for key in self._ids if key in self._chosen)

    def toggle(self, place: int) -> None:
        """Selects a member, or no longer."""
        if 0 <= place < len(self._ids):
            self._choose(self._chosen ^ {self._ids[place]})

    def choose_range(self, first: int, last: int) -> None:
        """Selects everybody between two rows as well."""
        low, high = sorted((first, last))
        self._choose(self._chosen | set(self._ids[max(0, low) : high + 1]))

    def choose_all(self, *, is_wanted: bool) -> None:
        """Selects all that match, or nobody."""
        self._choose(set(self._ids) if is_wanted else set())

    def is_chosen(self, place: int) -> bool:
        """Whether the member in a row is selected."""
        return 0 <= place < len(self._ids) and self._ids[place] in self._chosen

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == CHOSEN_ROLE:
            return self.is_chosen(index.row())
        if role == ROW_ROLE:
            return self.row_at(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row_at(index.row())
            words = "" if row is None else self._spoken(row)
            return translate("selected, {0}").format(words) if self.is_chosen(index.row()) else words
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # Qt asks for a dozen roles of each title whenever it measures: fonts, colours, icons that they do not have.
        if role not in _TITLE_ROLES or orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == Column.SESSIONS else _LEFT
        titles = {
            Column.MEMBER: translate("Member"),
            Column.PLACE: translate("Place"),
            Column.SEEN: translate("Last seen"),
            Column.SESSIONS: translate("Sessions"),
            Column.WEEKS: translate("8 weeks"),
            Column.TAGS: translate("Tags"),
        }
        return titles.get(Column(section), "")

    def _choose(self, wanted: set[int]) -> None:
        if wanted != self._chosen:
            self._chosen = wanted
            self._repaint()
            self.choice_changed.emit()

    def _repaint(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(Column) - 1))

    def _read_around(self, place: int) -> None:
        if len(self._row_by_id) > _MOST_KEPT:
            self._row_by_id.clear()
        near = self._ids[max(0, place - _READ_AROUND // 2) : place + _READ_AROUND]
        self._row_by_id.update(self._read([key for key in near if key not in self._row_by_id]))
