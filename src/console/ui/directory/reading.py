"""Reading the order of the directory beside the window: the first page at once, the others as they come, larger each time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.directory import Listing, SortKey
from console.domain.expressions import BadExpression
from console.store import directory_pages
from console.store.database import Connection
from console.store.errors import StoreError
from console.ui.session import Session

FIRST, LARGEST, MOST_AT_ONCE = 400, 25_000, 200_000
_SHORT, _CALM_MS = 5_000, 1_500
_EXPECTED = (StoreError, BadExpression)


class Reading(QObject):
    """The keys of one listing, read to the end (of very many only as far as somebody scrolls).

    Signals:
        began: (tuple of int) the first page of the listing that was asked for.
        extended: (tuple of int) the next one.
        settled: (tuple of int) all keys that were read, as they are now that something changed.
        failed: (Exception) it could not be read.
    """

    began = Signal(object)
    extended = Signal(object)
    settled = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._listing: Listing | None = None
        self._last: SortKey | None = None
        self.count, self.is_complete, self._is_reading = 0, False, False
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self._read_again)
        session.closing.connect(self._calm.stop)

    @property
    def listing(self) -> Listing | None:
        """What is read."""
        return self._listing

    def show(self, listing: Listing) -> None:
        """Reads another listing; what was to come of the former one is dropped."""
        self._calm.stop()
        self._session.background.forget(self, "again")
        self._listing, self._last, self.count, self.is_complete = listing, None, 0, False
        self._read(FIRST, None)

    def more(self) -> None:
        """Reads on where it stopped for being very long."""
        if self._listing is not None and self._last is not None and not self.is_complete and not self._is_reading:
            self._read(LARGEST, self._last)

    def refresh(self) -> None:
        """Something changed: the order is read again, of a long list only every other second."""
        if self._listing is not None and self._last is not None and not self._calm.isActive():
            self._calm.start(0 if self.count <= _SHORT else _CALM_MS)

    def _read(self, limit: int, after: SortKey | None) -> None:
        listing = self._listing
        if listing is None:
            return
        self._is_reading = True
        self._ask(
            lambda connection: directory_pages.page(connection, listing, limit, after),
            lambda found: self._take(found, limit, is_first=after is None),
            "page",
        )

    def _take(self, found: tuple[SortKey, ...], limit: int, *, is_first: bool) -> None:
        self._is_reading = False
        self.is_complete = len(found) < limit
        self.count += len(found)
        self._last = found[-1] if found else self._last or SortKey(None, 0)
        (self.began if is_first else self.extended).emit(tuple(key.id for key in found))
        if not self.is_complete and self.count < MOST_AT_ONCE:
            self._read(min(LARGEST, limit * 5), self._last)

    def _read_again(self) -> None:
        listing, limit = self._listing, self.count + FIRST
        if listing is None:
            return
        if self._is_reading:
            self._calm.start(_CALM_MS)
            return
        self._ask(
            lambda connection: directory_pages.page(connection, listing, limit),
            lambda found: self._take_again(found, limit),
            "again",
        )

    def _take_again(self, found: tuple[SortKey, ...], limit: int) -> None:
        if self._is_reading:
            return
        self.is_complete, self.count = len(found) < limit, len(found)
        self._last = found[-1] if found else SortKey(None, 0)
        self.settled.emit(tuple(key.id for key in found))

    def _ask(
        self,
        question: Callable[[Connection], tuple[SortKey, ...]],
        then: Callable[[tuple[SortKey, ...]], None],
        about: str,
    ) -> None:
        self._session.background.run(
            lambda: self._session.read(question),
            then,
            asker=self,
            about=about,
            failed=self._fail,
            expected=_EXPECTED,
        )

    def _fail(self, error: Exception) -> None:
        self._is_reading = False
        self.failed.emit(error)
