"""How wide the columns are: as somebody made them, and all wider in the same measure where a wide window leaves room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QTableView


class Widths:
    """The widths of the columns of a table."""

    def __init__(self, table: QTableView) -> None:
        # WORKAROUND(PySide 6.11): the wrapper of a header that is kept may be told that its header is deleted.
        self._table = table
        self._own: list[int] = []
        self._share = 1.0
        self._is_fitting = False

    def put(self, widths: Sequence[int]) -> None:
        """Columns of these widths, in their logical order."""
        self._own = list(widths)
        self.fit()

    def of(self, section: int) -> int:
        """How wide a column is where there is no room to spare."""
        return self._own[section] if section < len(self._own) else self._table.horizontalHeader().sectionSize(section)

    def fit(self) -> None:
        """Shares out what the columns leave of the room."""
        whole, room = sum(self._own), self._table.viewport().width()
        if not whole:
            return
        self._share = max(1.0, room / whole)
        self._is_fitting, titles = True, self._table.horizontalHeader()
        edge = reached = 0.0
        for section, own in enumerate(self._own):
            # Rounded edges, not widths: the last column ends where the room does.
            edge, before = edge + own * self._share, reached
            reached = round(edge)
            titles.resizeSection(section, round(reached - before))
        self._is_fitting = False

    def take(self, section: int, now: int) -> bool:
        """A column is so wide now; tells whether somebody made it so."""
        if self._is_fitting or section >= len(self._own):
            return False
        self._own[section] = round(now / self._share)
        return True
