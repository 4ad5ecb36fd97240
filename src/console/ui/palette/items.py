"""What stands in the palette: headings and items, and the list's model of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QIcon

from console.ui.overriding import override
from console.ui.row_model import ROW_ROLE, Index
from console.ui.style.tokens import Tone

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a group, how many there are (``20+``), and the keys that show all of it."""

    group: str
    words: str
    count: str = ""
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line that can be chosen. ``open`` and ``open_beside`` do what Enter and Ctrl+Enter do.

    ``face``: whose picture stands before it; else an icon on a tint. ``keys``: the shortcut that does the same.
    ``stays``: the palette stays open, because choosing only goes on asking. ``key`` names it among the recent ones.
    """

    group: str
    title: str
    detail: str
    open: Callable[[], object]
    open_beside: Callable[[], object] | None = None
    title_spans: Spans = ()
    detail_spans: Spans = ()
    side: str = ""
    icon: str | QIcon = ""
    tone: Tone = "grey"
    face: str = ""
    keys: str = ""
    stays: bool = False
    is_enabled: bool = True
    key: str = ""

    @property
    def spoken(self) -> str:
        """What a listener hears."""
        return ". ".join(part for part in (self.title, self.detail, self.side, self.keys) if part)


Line = Heading | Item


class ItemModel(QAbstractListModel):
    """Headings and items; another answer replaces them all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Shows these."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def lines(self) -> tuple[Line, ...]:
        """All that is shown."""
        return self._lines

    def item_at(self, row: int) -> Item | None:
        """The item in this row; None where there is a heading or nothing."""
        found = self._lines[row] if 0 <= row < len(self._lines) else None
        return found if isinstance(found, Item) else None

    def next_item(self, row: int, by: int) -> int | None:
        """The nearest row of an item from ``row`` in the direction of ``by``; None where there is none."""
        at = row + by
        while 0 <= at < len(self._lines):
            if isinstance(self._lines[at], Item):
                return at
            at += 1 if by > 0 else -1
        return None

    def next_group(self, row: int, by: int) -> int | None:
        """The first item of the next group (or the one before), round and round; None where there is no item."""
        firsts = [at + 1 for at, line in enumerate(self._lines) if isinstance(line, Heading)]
        firsts = [at for at in firsts if self.item_at(at) is not None]
        if not firsts:
            return self.next_item(-1, 1)
        here = sum(first <= row for first in firsts) - 1
        return firsts[(here + by) % len(firsts)]

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == ROW_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.words if isinstance(line, Heading) else line.spoken
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.item_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
