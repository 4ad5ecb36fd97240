"""The menus and popovers of a conversation: its customer, snoozing, the rest, and what a note said before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.edits import AssignTeammate, MarkRead
from console.ui.assign.popover import AssignPopover
from console.ui.assign.teammates import TeammatePopover
from console.ui.conversation.customer_menu import CustomerMenu
from console.ui.conversation.snoozing import SnoozePicker, choices
from console.ui.profile.wording import isolated, since_words
from console.ui.style import tokens
from console.ui.widgets.labels import label
from console.ui.widgets.menu import Menu, passing_menu, with_key
from console.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.domain.conversation import CustomerCard, NoteVersion
    from console.domain.edits import Edit
    from console.domain.ids import ConversationId
    from console.ui.conversation.header import ConversationHeader
    from console.ui.conversation.reading import Read
    from console.ui.session import Session


class OpenConversation(Protocol):
    """What the menus need of whatever shows the conversation."""

    session: Session
    header: ConversationHeader

    def window(self) -> QWidget:
        """The window over which popovers open."""
        ...

    def read(self) -> Read | None:
        """What is shown."""
        ...

    def customer(self) -> CustomerCard | None:
        """Whose it is."""
        ...

    def submit(self, make: Callable[[ConversationId], Edit]) -> None:
        """Submits an edit about it."""
        ...

    def unlink(self) -> None:
        """Says that it is nobody's known."""
        ...

    def write_note(self) -> None:
        """Begins a note."""
        ...

    def note_history(self, note_id: str) -> tuple[NoteVersion, ...]:
        """What a note said before."""
        ...


class PaneMenus(QObject):
    """Opens them, one at a time.

    Signals:
        chosen: "profile", "copy" or "unlink" in the customer's menu.
        snoozed: until when (aware UTC).
    """

    chosen = Signal(str)
    snoozed = Signal(object)

    def __init__(self, pane: OpenConversation) -> None:
        super().__init__(pane.header)
        self._pane = pane
        self._popover: Popover | None = None
        self._assign: AssignPopover | None = None

    def open_customer(self) -> Popover | None:
        """The menu of the customer chip."""
        card = self._pane.customer()
        if card is None:
            return None
        menu = CustomerMenu(card)
        popover = self._open(self.tr("Customer"), menu, self._pane.header.spot.anchor(), "below")
        menu.chosen.connect(self._choose)
        return popover

    def open_assign(self) -> AssignPopover | None:
        """The search for the customer of the shown conversation (A)."""
        read = self._pane.read()
        if read is None:
            return None
        self.close_all()
        self._assign = AssignPopover(self._pane.session, self._pane.window())
        self._assign.open_for(read.head, self._pane.header.spot.anchor())
        return self._assign

    def open_teammates(self) -> TeammatePopover | None:
        """The search for the teammate who takes care of the shown conversation (Shift+M)."""
        read = self._pane.read()
        if read is None:
            return None
        self.close_all()
        popover = TeammatePopover(self._pane.session, read.head, self._pane.window())
        self._popover = popover
        popover.open_at(self._pane.header.more, "below")
        return popover

    def open_snooze(self) -> Menu:
        """The moments until which the conversation can sleep."""
        menu = passing_menu(self.tr("Snooze"), self._pane.header)
        for choice in choices(self._pane.session.now()):
            menu.addAction(choice.words).triggered.connect(lambda _=False, at=choice.until: self.snoozed.emit(at))
        menu.addSeparator()
        menu.offer("calendar", self.tr("Choose day and time…"), self.open_snooze_picker)
        menu.open_below(self._pane.header.snooze)
        return menu

    def open_snooze_picker(self) -> Popover:
        """A day and a time of one's own."""
        picker = SnoozePicker(self._pane.session.now())
        popover = self._open(self.tr("Snooze until"), picker, self._pane.header.snooze, "below")
        picker.picked.connect(self._snooze)
        return popover

    def open_more(self) -> Menu:
        """What is done more rarely."""
        menu = passing_menu(self.tr("More"), self._pane.header)
        pane, me = self._pane, self._pane.session.teammate
        read = pane.read()
        head = read.head if read else None
        if head is not None and head.assignee != me:
            take = with_key(self.tr("Assign to me"), "M")
            menu.offer("user-check", take, lambda: pane.submit(lambda key: AssignTeammate(key, me)))
        if head is not None:
            menu.offer("users", with_key(self.tr("Assign to a teammate…"), "Shift+M"), self.open_teammates)
        if head is not None and head.assignee is not None:
            free = self.tr("Assign to nobody")
            menu.offer("user-round-x", free, lambda: pane.submit(lambda key: AssignTeammate(key, None)))
        is_unread = head is not None and head.is_unread
        mark = self.tr("Mark as read") if is_unread else self.tr("Mark as unread")
        icon = "mail-open" if is_unread else "mail"
        menu.offer(icon, mark, lambda: pane.submit(lambda key: MarkRead(key, is_unread)))
        menu.addSeparator()
        menu.offer("tag", with_key(self.tr("Tag the conversation…"), "T"), pane.header.tags.begin)
        menu.offer("sticky-note", with_key(self.tr("Write a note"), "N"), pane.write_note)
        menu.offer("user-plus", with_key(self.tr("Assign a customer…"), "A"), self.open_assign)
        if head is not None and head.customer is not None:
            menu.offer("unlink", self.tr("Unlink the customer"), pane.unlink, color="red")
        menu.open_below(pane.header.more)
        return menu

    def open_note_history(self, note_id: str, anchor: QWidget) -> Popover:
        """What a note said before."""
        content = NoteHistory(self._pane.note_history(note_id), self._pane.session.now())
        return self._open(self.tr("Earlier versions of the note"), content, anchor, "left")

    def close_all(self) -> None:
        """Closes whatever stands open."""
        if self._popover is not None:
            self._popover.close_it()
            self._popover.deleteLater()
            self._popover = None
        if self._assign is not None:
            self._assign.close_it()
            self._assign.deleteLater()
            self._assign = None

    def _choose(self, what: str) -> None:
        self.close_all()
        card = self._pane.customer()
        if what == "assign":
            self.open_assign()
        elif what == "window" and card is not None:
            self._pane.session.open_customer(card.id)
        else:
            self.chosen.emit(what)

    def _snooze(self, until: object) -> None:
        self.close_all()
        self.snoozed.emit(until)

    def _open(self, name: str, content: QWidget, anchor: QWidget, side: str) -> Popover:
        self.close_all()
        self._popover = Popover(name, content, self._pane.window(), margin=tokens.SPACE_3)
        self._popover.open_at(anchor, "below" if side == "below" else "left")
        return self._popover


class NoteHistory(QWidget):
    """The versions of a note, newest first."""

    def __init__(self, versions: tuple[NoteVersion, ...], now: datetime) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_2)
        column.addWidget(label(self.tr("Earlier versions"), "strong"))
        self.setMinimumWidth(300)
        for version in versions:
            words = self.tr("{0}, {1}").format(isolated(version.by), since_words(version.at, now))
            column.addWidget(label(words, "muted"))
            text = label(version.text[:2000], is_wrapping=True)
            text.setMaximumWidth(360)
            column.addWidget(text)
        if not versions:
            column.addWidget(label(self.tr("It was never changed"), "small"))
