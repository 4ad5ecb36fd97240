"""The window of one company: how it is, who belongs to it, and what all of them said and did."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.store.changes import Stale
from console.store.company_members import member_count
from console.store.errors import NotFound
from console.ui.company.acts import CompanyActs
from console.ui.company.bulk import BulkDeeds
from console.ui.company.frame import CompanyFrame
from console.ui.company.read import CompanyBeside, CompanyRead, read_beside, read_company
from console.ui.company.side_deeds import connect_side
from console.ui.company.words import figures_in_words
from console.ui.overriding import override
from console.ui.profile.notes import NoteColumn
from console.ui.profile.view import View
from console.ui.profile.window import ProfileWindow
from console.ui.session import Session
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.skeleton import Skeleton

_CLOCK_MS, _LATER_MS = 60_000, 400
_MANY = 500
"""A company of more members is read beside the window: what all of them say of it takes longer than a frame."""


class CompanyWindow(ProfileWindow):
    """Shows one company, follows what becomes stale, and lets it be changed in place. F looks for a member."""

    def __init__(self, session: Session, company: int) -> None:
        super().__init__(session, Owner(OwnerKind.COMPANY, company))
        self._read: CompanyRead | None = None
        self._beside: CompanyBeside | None = None
        self._pages = QStackedWidget(self)
        self.frame = frame = CompanyFrame(session, self._known_tags, self._pages)
        self.header, self.banner, self.members, self.side = frame.header, frame.banner, frame.members, frame.side
        self._take_parts(frame.header, frame.past, frame.side.properties)
        self._notes: NoteColumn | None = None
        self.acts = CompanyActs(self, frame)
        self.bulk = BulkDeeds(session, self.members.rows, self.toasts, self)
        frame.hide()
        self._nobody: EmptyState | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._connect()
        self._clock, self._later = QTimer(self), QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        for timer, deed in ((self._clock, self._ask_beside), (self._later, self._ask_beside)):
            timer.timeout.connect(deed)
            session.closing.connect(timer.stop)
        self._clock.start()
        self.load(is_new=True)

    @override
    def view(self) -> View | None:
        return None if self._read is None else self._read.view

    def read(self) -> CompanyRead | None:
        """Everything that is shown; None where there is no such company."""
        return self._read

    def beside(self) -> CompanyBeside | None:
        """Health and suggestions; None until they have been worked out."""
        return self._beside

    @override
    def close_what_asks(self) -> None:
        super().close_what_asks()
        self.acts.close_all()
        self.bulk.close()

    @override
    def reveal(self, widget: QWidget) -> None:
        self.side.reveal(widget)

    @override
    def write_note(self) -> None:
        if self._read is not None and not self._read.is_past:
            self.frame.show_tab("notes")
            self.frame.notes.begin()
            self.frame.note_area.ensureWidgetVisible(self.frame.notes.field)

    @override
    def load(self, *, is_new: bool) -> None:
        key, now = self.shown_owner().id, self.session.now()
        if self.session.read(lambda connection: member_count(connection, key)) > _MANY:
            if self._read is None:
                self.put_in_front(self._pages, Skeleton(9, 72))
            self.session.ask(
                lambda connection: read_company(connection, key, now),
                lambda read: self._take(read, is_new=is_new),
                asker=self,
                about="company",
                failed=self._say_gone,
            )
            return
        try:
            read = self.session.read(lambda connection: read_company(connection, key, now))
        except NotFound as error:
            self._say_gone(error)
            return
        self._take(read, is_new=is_new)

    @override
    def _ask_then(self, moment: datetime) -> None:
        key = self.shown_owner().id
        self.session.ask(
            lambda connection: read_company(connection, key, moment, moment),
            lambda read: self._take(read, is_new=True),
            asker=self,
            about="company",
            failed=self.say_failed,
        )

    def _take(self, read: CompanyRead, *, is_new: bool) -> None:
        if (read == self._read and not is_new) or read.is_past == self.past.isHidden():
            return
        is_other = self._read is None or self._read.owner != read.owner
        self._read = read
        self.move_to(read.owner)
        self._fill(read, is_new=is_new or is_other)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._clock.stop()
        self._later.stop()
        if self._notes is not None:
            self._notes.keep()
        self.close_what_asks()
        super().closeEvent(event)

    def _fill(self, read: CompanyRead, *, is_new: bool) -> None:
        frame, view = self.frame, read.view
        self.header.show_read(read)
        self.setWindowTitle(self._title(view))
        self.setAccessibleName(self.header.name())
        self._say_notice(read)
        self.side.show_read(read, is_new=is_new)
        if is_new:
            self._beside = None
            self.banner.wait()
            self.side.show_beside(None)
        self._tell_figures()
        if self._notes is not None:
            self._fill_notes(self._notes, read, is_new=is_new)
        frame.tabs.set_count("notes", len(view.notes))
        frame.tabs.set_count("members", view.member_count)
        self.members.show_past(read.profile.as_of)
        self.members.show_company(read.profile.id, view.member_count)
        self.banner.act.setEnabled(not read.is_past)
        self._show_tab(frame.tab())
        self.put_in_front(self._pages, frame)
        self._ask_beside()

    def _greet_notes(self, notes: NoteColumn) -> None:
        """Their tab is asked for the first time."""
        self._notes = notes
        self._take_notes(notes)
        if self._read is not None:
            self._fill_notes(notes, self._read, is_new=True)

    def _fill_notes(self, notes: NoteColumn, read: CompanyRead, *, is_new: bool) -> None:
        draft = self._kept_draft() if is_new and not read.is_past else None
        notes.read_only(is_only_read=read.is_past)
        notes.show_notes(read.view.notes, self.session.now(), draft=draft)

    def _show_tab(self, key: str) -> None:
        """Streams and conversations are read as their tab comes to the front."""
        if self._read is not None and key == "activity":
            self.frame.story.show_owner(OwnerKind.COMPANY, self._read.profile.id, until=self._read.profile.as_of)
        elif self._read is not None and key == "conversations":
            self.frame.talks.show_company(self._read.profile.id, self._read.talks_then())

    def _say_notice(self, read: CompanyRead) -> None:
        if read.profile.id != self._asked:
            self._asked = read.profile.id
            self.frame.say_merged()
        elif read.view.is_gone:
            self.frame.say_gone()

    def _say_gone(self, error: Exception) -> None:
        self._read = None
        self.setWindowTitle(self.tr("Not there any more"))
        if self._nobody is None:
            self._nobody = EmptyState("building-2", self.tr("Not there any more"), "")
        self._nobody.set_words(self.tr("Not there any more"), str(error))
        self.put_in_front(self._pages, self._nobody)

    def _ask_beside(self) -> None:
        read, now = self._read, self.session.now()
        if read is not None:
            self.session.ask(
                lambda connection: read_beside(connection, read, now),
                self._take_beside,
                asker=self,
                about="beside",
                failed=self.say_failed,
            )

    def _take_beside(self, found: CompanyBeside) -> None:
        self._beside = found
        self.banner.show_usage(found.usage, self._now())
        self.side.show_beside(found)
        if self._read is not None and self._read.is_past:
            self.members.show_past(self._read.profile.as_of, found.rows)
        self.members.show_usage(counts_sessions=found.usage.counts_sessions)
        talks = None if self._read is None else self._read.talks_then()
        self.frame.tabs.set_count("conversations", found.talks if talks is None else len(talks))
        self._tell_figures()

    def _tell_figures(self) -> None:
        if self._read is not None:
            found = self._beside
            usage, sessions = (found.usage, found.sessions) if found is not None else (None, None)
            self.frame.strip.show_figures(
                figures_in_words(self._read.figures, self._read.voices, usage, sessions, self._now())
            )

    def _now(self) -> datetime:
        """The moment that is shown."""
        return (self._read.profile.as_of if self._read is not None else None) or self.session.now()

    def _hear(self, kind: Stale, keys: frozenset[int] | None) -> None:
        if not self.past.isHidden():
            return
        if kind is Stale.COMPANY and (keys is None or self.shown_owner().id in keys):
            self.load(is_new=False)
            self._later.start()
        elif kind is Stale.CUSTOMER:
            mine = None if keys is None else keys & set(self.members.rows.ids())
            if mine is None or mine:
                self.members.forget(mine)
                self._later.start()
        elif kind is Stale.PROPERTY:
            self.load(is_new=False)

    def _connect(self) -> None:
        frame, acts, bar = self.frame, self.acts, self.members.bar
        self.header.note_wanted.connect(self.write_note)
        self.header.owner_wanted.connect(acts.open_owner)
        self.header.more_wanted.connect(acts.open_more)
        self.header.message_wanted.connect(lambda anchor: acts.message(anchor))
        self.banner.acted.connect(acts.plan_check_in)
        self.banner.explained.connect(acts.explain)
        frame.tab_shown.connect(self._show_tab)
        frame.notes_made.connect(self._greet_notes)
        frame.conversation_wanted.connect(self.session.open_conversation)
        frame.customer_wanted.connect(self.session.open_customer)
        self.members.begun.connect(self.members.table.setFocus)
        self.members.table.opened.connect(self.session.open_customer)
        bar.tag_wanted.connect(self.bulk.ask_tag)
        bar.owner_wanted.connect(self.bulk.ask_owner)
        bar.export_wanted.connect(self.bulk.export)
        bar.message_wanted.connect(lambda anchor: acts.message(anchor, self.members.rows.chosen()))
        connect_side(self, frame, acts)
        self.session.feed.changed.connect(self._hear)
        for place, key in enumerate(("activity", "conversations", "members", "notes"), start=1):
            self.bind(f"Alt+{place}", self.tr("Show a tab"), lambda key=key: frame.show_tab(key))
        self.bind("N", self.tr("Write a note"), self.write_note)
        self.bind("T", self.tr("Add a tag"), self.side.tags.begin)
        self.bind("O", self.tr("Owner"), self.header.owner.click)
        self.bind("M", self.tr("Message all"), self.header.message.click)
        self.bind("D", self.tr("As of another day"), self.ask_day)
        self.bind("F", self.tr("Find a member"), self._find)

    def _find(self) -> None:
        self.frame.show_tab("members")
        self.members.field.setFocus()
