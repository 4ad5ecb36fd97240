"""The profile panel: who this is, beside the conversation. One panel for every customer and company, filled again."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from console.domain.edits import Owner
from console.domain.ids import CompanyId, ConversationId, CustomerId
from console.domain.inbox import ConversationState
from console.domain.profile_view import ConversationCard
from console.domain.records import OwnerKind
from console.store.changes import Stale
from console.store.errors import NotFound, StoreError
from console.store.tags import all_tags
from console.ui.overriding import override
from console.ui.profile.deeds import ProfileDeeds
from console.ui.profile.events import EventLines
from console.ui.profile.header import ProfileHeader
from console.ui.profile.identities import IdentityList
from console.ui.profile.lines import Line, Lines
from console.ui.profile.looking_up import LookingUp
from console.ui.profile.notes import NoteColumn
from console.ui.profile.property_list import PropertyList
from console.ui.profile.sections import ProfileSections
from console.ui.profile.tags import TagRowOfChips
from console.ui.profile.view import View, read_view
from console.ui.profile.wording import CHANNEL_ICON, named, since_words
from console.ui.segments.tag_effects import TagEffects
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.at_once import at_once
from console.ui.widgets.cards import divider
from console.ui.widgets.empty_state import EmptyState

_CLOCK_MS = 20_000
_NOBODY = Owner(OwnerKind.CUSTOMER, 0)


class ProfilePanel(QWidget):
    """Shows one customer or company, and lets it be changed in place.

    Signals:
        conversation_wanted, customer_wanted, company_wanted: (its id) one of the lines was pressed.
        failed: a sentence about what could not be shown.
    """

    conversation_wanted = Signal(object)
    customer_wanted = Signal(object)
    company_wanted = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._view: View | None = None
        self._owner = _NOBODY
        self._here: ConversationId | None = None
        self.header = ProfileHeader()
        self.tags = TagRowOfChips(self._known_tags)
        self.properties = PropertyList(session.now)
        self.notes = NoteColumn()
        self.events, self.identities = EventLines(), IdentityList()
        self.conversations, self.companies, self.members = Lines(), Lines(), Lines()
        self.deeds = ProfileDeeds(self)
        self._looking_up = LookingUp(session, self)
        self.sections = self._sections()
        self._pages = QStackedWidget()
        self._nobody = EmptyState(
            "user-search", self.tr("No customer yet"), self.tr("Press A to give this conversation one"), is_small=True
        )
        self._pages.addWidget(self._nobody)
        self._pages.addWidget(self._content())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Profile"))
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._connect()

    def show_customer(
        self, customer: CustomerId | None, *, beside: ConversationId | None = None, known: View | None = None
    ) -> None:
        """Shows a customer, a merged one's survivor, from what is `known`; None says that there is none yet.

        The conversation that stands `beside` is not listed among the others.
        """
        if customer is None:
            self.show_nobody()
            return
        owner = Owner(OwnerKind.CUSTOMER, customer)
        if owner != self._owner:
            self._here = beside or self._here
        self._open(owner, known)
        self.leave_out(beside or self._here)

    def show_company(self, company: CompanyId) -> None:
        """Shows a company."""
        self._open(Owner(OwnerKind.COMPANY, company))

    def show_nobody(self, title: str = "", words: str = "") -> None:
        """Says that there is nobody to show, and why."""
        self._leave()
        self._view, self._owner = None, _NOBODY
        title = title or self.tr("No customer yet")
        self._nobody.set_words(title, words or self.tr("Press A to give this conversation one"))
        self._pages.setCurrentIndex(0)

    def leave_out(self, conversation: ConversationId | None) -> None:
        """The conversation beside the panel is not listed among the others."""
        if conversation != self._here:
            self._here = conversation
            if self._view is not None:
                self._show_conversations(self._view)

    def view(self) -> View | None:
        """What is shown."""
        return self._view

    def owner(self) -> Owner:
        """Whom edits are about."""
        return self._owner

    def reveal(self, widget: QWidget) -> None:
        """Scrolls until a widget of the panel is visible."""
        self._scroll.ensureWidgetVisible(widget)
        self._scroll.horizontalScrollBar().setValue(0)

    def add_tag(self) -> None:
        """Opens the field for a tag (T)."""
        if self._view is not None:
            self.tags.begin()

    def write_note(self) -> None:
        """Opens the field for a note on this profile."""
        if self._view is not None:
            self.sections.unfold("notes")
            self.notes.begin()

    def ask_why(self, name: str) -> None:
        """Opens the popover that explains a property."""
        row = self.properties.reveal(name)
        if row is not None:
            self.sections.unfold("properties")
            self.reveal(row)
            self.deeds.open_why(row)

    def edit(self, name: str) -> None:
        """Opens the editor of a property."""
        row = self.properties.reveal(name)
        if row is not None:
            self.sections.unfold("properties")
            self.deeds.close_all()
            self.properties.edit(row)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.notes.keep()
        super().hideEvent(event)

    def _connect(self) -> None:
        self.header.company_wanted.connect(self.company_wanted)
        TagEffects(self.session, self.tags, self.owner)
        self.tags.added.connect(self.deeds.add_tag)
        self.tags.removed.connect(self.deeds.remove_tag)
        self.properties.edited.connect(self.deeds.set_value)
        self.properties.why_wanted.connect(self.deeds.open_why)
        self.properties.menu_wanted.connect(self.deeds.open_menu)
        self.properties.unfolded.connect(self.reveal)
        self.notes.written.connect(self.deeds.write_note)
        self.notes.drafted.connect(self._keep_draft)
        self.notes.card_made.connect(self.deeds.connect_note)
        self.conversations.opened.connect(self.conversation_wanted)
        self.companies.opened.connect(self.company_wanted)
        self.members.opened.connect(self.customer_wanted)
        self.identities.split_wanted.connect(self.deeds.open_split)
        self.identities.merge_wanted.connect(lambda: self.deeds.open_merge(self.identities.merge))
        self.session.feed.changed.connect(self._hear)

    def _open(self, owner: Owner, known: View | None = None) -> None:
        if owner == self._owner and self._view is not None:
            self._load(is_new=False)
            return
        self._leave()
        self._owner = owner
        self._looking_up.begin(owner)
        self._load(is_new=True, known=known)

    def _leave(self) -> None:
        self.notes.keep()
        self.deeds.close_all()
        self.tags.stop()
        self.properties.stop_editing()

    def _load(self, *, is_new: bool, known: View | None = None) -> None:
        now, owner = self.session.now(), self._owner
        try:
            view = known or self.session.read(lambda connection: read_view(connection, owner, now))
        except NotFound as error:
            self.show_nobody(self.tr("Not there any more"), str(error))
            return
        if view == self._view and not is_new:
            return
        self._view, self._owner = view, view.owner
        with at_once(self):
            self._fill(view, now, is_new=is_new)

    def _fill(self, view: View, now: datetime, *, is_new: bool) -> None:
        self._pages.setCurrentIndex(1)
        draft = self.session.workspace.journal.draft(self._draft_place()) if is_new else None
        self.header.show_view(view, now)
        self.tags.show_tags(view.segments, view.tags, now, view.segments_by_rule)
        self.properties.show_properties(view.properties, is_new=is_new, is_company=view.is_company)
        self.notes.show_notes(view.notes, now, draft=draft)
        self.events.show_events(view.events, now)
        self.identities.show_view(view)
        self._show_conversations(view)
        self._show_companies(view)
        self.sections.show_view(view, is_new=is_new)

    def _show_conversations(self, view: View) -> None:
        others = [card for card in view.conversations if card.id != self._here]
        self.conversations.show_lines(map(self._conversation_line, others))
        self.sections.section("conversations").setVisible(bool(others))
        self.sections.count("conversations", max(0, view.conversation_count - (len(view.conversations) - len(others))))

    def _conversation_line(self, card: ConversationCard) -> Line:
        icon = "check" if card.state is ConversationState.CLOSED else CHANNEL_ICON[card.channel]
        when = since_words(card.last_at, self.session.now())
        subject = named(card.subject) or self.tr("(no subject)")
        return Line(subject, when, card.id, icon=icon, tip=f"{subject}\n{when}")

    def _show_companies(self, view: View) -> None:
        titles = [(card, named(card.name) or named(card.domain) or "?") for card in view.companies]
        remarks = {True: self.tr("main"), False: ""}
        self.companies.show_lines(
            [Line(name, remarks[card.is_main], card.id, face=name, is_square=True) for card, name in titles]
        )
        names = [(card, named(card.name) or named(card.email) or "?") for card in view.members]
        self.members.show_lines([Line(name, named(card.email), card.id, face=name) for card, name in names])

    def _hear(self, kind: Stale, keys: frozenset[int] | None) -> None:
        if self._view is None:
            return
        mine = {self._owner.id, *(card.id for card in self._view.companies)}
        is_mine = kind in (Stale.CUSTOMER, Stale.COMPANY) and (keys is None or bool(mine & keys))
        if is_mine or kind in (Stale.PROPERTY, Stale.SEGMENT):
            self._load(is_new=False)

    def _known_tags(self) -> list[str]:
        return [tag.name for tag in self.session.read(all_tags)]

    def _keep_draft(self, text: str) -> None:
        try:
            self.session.keep_draft(self._draft_place(), text)
        except StoreError as error:
            self.failed.emit(str(error))

    def _draft_place(self) -> str:
        return f"note:{self._owner.kind.value}:{self._owner.id}"

    def _tick(self) -> None:
        self.header.tick(self.session.now())

    def _sections(self) -> ProfileSections:
        bodies: dict[str, QWidget] = {
            "properties": self.properties,
            "events": self.events,
            "notes": self.notes,
            "conversations": self.conversations,
            "companies": self.companies,
            "members": self.members,
            "identities": self.identities,
        }
        deeds = self.deeds
        return ProfileSections(self.session, bodies, add_property=deeds.open_new_property, write_note=self.write_note)

    def _content(self) -> QWidget:
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its rows take the keyboard, and it follows them
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("surface", "panel")
        column = QVBoxLayout(inner)
        column.setContentsMargins(tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_4)
        column.setSpacing(tokens.SPACE_3)
        for widget in (self.header, self.tags, divider(), self.sections.column):
            column.addWidget(widget)
        column.addStretch(1)
        scroll.setWidget(inner)
        return scroll
