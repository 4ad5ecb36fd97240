"""The rows of a search: headings and hits, in the order of the groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt

from console.domain.search import Hit, HitKind
from console.ui.overriding import override
from console.ui.row_model import ROW_ROLE, Index

translate = QCoreApplication.translate

GROUPS = (HitKind.CUSTOMER, HitKind.COMPANY, HitKind.MESSAGE, HitKind.NOTE)


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a group and how many hits it shows."""

    words: str
    count: int


class HitModel(QAbstractListModel):
    """Headings and hits; another search replaces them all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Heading | Hit] = []

    def show_hits(self, hits: Iterable[Hit]) -> None:
        """Shows these, grouped by kind; within a kind they stay in their order."""
        found = tuple(hits)
        self.beginResetModel()
        self._rows = []
        for kind in GROUPS:
            group = [hit for hit in found if hit.kind is kind]
            if group:
                self._rows.append(Heading(group_words(kind), len(group)))
                self._rows.extend(group)
        self.endResetModel()

    def hit_at(self, row: int) -> Hit | None:
        """The hit in this row; None where there is a heading or nothing."""
        if not 0 <= row < len(self._rows):
            return None
        found = self._rows[row]
        return found if isinstance(found, Hit) else None

    def next_hit(self, row: int, by: int) -> int | None:
        """The nearest row of a hit from `row` in the direction of `by`; None where there is none."""
        at = row + by
        while 0 <= at < len(self._rows):
            if isinstance(self._rows[at], Hit):
                return at
            at += 1 if by > 0 else -1
        return None

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words if isinstance(row, Heading) else f"{row.title}. {row.snippet}"
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.hit_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def group_words(kind: HitKind) -> str:
    """What a group of hits is called."""
    match kind:
        case HitKind.CUSTOMER:
            return translate("Search", "Customers")
        case HitKind.COMPANY:
            return translate("Search", "Companies")
        case HitKind.MESSAGE:
            return translate("Search", "Messages")
        case HitKind.NOTE:
            return translate("Search", "Notes")
        case HitKind.CONVERSATION:
            return translate("Search", "Conversations")
        case HitKind.TAG:
            return translate("Search", "Tags")
        case HitKind.PROPERTY:
            return translate("Search", "Properties")
        case HitKind.SEGMENT:
            return translate("Search", "Segments")
