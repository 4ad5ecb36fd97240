"""The change feed: what became stale, told to the window about ten times a second."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from console.store.changes import Change, Stale, changes_since, last_change
from console.store.database import Database

POLL_MS = 100
_HURRIED_MS, _HURRIED_LOOKS = 8, 250


class Feed(QObject):
    """Watches the workspace for commits of others and says which keys they made stale.

    Signals:
        changed: a kind (`Stale`) and the keys of it that are stale, a frozenset of integers; None means all of them.
            One poll tells each kind once.
        told: everything that one poll found has been told; what is dear to do waits for it.
    """

    changed = Signal(object, object)
    told = Signal()

    def __init__(self, database: Database, parent: QObject | None = None, *, poll_ms: int = POLL_MS) -> None:
        super().__init__(parent)
        self._database = database
        self._watch = database.watch()
        with database.read() as connection:
            self._seen = last_change(connection)
        self._timer = QTimer(self)
        self._timer.setInterval(poll_ms)
        self._timer.timeout.connect(self._tick)
        self._poll_ms, self._hurried_looks = poll_ms, 0

    def start(self) -> None:
        """Begins to look."""
        self._timer.start()

    def expect(self) -> None:
        """An edit is on its way: looks more often until it has been folded, two seconds at most."""
        self._hurried_looks = _HURRIED_LOOKS
        self._timer.setInterval(min(_HURRIED_MS, self._poll_ms))

    def look(self) -> None:
        """Looks once, now."""
        if not self._watch.has_moved():
            return
        with self._database.read() as connection:
            changes = changes_since(connection, self._seen)
        if changes:
            self._seen = changes[-1].seq
            keys_by_kind = _by_kind(changes)
            if Stale.EDIT in keys_by_kind:
                self._calm_down()
            for kind, keys in keys_by_kind.items():
                self.changed.emit(kind, keys)
            self.told.emit()

    def close(self) -> None:
        """Stops looking and gives the connection back."""
        self._timer.stop()
        self._watch.close()

    def _tick(self) -> None:
        if self._hurried_looks:
            self._hurried_looks -= 1
            if not self._hurried_looks:
                self._calm_down()
        self.look()

    def _calm_down(self) -> None:
        self._hurried_looks = 0
        self._timer.setInterval(self._poll_ms)


def _by_kind(changes: tuple[Change, ...]) -> dict[Stale, frozenset[int] | None]:
    keys_by_kind: dict[Stale, set[int] | None] = {}
    for change in changes:
        keys = keys_by_kind.setdefault(change.kind, set())
        if change.key is None:
            keys_by_kind[change.kind] = None
        elif keys is not None:
            keys.add(change.key)
    return {kind: None if keys is None else frozenset(keys) for kind, keys in keys_by_kind.items()}
