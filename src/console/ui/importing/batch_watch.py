"""One import batch, watched: how far it is, what it counted, which rows it left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.domain.imports import BatchRow, Problem
from console.store import imports
from console.store.changes import Stale
from console.ui.session import Session

if TYPE_CHECKING:
    from console.store.database import Connection

ENDED = frozenset({"done", "previewed", "stopped", "failed", "undone"})


class BatchWatch(QObject):
    """Reads a batch whenever the feed says that imports moved.

    Signals:
        moved: the `BatchRow` as it is now, and a tuple of the `Problem`s once it has ended.
    """

    moved = Signal(object, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.batch = ""
        session.feed.changed.connect(self._take_change)

    def watch(self, batch: str) -> None:
        """Watches another batch; an empty text watches none."""
        self.batch = batch
        if batch:
            self._look()
        else:
            self._session.background.forget(self)

    def stop(self) -> None:
        """Has the batch stopped and watches it no more."""
        if self.batch:
            self._session.services.poke({"command": "stop", "task": "import", "name": self.batch})
        self.watch("")

    def _take_change(self, kind: Stale, _keys: object) -> None:
        if kind in (Stale.IMPORT, Stale.EDIT) and self.batch:
            self._look()

    def _look(self) -> None:
        batch = self.batch
        self._session.ask(lambda connection: _read(connection, batch), self._tell, asker=self)

    def _tell(self, answer: tuple[BatchRow | None, tuple[Problem, ...]]) -> None:
        row, problems = answer
        if row is not None and row.id == self.batch:
            self.moved.emit(row, problems)


def _read(connection: Connection, batch: str) -> tuple[BatchRow | None, tuple[Problem, ...]]:
    row = imports.batch_called(connection, batch)
    if row is None or row.state not in ENDED:
        return row, ()
    return row, imports.problems(connection, batch)
