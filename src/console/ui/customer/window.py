"""The window of one customer: the whole relationship at a glance."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.store.changes import Stale
from console.store.errors import NotFound, StoreError
from console.store.tags import all_tags
from console.ui.customer.facts import FactsColumn
from console.ui.customer.figures import FigureStrip, figures_in_words
from console.ui.customer.header import CustomerHeader
from console.ui.customer.read import CustomerRead, read_customer
from console.ui.customer.signals import SignalsColumn
from console.ui.customer.story import Story
from console.ui.overriding import override
from console.ui.profile.deeds import ProfileDeeds
from console.ui.profile.property_list import PropertyList
from console.ui.profile.view import View
from console.ui.session import Session
from console.ui.style import theme
from console.ui.top_window import TopWindow
from console.ui.widgets.empty_state import EmptyState

_CLOCK_MS = 20_000
_FACTS, _SIGNALS = (304, 400), (300, 390)


class CustomerWindow(TopWindow):
    """Shows one customer, follows what becomes stale, and lets the profile be changed in place."""

    def __init__(self, session: Session, customer: int) -> None:
        super().__init__(session, Owner(OwnerKind.CUSTOMER, customer))
        self._read: CustomerRead | None = None
        self.header, self.strip = CustomerHeader(), FigureStrip()
        self.facts = FactsColumn(session, self._known_tags)
        self.story, self.signals = Story(session), SignalsColumn(session)
        self.properties: PropertyList = self.facts.properties
        self.deeds = ProfileDeeds(self)
        self._nobody = EmptyState("user-search", self.tr("Nobody here"), "")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        session.closing.connect(self._clock.stop)
        self.load(is_new=True)

    def view(self) -> View | None:
        """What is shown."""
        return None if self._read is None else self._read.view

    def read(self) -> CustomerRead | None:
        """Everything that is shown; None where there is no such customer."""
        return self._read

    def owner(self) -> Owner:
        """Whom edits are about."""
        return self.shown_owner()

    def edit(self, name: str) -> None:
        """Opens the editor of a property."""
        row = self.properties.reveal(name)
        if row is not None:
            self.deeds.close_all()
            self.properties.edit(row)

    def reveal(self, widget: QWidget) -> None:
        """Scrolls until a widget of the facts is visible."""
        self.facts.reveal(widget)

    def write_note(self) -> None:
        """Opens the field for a note (N)."""
        if self._read is not None:
            self.signals.write_note()

    def load(self, *, is_new: bool) -> None:
        """Reads the customer again."""
        key, now = self.shown_owner().id, self.session.now()
        try:
            read = self.session.read(lambda connection: read_customer(connection, key, now, None))
        except NotFound as error:
            self._say_nobody(str(error))
            return
        if read == self._read and not is_new:
            return
        self._read = read
        self.move_to(read.owner)
        self._pages.setCurrentIndex(1)
        self._fill(read, is_new=is_new)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._clock.stop()
        self.signals.notes.keep()
        self.deeds.close_all()
        super().closeEvent(event)

    def _fill(self, read: CustomerRead, *, is_new: bool) -> None:
        draft = self.session.workspace.journal.draft(self._draft_place()) if is_new else None
        self.header.show_read(read)
        self.setWindowTitle(self.header.name())
        self.setAccessibleName(self.header.name())
        self._tick()
        self.facts.show_read(read, is_new=is_new)
        self.story.show_read(read)
        self.signals.show_read(read, draft=draft)

    def _tick(self) -> None:
        if self._read is not None:
            self.strip.show_figures(figures_in_words(self._read.figures, self.session.now(), None))

    def _say_nobody(self, sentence: str) -> None:
        self._read = None
        self.setWindowTitle(self.tr("Not there any more"))
        self._nobody.set_words(self.tr("Not there any more"), sentence)
        self._pages.setCurrentIndex(0)

    def _hear(self, kind: Stale, keys: frozenset[int] | None) -> None:
        view = self.view()
        mine = {self.shown_owner().id, *(card.id for card in view.companies)} if view else {self.shown_owner().id}
        is_mine = kind in (Stale.CUSTOMER, Stale.COMPANY) and (keys is None or bool(mine & keys))
        if is_mine or kind is Stale.PROPERTY:
            self.load(is_new=False)

    def _lay_out(self) -> None:
        content = QWidget()
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self.facts)
        columns.addWidget(self.story, 1)
        columns.addWidget(self.signals)
        whole = QVBoxLayout(content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self.strip)
        whole.addLayout(columns, 1)
        self._pages.addWidget(self._nobody)
        self._pages.addWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._measure()

    def _measure(self) -> None:
        """Larger text needs wider columns, but the middle must keep its room."""
        for column, (usual, most) in ((self.facts, _FACTS), (self.signals, _SIGNALS)):
            column.setFixedWidth(min(theme.current().pixels(usual), most))

    def _connect(self) -> None:
        facts, notes, deeds = self.facts, self.signals.notes, self.deeds
        self.header.company_wanted.connect(self.session.open_company)
        self.header.note_wanted.connect(self.write_note)
        facts.company_wanted.connect(self.session.open_company)
        facts.property_wanted.connect(deeds.open_new_property)
        facts.tags.added.connect(deeds.add_tag)
        facts.tags.removed.connect(deeds.remove_tag)
        facts.identities.split_wanted.connect(deeds.open_split)
        facts.identities.merge_wanted.connect(lambda: deeds.open_merge(facts.identities.merge))
        self.properties.edited.connect(deeds.set_value)
        self.properties.why_wanted.connect(deeds.open_why)
        self.properties.menu_wanted.connect(deeds.open_menu)
        self.properties.unfolded.connect(self.reveal)
        notes.written.connect(deeds.write_note)
        notes.drafted.connect(self._keep_draft)
        notes.card_made.connect(deeds.connect_note)
        self.story.conversation_wanted.connect(self.session.open_conversation)
        theme.current().changed.connect(self._measure)
        self.session.feed.changed.connect(self._hear)
        self.bind("N", self.tr("Write a note"), self.write_note)
        self.bind("T", self.tr("Add a tag"), facts.tags.begin)

    def _known_tags(self) -> list[str]:
        return [tag.name for tag in self.session.read(all_tags)]

    def _keep_draft(self, text: str) -> None:
        try:
            self.session.keep_draft(self._draft_place(), text)
        except StoreError as error:
            self.toasts.say(str(error), tone="red")

    def _draft_place(self) -> str:
        return f"note:customer:{self.shown_owner().id}"
