"""What became stale in the directory, told once for all that one poll found, and only while somebody looks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from console.domain.records import OwnerKind
from console.store.changes import Stale
from console.ui.feed import Feed

_OWN = {OwnerKind.CUSTOMER: Stale.CUSTOMER, OwnerKind.COMPANY: Stale.COMPANY}
_SHOWN = (Stale.SEGMENT, Stale.TAG, Stale.PROPERTY, Stale.COMPANY)
"""What rows and filters show besides: any of it may be in any row."""


class Freshness(QObject):
    """Collects while the page is hidden.

    Signals:
        due: the keys of rows that are stale, a frozenset; None means all of them.
    """

    due = Signal(object)

    def __init__(self, feed: Feed, owner_kind: OwnerKind, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own = _OWN[owner_kind]
        self._keys: set[int] = set()
        self._is_all = self._is_looked_at = False
        feed.changed.connect(self._note)
        feed.told.connect(self._tell)

    def look(self, *, is_looked_at: bool) -> None:
        """Whether somebody looks; what came meanwhile is told at once."""
        self._is_looked_at = is_looked_at
        self._tell()

    def _note(self, kind: Stale, keys: frozenset[int] | None) -> None:
        if kind is self._own and keys is not None:
            self._keys |= keys
        elif kind is self._own or kind in _SHOWN:
            self._is_all = True

    def _tell(self) -> None:
        if not self._is_looked_at or not (self._keys or self._is_all):
            return
        stale = None if self._is_all else frozenset(self._keys)
        self._keys.clear()
        self._is_all = False
        self.due.emit(stale)
