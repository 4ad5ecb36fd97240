"""The session: what the windows may ask and do, given to them by wiring."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.channels import Owner, OwnerKind
from console.domain.ids import EditId, new_edit_id
from console.store.errors import Busy, StoreError
from console.store.workspace import Workspace
from console.ui.background import Background
from console.ui.feed import Feed

if TYPE_CHECKING:
    from console.domain.edits import Edit, Entry
    from console.store.database import Connection
    from console.ui.services import Services

T = TypeVar("T")
_RETRY_MS = 200


class Session(QObject):
    """One open workspace as the windows see it: they read it, append edits to its journal, and hear what became stale.

    `now` answers the present moment in aware UTC. `feed.changed` is the only reason to paint something else.

    Signals:
        submitted: an `Entry` is in the journal for good; nothing has changed on screen yet.
        troubled: a sentence: an edit could not be kept (a full disk), and nothing was changed.
        progressed: a `Progress` of the sync process.
        renamed: the teammate has another name.
        wanted: (Owner) a customer, a company or a conversation is to be shown, in a window of its own where it has one.
        closing: the window is done with it; nothing is asked any more.
    """

    submitted = Signal(object)
    troubled = Signal(str)
    progressed = Signal(object)
    renamed = Signal(str)
    wanted = Signal(object)
    closing = Signal()

    def __init__(
        self,
        workspace: Workspace,
        teammate: str,
        *,
        now: Callable[[], datetime],
        services: Services,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.teammate = teammate
        self.now = now
        self.services = services
        self.background = Background(self)
        self.feed = Feed(workspace.database, self)
        self._waiting: deque[Entry] = deque()
        self._retry = QTimer(self)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._keep_waiting)
        self._is_only_read = False

    def only_read(self) -> None:
        """From now on nothing is kept, neither edits nor drafts nor settings: the windows are looked at, not used."""
        self._is_only_read = True

    def submit(self, edit: Edit) -> EditId | None:
        """Keeps an edit in the journal and has the sync process fold it; None where it could not be kept.

        A refusal is said on screen by the window, so a caller need not look at the answer.
        """
        if self._is_only_read:
            return None
        from console.domain.edits import Entry

        at = self.now()
        entry = Entry(new_edit_id(at, os.urandom(10)), at, self.teammate, edit)
        self._waiting.append(entry)
        return entry.id if self._keep_waiting() else None

    def is_waiting(self) -> bool:
        """Whether an edit could not be kept yet, because another program holds the journal; it is tried again by itself."""
        return bool(self._waiting)

    def _keep_waiting(self) -> bool:
        """Keeps what waits, in order; True where all of it is kept or will be tried again."""
        while self._waiting:
            try:
                self.workspace.journal.append(self._waiting[0])
            except Busy as error:
                if not self._retry.isActive():
                    self.troubled.emit(str(error))
                    self._retry.start()
                return True
            except StoreError as error:
                self._waiting.clear()
                self._retry.stop()
                self.troubled.emit(str(error))
                return False
            self.submitted.emit(self._waiting.popleft())
            self.feed.expect()
        self.services.poke({"command": "fold"})
        self._retry.stop()
        return True

    def read(self, question: Callable[[Connection], T]) -> T:
        """The answer to a quick question, on this thread. Raises StoreError."""
        with self.workspace.database.read() as connection:
            return question(connection)

    def ask(
        self,
        question: Callable[[Connection], T],
        then: Callable[[T], None],
        *,
        asker: QObject,
        about: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """The answer to a slow question, told to `then` later; see `Background.run`."""
        self.background.run(lambda: self.read(question), then, asker=asker, about=about, failed=failed)

    def state(self) -> Mapping[str, str]:
        """How the window stood, by name."""
        return self.workspace.journal.state()

    def keep_state(self, values: Mapping[str, str]) -> None:
        """Keeps how the window stands; a full disk is no reason to trouble anybody here."""
        self._keep(self.workspace.journal.keep_state, values, is_told=False)

    def settings(self) -> Mapping[str, str]:
        """What the teammate chose, by name."""
        return self.workspace.journal.settings()

    def keep_settings(self, values: Mapping[str, str]) -> None:
        """Keeps what the teammate chose; `teammate` is the name that edits are made under."""
        self._keep(self.workspace.journal.keep_settings, values, is_told=True)
        name = values.get("teammate", self.teammate)
        if name != self.teammate and not self._is_only_read:
            self.teammate = name
            self.renamed.emit(name)

    def keep_draft(self, place: str, text: str) -> None:
        """Keeps what is being written at `place` (`reply:7`, `note:customer:12`). Raises StoreError."""
        if not self._is_only_read:
            self.workspace.journal.keep_draft(place, text, self.now())

    def open_customer(self, key: int) -> None:
        """Has a customer shown in a window of its own; raises it where it is open already."""
        self._want(OwnerKind.CUSTOMER, key)

    def open_company(self, key: int) -> None:
        """Has a company shown in a window of its own."""
        self._want(OwnerKind.COMPANY, key)

    def open_conversation(self, key: int) -> None:
        """Has a conversation shown in the inbox."""
        self._want(OwnerKind.CONVERSATION, key)

    def close(self) -> None:
        """Ends the questions, the feed and the workspace."""
        self.closing.emit()
        self.background.close()
        self.feed.close()
        self.workspace.close()

    def _want(self, kind: OwnerKind, key: int) -> None:
        self.wanted.emit(Owner(kind, key))

    def _keep(self, keep: Callable[[Mapping[str, str]], None], values: Mapping[str, str], *, is_told: bool) -> None:
        if not values or self._is_only_read:
            return
        try:
            keep(values)
        except StoreError as error:
            if is_told:
                self.troubled.emit(str(error))
