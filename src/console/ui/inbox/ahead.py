"""What is likely chosen next is read before it is: the conversations beside the one that is read, and their customers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.channels import Owner, OwnerKind
from console.store.changes import Stale
from console.store.errors import NotFound
from console.ui.conversation import reading
from console.ui.conversation.reading import Read
from console.ui.profile.view import View, read_view

if TYPE_CHECKING:
    from console.store.database import Connection
    from console.ui.session import Session

MOST_KEPT = 8
_CALM_MS, _AFTER_CHANGE_MS = 60, 500
# Some of a profile is of the moment it was read at: which companies are somebody's today, for one.
_LONGEST_KEPT = timedelta(minutes=1)
_NEVER_SHOWN = frozenset({Stale.EDIT, Stale.SOURCE, Stale.IMPORT})


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A conversation and its customer's profile (None where it has no customer), read at `at` (aware UTC)."""

    read: Read
    view: View | None
    at: datetime

    def is_stale_by(self, kind: Stale, keys: frozenset[int] | None) -> bool:
        """Whether a change of these keys (None: all) makes it stale. A kind that it does not know does."""
        if kind in _NEVER_SHOWN:
            return False
        mine = {Stale.CONVERSATION: {self.read.head.id}, Stale.CUSTOMER: set[int](), Stale.COMPANY: set[int]()}
        if self.read.head.customer is not None:
            mine[Stale.CUSTOMER].add(self.read.head.customer.id)
        if self.view is not None:
            mine[Stale.CUSTOMER].add(self.view.owner.id)
            mine[Stale.COMPANY].update(card.id for card in self.view.companies)
        return keys is None or kind not in mine or bool(mine[kind] & keys)


class Ahead(QObject):
    """Reads beside the window, one conversation at a time, once nobody has chosen anything for a moment.

    What it holds is dropped when the feed says that it is stale, when it grows old and when there is too much of it.
    Nothing that was under way while something changed is kept.

    Signals:
        foreseen: a `Foreseen` has been read.
    """

    foreseen = Signal(object)

    def __init__(
        self, session: Session, neighbours: Callable[[], Iterable[int]], parent: QObject | None = None
    ) -> None:
        """`neighbours` gives the conversations that are likely next, the likeliest first."""
        super().__init__(parent)
        self._session, self._neighbours = session, neighbours
        self._kept: OrderedDict[int, Foreseen] = OrderedDict()
        self._missing: set[int] = set()
        self._calm = QTimer(self, singleShot=True)
        self._calm.timeout.connect(self._read_next)
        session.closing.connect(self._calm.stop)
        session.feed.changed.connect(self._hear)

    def known(self, key: int) -> Foreseen | None:
        """What was read of a conversation, None where it has to be read."""
        found = self._kept.get(key)
        return found if found is not None and self._session.now() - found.at <= _LONGEST_KEPT else None

    def look_around(self) -> None:
        """Another conversation was chosen: what stands beside it is read soon."""
        self._missing.clear()
        self._calm.start(_CALM_MS)

    def _read_next(self) -> None:
        wanted = [key for key in self._neighbours() if self.known(key) is None and key not in self._missing]
        if wanted:
            key, now = wanted[0], self._session.now()
            # What cannot be read now is read when it is chosen, and says then why it cannot be shown.
            self._session.ask(
                lambda connection: _foreseen(connection, key, now),
                lambda read: self._take(key, read),
                asker=self,
                failed=lambda _: self._missing.add(key),
            )

    def _take(self, key: int, read: Foreseen | None) -> None:
        if read is None:
            self._missing.add(key)
        else:
            self._kept[key] = read
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            self.foreseen.emit(read)
        self._calm.start(0)

    def _hear(self, kind: Stale, keys: frozenset[int] | None) -> None:
        if kind in _NEVER_SHOWN:
            return
        for key in [key for key, read in self._kept.items() if read.is_stale_by(kind, keys)]:
            del self._kept[key]
        # What is being read may have been read before this change.
        self._session.background.forget(self)
        if not self._calm.isActive() or self._calm.interval() < _AFTER_CHANGE_MS:
            self._calm.start(_AFTER_CHANGE_MS)


def _foreseen(connection: Connection, key: int, now: datetime) -> Foreseen | None:
    """None where there is nothing to show, or where one is led elsewhere."""
    try:
        read = reading.whole(key)(connection)
        if read.head.merged_into is not None:
            return None
        customer = read.head.customer
        view = None if customer is None else read_view(connection, Owner(OwnerKind.CUSTOMER, customer.id), now)
    except NotFound:
        return None
    return Foreseen(read, view, now)
