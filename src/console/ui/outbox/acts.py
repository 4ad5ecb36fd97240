"""What can be done with a sending: each act as an edit, asked about only where it may reach somebody twice."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.domain.channels import OwnerKind
from console.domain.edits import (
    CheckSending,
    DropSending,
    Edit,
    EditSending,
    HoldSending,
    MarkSent,
    ReleaseSending,
    ResolveConflict,
    RetrySending,
    Several,
)
from console.domain.outbox import REACHES_A_CUSTOMER, SendingState, WriteKind
from console.domain.outbox_rows import OutboxRow, WaitsFor
from console.ui.outbox.edit_dialog import EditDialog
from console.ui.outbox.matters import Matter
from console.ui.outbox.resend_card import ResendCard
from console.ui.session import Session
from console.ui.widgets.popover import Popover

_TEXTS = frozenset((WriteKind.REPLY, WriteKind.NOTE))


def acts_of(row: OutboxRow) -> frozenset[str]:
    """What can be done now: hold, release, check, retry, sent, edit, drop."""
    text = frozenset(("edit",)) if row.kind in _TEXTS else frozenset[str]()
    match row.state:
        case SendingState.QUEUED:
            again = frozenset(("retry",)) if row.waits_for is WaitsFor.TRY else frozenset[str]()
            return frozenset(("hold", "drop")) | text | again
        case SendingState.HELD:
            return frozenset(("release", "drop")) | text
        case SendingState.REFUSED:
            return frozenset(("retry", "drop")) | text
        case SendingState.UNKNOWN:
            return frozenset(("check", "retry", "sent", "drop"))
        case SendingState.CONFLICT:
            return frozenset(("drop",))
        case _:
            return frozenset()


class OutboxActs(QObject):
    """Does it for whichever matter is given; what waits for nobody else is folded at once.

    Signals:
        done: something was submitted; what it changed comes with the feed.
    """

    done = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._popover: Popover | None = None

    def act(self, what: str, matter: Matter, anchor: QWidget | None = None) -> None:
        """Does what is possible now; anything else does nothing, since the row has changed meanwhile."""
        row = matter.first
        if what not in acts_of(row):
            return
        match what:
            case "hold":
                self._each("Hold", (HoldSending(one.id) for one in matter.rows))
            case "release":
                self._each("Release", (ReleaseSending(one.id) for one in matter.rows))
            case "check":
                self.submit(CheckSending(row.id))
            case "sent":
                self.submit(MarkSent(row.id))
            case "retry" if row.state is SendingState.UNKNOWN and row.kind in REACHES_A_CUSTOMER:
                self._ask_resend(row, anchor or self._window)
            case "retry":
                self.submit(RetrySending(row.id))
            case "drop":
                self._each("Drop", (DropSending(one.id) for one in matter.rows))
            case "edit":
                self.open_edit(row)

    def hold_all(self, rows: Iterable[OutboxRow]) -> None:
        """Everything that waits is held until somebody releases it."""
        self._each(self.tr("Hold everything"), (HoldSending(row.id) for row in rows if "hold" in acts_of(row)))

    def release_all(self, rows: Iterable[OutboxRow]) -> None:
        """Everything that is held goes on its way."""
        self._each(self.tr("Release everything"), (ReleaseSending(row.id) for row in rows if "release" in acts_of(row)))

    def resolve(self, mine: Iterable[int], theirs: Iterable[int]) -> None:
        """Settles a conflict by the fields that were chosen."""
        self.submit(ResolveConflict(tuple(mine), tuple(theirs)))

    def open_target(self, row: OutboxRow) -> None:
        """Shows whom or what it is about."""
        if row.conversation is not None:
            self._session.open_conversation(row.conversation)
        elif row.target.kind is OwnerKind.COMPANY:
            self._session.open_company(row.target.id)
        else:
            self._session.open_customer(row.target.id)

    def open_edit(self, row: OutboxRow) -> EditDialog:
        """Asks for another text."""
        dialog = EditDialog(row, self._window.window())
        dialog.written.connect(lambda text: self.submit(EditSending(row.id, text)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def submit(self, edit: Edit) -> None:
        """Keeps an edit; its toast, with Undo, comes from the window."""
        if self._session.submit(edit) is not None:
            self.done.emit()

    def close(self) -> None:
        """Closes the question that is open."""
        if self._popover is not None:
            self._popover.close_it()
            self._popover.deleteLater()
            self._popover = None

    def _ask_resend(self, row: OutboxRow, anchor: QWidget) -> None:
        self.close()
        card = ResendCard(row)
        self._popover = Popover(self.tr("Send again?"), card, self._window.window())
        card.agreed.connect(partial(self._resend, row.id))
        card.left.connect(self.close)
        self._popover.open_at(anchor, "below")

    def _resend(self, sending: int) -> None:
        self.close()
        self.submit(RetrySending(sending))

    def _each(self, title: str, edits: Iterable[Edit]) -> None:
        parts = tuple(edits)
        if parts:
            self.submit(parts[0] if len(parts) == 1 else Several(title, parts))
