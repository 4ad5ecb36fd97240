"""The window of one customer: the whole relationship at a glance, today or on another day."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from console.domain.conversation import CustomerCard
from console.domain.edits import Owner
from console.domain.ids import CustomerId
from console.domain.places import Place
from console.domain.records import OwnerKind
from console.store.changes import Stale
from console.store.erasing import receipts
from console.store.errors import NotFound
from console.system.geography import Geography
from console.ui.customer.acts import CustomerActs
from console.ui.customer.figures import figures_in_words
from console.ui.customer.frame import CustomerFrame
from console.ui.customer.read import CustomerRead, Surroundings, read_customer, read_surroundings
from console.ui.overriding import override
from console.ui.profile.looking_up import LookingUp
from console.ui.profile.view import View
from console.ui.profile.window import ProfileWindow
from console.ui.session import Session
from console.ui.widgets.empty_state import EmptyState

_CLOCK_MS = 20_000


class CustomerWindow(ProfileWindow):
    """Shows one customer, follows what becomes stale, and lets the profile be changed in place. D asks for another day."""

    def __init__(self, session: Session, customer: int) -> None:
        super().__init__(session, Owner(OwnerKind.CUSTOMER, customer))
        self._shown_since: datetime | None = None
        self._read: CustomerRead | None = None
        self._place: Place | None = None
        self._geography = Geography(session.workspace.folder)
        self._pages = QStackedWidget(self)
        self._frame = frame = CustomerFrame(session, self._known_tags, self._pages)
        frame.hide()
        self.header, self.facts, self.story, self.signals = frame.header, frame.facts, frame.story, frame.signals
        self._take_parts(frame.header, frame.past, frame.facts.properties)
        self._take_notes(frame.signals.notes)
        self.acts = CustomerActs(self, frame.facts.identities.merge)
        self._nobody: EmptyState | None = None
        self._looking_up = LookingUp(session, self)
        self._lay_out()
        self._connect()
        self._bind()
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        session.closing.connect(self._clock.stop)
        self.load(is_new=True)

    @override
    def view(self) -> View | None:
        return None if self._read is None else self._read.view

    def read(self) -> CustomerRead | None:
        """Everything that is shown; None where there is no such customer."""
        return self._read

    @override
    def reveal(self, widget: QWidget) -> None:
        self.facts.reveal(widget)

    @override
    def write_note(self) -> None:
        if self._read is not None:
            self.signals.write_note()

    @override
    def load(self, *, is_new: bool) -> None:
        key, now = self.shown_owner().id, self.session.now()
        try:
            read = self.session.read(lambda connection: read_customer(connection, key, now, None))
        except NotFound as error:
            self._say_nobody(str(error))
            return
        if is_new:
            self._looking_up.begin(read.owner)
        if is_new or read != self._read:
            self.move_to(read.owner)
            self._fill(read, is_new=is_new)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            self.story.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._clock.stop()
        self.signals.notes.keep()
        self.deeds.close_all()
        super().closeEvent(event)

    @override
    def _ask_then(self, moment: datetime) -> None:
        key = self.shown_owner().id
        self.session.ask(
            lambda connection: read_customer(connection, key, moment, moment),
            self._take_past,
            asker=self,
            about="past",
            failed=self.say_failed,
        )

    def _take_past(self, read: CustomerRead) -> None:
        if not self.past.isHidden():
            self._fill(read, is_new=True)

    def _fill(self, read: CustomerRead, *, is_new: bool) -> None:
        self._read, self._shown_since = read, self._shown_since or self.session.now()
        draft = self._kept_draft() if is_new and not read.is_past else None
        self.header.show_read(read)
        self.setWindowTitle(self._title(read.view))
        self.setAccessibleName(self.header.name())
        self._say_notice(read)
        self._tick()
        self.facts.show_read(read, is_new=is_new)
        self.story.show_owner(OwnerKind.CUSTOMER, read.owner.id, until=read.profile.as_of)
        self.signals.show_read(read, is_new=is_new, draft=draft)
        self.put_in_front(self._pages, self._frame)
        self.session.ask(
            lambda connection: read_surroundings(connection, read, self._geography),
            self._take_surroundings,
            asker=self,
            about="surroundings",
        )

    def _take_surroundings(self, found: Surroundings) -> None:
        self.signals.place.show_place(found.place, self.session.now())
        self.facts.duplicates.show_suggestions(found.duplicates)
        self._place = place = found.place
        self._tick()
        if place is not None and place.is_zone_open and place.latitude is not None and place.longitude is not None:
            north, east = place.latitude, place.longitude
            self.session.background.run(
                lambda: self.session.services.zone_at(north, east), self._tick, asker=self, about="zone"
            )

    def _tick(self, zone: str = "") -> None:
        if self._read is None:
            return
        place = self._place
        zone = zone or (place.time_zone if place is not None else "")
        shown = (zone, place.city or place.country) if zone and place is not None else None
        now, then = self.session.now(), self._read.profile.as_of
        self._frame.strip.show_figures(figures_in_words(self._read.figures, now, shown, then))

    def _say_notice(self, read: CustomerRead) -> None:
        if read.owner.id != self._asked:
            self._frame.say_merged(read, self._asked)
            self._asked = read.owner.id
        elif read.view.is_gone:
            self._frame.say_gone()

    def _say_nobody(self, sentence: str) -> None:
        title, since = self.tr("Not there any more"), self._shown_since
        if since is not None and any(one.at >= since for one in self.session.read(receipts)):
            title, sentence = self.tr("This customer was erased"), self.tr("Nothing of theirs is left here.")
        self._read = None
        self.past.hide()
        self.setWindowTitle(title)
        if self._nobody is None:
            self._nobody = EmptyState("user-search", title, sentence, parent=self._pages)
        self._nobody.set_words(title, sentence)
        self.put_in_front(self._pages, self._nobody)

    def _hear(self, kind: Stale, keys: frozenset[int] | None) -> None:
        view = self.view()
        if not self.past.isHidden():
            return
        mine = {self.shown_owner().id, *(card.id for card in view.companies)} if view else {self.shown_owner().id}
        is_mine = kind in (Stale.CUSTOMER, Stale.COMPANY) and (keys is None or bool(mine & keys))
        if is_mine or kind in (Stale.PROPERTY, Stale.SEGMENT):
            self.load(is_new=False)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _connect(self) -> None:
        facts, deeds, header = self.facts, self.deeds, self.header
        header.company_wanted.connect(self.session.open_company)
        header.note_wanted.connect(self.write_note)
        header.message_wanted.connect(self.acts.message)
        header.owner_wanted.connect(self.acts.open_owner)
        header.more_wanted.connect(self.acts.open_more)
        facts.company_wanted.connect(self.session.open_company)
        facts.property_wanted.connect(deeds.open_new_property)
        facts.tags.added.connect(deeds.add_tag)
        facts.tags.removed.connect(deeds.remove_tag)
        facts.identities.split_wanted.connect(deeds.open_split)
        facts.identities.merge_wanted.connect(lambda: deeds.open_merge(facts.identities.merge))
        facts.duplicates.compare_wanted.connect(deeds.compare)
        facts.duplicates.apart.connect(self._part)
        self.story.conversation_wanted.connect(self.session.open_conversation)
        self.session.feed.changed.connect(self._hear)

    def _bind(self) -> None:
        for keys, words, deed in (
            ("N", self.tr("Write a note"), self.write_note),
            ("M", self.tr("Message"), self.acts.message),
            ("T", self.tr("Add a tag"), self.facts.tags.begin),
            ("D", self.tr("As of another day"), self.ask_day),
            ("G", self.tr("Jump to a date"), self.story.ask_date),
            ("Ctrl+F", self.tr("Search the activity"), self.story.focus_search),
            ("Ctrl+Shift+D", self.tr("Dossier…"), self.acts.ask_dossier),
            ("Ctrl+Shift+Del", self.tr("Erase…"), self.acts.ask_erase),
        ):
            self.bind(keys, words, deed)

    def _part(self, other: CustomerCard) -> None:
        self.deeds.part(CustomerId(self.owner().id), other.id)
