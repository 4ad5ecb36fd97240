"""The conversation pane: one conversation, read from the store, changed by edits only, painted when the feed says so."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from console.domain.conversation import CustomerCard, NoteVersion
from console.domain.edits import (
    AddTag,
    ChangeNote,
    CloseConversation,
    DeleteNote,
    Edit,
    Owner,
    PinNote,
    QueueReply,
    RemoveTag,
    ReopenConversation,
    SetPriority,
    Several,
    SnoozeConversation,
    UnlinkCustomer,
    WriteNote,
)
from console.domain.ids import ConversationId, new_edit_id
from console.domain.inbox import ConversationState
from console.domain.records import OwnerKind
from console.store.changes import Stale
from console.store.conversations import inline_image, note_versions
from console.store.errors import NotFound, StoreError
from console.store.tags import all_tags
from console.ui.conversation import composer, reading
from console.ui.conversation.attachments import Attachments
from console.ui.conversation.composer import Composer
from console.ui.conversation.entries import in_order
from console.ui.conversation.header import ConversationHeader
from console.ui.conversation.message_bubble import Around
from console.ui.conversation.message_list import MessageList
from console.ui.conversation.note_card import NoteCard
from console.ui.conversation.pane_menus import PaneMenus
from console.ui.conversation.reading import Read
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.at_once import at_once
from console.ui.widgets.cards import divider
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.room import Room


class ConversationPane(Room):
    """Shows and answers one conversation.

    Signals:
        profile_wanted: (CustomerId) the customer chip was pressed.
        said: a sentence about what just happened, for a toast.
        failed: a sentence about what could not be done, for a toast.
        images_wanted: (message id) pictures from the network are to be fetched; only where `can_fetch_images`.
        shown: (ConversationId or None) another conversation stands here now.
    """

    profile_wanted = Signal(object)
    said = Signal(str)
    failed = Signal(str)
    images_wanted = Signal(object)
    shown = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None, *, can_fetch_images: bool = False) -> None:
        super().__init__(parent)
        self.session = session
        self._can_fetch_images = can_fetch_images
        self._read: Read | None = None
        self._count = reading.PAGE
        self.header = ConversationHeader(self._known_tags)
        self.messages = MessageList()
        self.composer = Composer()
        # What another conversation fills anew; where one writes mostly stays as it is, and is not painted for it.
        self.filled = (self.header, self.messages)
        self.attachments = Attachments(session, self)
        self.menus = PaneMenus(self)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty())
        self._pages.addWidget(self._conversation())
        self.hold(self._pages)
        self.setAccessibleName(self.tr("Conversation"))
        self._connect()

    def open(self, conversation: ConversationId | None, known: Read | None = None) -> None:
        """Shows a conversation, from what is `known` of it; None: that none is chosen. What was being written is kept."""
        self.composer.keep()
        self.menus.close_all()
        self.header.tags.stop()
        self._count = reading.PAGE
        self._read = None
        if conversation is not None:
            self._load(conversation, is_new=True, known=known)
        self._pages.setCurrentIndex(0 if self._read is None else 1)
        self.shown.emit(self._read.head.id if self._read else None)

    def read(self) -> Read | None:
        """What is shown; None where no conversation is chosen."""
        return self._read

    def customer(self) -> CustomerCard | None:
        """The customer of the shown conversation."""
        return self._read.head.customer if self._read else None

    def submit(self, make: Callable[[ConversationId], Edit]) -> None:
        """Submits an edit about the shown conversation; does nothing where none is shown."""
        if self._read is not None:
            self.session.submit(make(self._read.head.id))

    def toggle_priority(self) -> None:
        """Makes it go before others, or no longer."""
        is_now = self._read is not None and self._read.head.is_priority
        self.submit(lambda key: SetPriority(key, not is_now))

    def close_or_reopen(self) -> None:
        """Closes an open or snoozed conversation, reopens a closed one."""
        is_closed = self._read is not None and self._read.head.state is ConversationState.CLOSED
        self.submit(ReopenConversation if is_closed else CloseConversation)

    def unlink(self) -> None:
        """Says that the conversation is nobody's known; nothing where it has no customer."""
        if self.customer() is not None:
            self.submit(UnlinkCustomer)

    def write_reply(self) -> None:
        """Puts the keyboard into the answer."""
        self.composer.write(composer.REPLY)

    def write_note(self) -> None:
        """Puts the keyboard into a note."""
        self.composer.write(composer.NOTE)

    def note_history(self, note_id: str) -> tuple[NoteVersion, ...]:
        """What a note said before, newest first."""
        return self.session.read(lambda connection: note_versions(connection, note_id))

    def _connect(self) -> None:
        header, messages = self.header, self.messages
        header.priority_pressed.connect(self.toggle_priority)
        header.state_pressed.connect(self.close_or_reopen)
        header.snooze_pressed.connect(self.menus.open_snooze)
        header.more_pressed.connect(self.menus.open_more)
        header.tags.added.connect(lambda tag: self.submit(lambda key: AddTag(_owner(key), tag)))
        header.tags.removed.connect(lambda tag: self.submit(lambda key: RemoveTag(_owner(key), tag)))
        header.spot.profile_wanted.connect(self.want_profile)
        header.spot.menu_wanted.connect(self.menus.open_customer)
        header.spot.customer_wanted.connect(self.menus.open_assign)
        self.menus.chosen.connect(self._do)
        self.menus.snoozed.connect(lambda until: self.submit(lambda key: SnoozeConversation(key, until)))
        messages.older_wanted.connect(self._load_older)
        messages.part_pressed.connect(self.attachments.offer)
        messages.images_wanted.connect(self.images_wanted)
        messages.note_made.connect(self._connect_note)
        self.attachments.said.connect(self.said)
        self.attachments.failed.connect(self.failed)
        self.composer.drafted.connect(self._keep_draft)
        self.composer.replied.connect(self._queue_reply)
        self.composer.noted.connect(self._add_note)
        self.session.feed.changed.connect(self._hear)

    def _connect_note(self, card: NoteCard) -> None:
        card.changed.connect(lambda note, text: self.session.submit(ChangeNote(note, text)))
        card.pinned.connect(lambda note, is_pinned: self.session.submit(PinNote(note, is_pinned)))
        card.deleted.connect(lambda note: self.session.submit(DeleteNote(note)))
        card.history_wanted.connect(self.menus.open_note_history)

    def _load(self, conversation: ConversationId, *, is_new: bool, known: Read | None = None) -> None:
        before = self._read
        try:
            self._read = known or self.session.read(reading.whole(conversation, self._count))
        except NotFound as error:
            self._read = None
            self.failed.emit(str(error))
            return
        if is_new and self._read.head.merged_into is not None:
            self._load(self._read.head.merged_into, is_new=True)
            return
        if is_new:
            journal = self.session.workspace.journal
            drafts = [journal.draft(f"{tab}:{self._read.head.id}") for tab in (composer.REPLY, composer.NOTE)]
            self.composer.show_drafts(*drafts)
            self.composer.say_kept(self.tr("Draft saved") if any(drafts) else "")
        if is_new or self._read != before:
            self._show(is_new=is_new)

    def _show(self, *, is_new: bool) -> None:
        read = self._read
        if read is None:
            return
        around = Around(read.head.channel, read.head.customer, self.session.now(), self._image, self._can_fetch_images)
        entries = in_order(read.turns, read.notes, read.queued, has_all=read.has_all)
        with at_once(*self.filled):
            self.header.show_head(read.head, read.turns, self.session.teammate)
            self.messages.show_entries(entries, around, is_new=is_new)

    def _load_older(self) -> None:
        if self._read is None or self._read.has_all:
            return
        self._read = self.session.read(reading.older(self._read))
        self._count = len(self._read.turns)
        self.messages.hold()
        self._show(is_new=False)

    def _hear(self, kind: Stale, keys: frozenset[int] | None) -> None:
        if self._read is None:
            return
        mine = {Stale.CONVERSATION: self._read.head.id, Stale.OUTBOX: None}
        customer = self._read.head.customer
        if customer is not None:
            mine[Stale.CUSTOMER] = customer.id
        if kind in mine and (keys is None or mine[kind] is None or mine[kind] in keys):
            self._load(self._read.head.id, is_new=False)
            if self._read is None:
                self.open(None)

    def want_profile(self) -> None:
        """Asks for the profile of the conversation's customer; nothing where it has none."""
        card = self.customer()
        if card is not None:
            self.profile_wanted.emit(card.id)

    def _do(self, what: str) -> None:
        card = self.customer()
        match what:
            case "profile":
                self.want_profile()
            case "copy" if card is not None:
                QGuiApplication.clipboard().setText(card.email)
                self.said.emit(self.tr("E-mail copied"))
            case "unlink":
                self.unlink()

    def _keep_draft(self, tab: str, text: str) -> None:
        if self._read is None:
            return
        try:
            self.session.keep_draft(f"{tab}:{self._read.head.id}", text)
        except StoreError as error:
            self.composer.say_kept(self.tr("Draft not saved"))
            self.failed.emit(str(error))
            return
        self.composer.say_kept(self.tr("Draft saved") if text else "")

    def _queue_reply(self, text: str, is_closing: bool) -> None:
        key = new_edit_id(self.session.now(), os.urandom(10))
        if not is_closing:
            self.submit(lambda conversation: QueueReply(conversation, key, text))
            return
        title = self.tr("Queue answer and close")
        self.submit(lambda at: Several(title, (QueueReply(at, key, text), CloseConversation(at))))

    def _add_note(self, text: str) -> None:
        key = new_edit_id(self.session.now(), os.urandom(10))
        self.submit(lambda conversation: WriteNote(_owner(conversation), key, text))

    def _image(self, message: int, content_id: str) -> bytes | None:
        return self.session.read(lambda connection: inline_image(connection, message, content_id))

    def _known_tags(self) -> list[str]:
        return [tag.name for tag in self.session.read(all_tags)]

    def _empty(self) -> QWidget:
        page = EmptyState(
            "inbox", self.tr("No conversation chosen"), self.tr("Choose one on the left; J and K go through them")
        )
        page.setProperty("surface", "bg")
        return page

    def _conversation(self) -> QWidget:
        page = QWidget()
        page.setProperty("surface", "bg")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(divider())
        column.addWidget(self.messages, 1)
        frame = QVBoxLayout()
        frame.setContentsMargins(tokens.SPACE_6, 0, tokens.SPACE_6, tokens.SPACE_4)
        frame.addWidget(self.composer)
        column.addLayout(frame)
        return page

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.composer.keep()
        super().hideEvent(event)


def _owner(conversation: ConversationId) -> Owner:
    return Owner(OwnerKind.CONVERSATION, conversation)
