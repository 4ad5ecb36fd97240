"""The right column of a customer's window: where they are, what they do in the product, what the team noted."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from console.domain.conversation import NoteRow
from console.store.event_details import newest_details
from console.ui.customer.event_list import Details, EventList
from console.ui.customer.place_card import PlaceCard
from console.ui.customer.read import CustomerRead
from console.ui.profile.notes import NoteColumn
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.cards import divider
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.section import Section

_SEARCH_FROM, _LAID_OUT_MS = 4, 20


class SignalsColumn(QFrame):
    """Place, events and notes; notes can be searched where there are several."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._read: CustomerRead | None = None
        self.place, self.events, self.notes = PlaceCard(), EventList(self._details_of), NoteColumn()
        self.search = SearchField(self.tr("Search notes"))
        self.search.searched.connect(self._narrow)
        self._none = label(self.tr("No note holds these words"), "small")
        self._content = QWidget(self)
        self.area = scrolled(self._content, self.tr("Signals"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        self.events_section = Section("events", self.tr("Events"), parent=self._content)
        self.notes_section = Section("notes", self.tr("Notes"), act=self.tr("Write a note"), parent=self._content)
        self.events_section.body.addWidget(self.events)
        for body in (self.search, self._none, self.notes):
            self.notes_section.body.addWidget(body)
        self.notes_section.acted.connect(self.notes.begin)
        self.setProperty("surface", "panel")
        self.setProperty("line", "left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Signals"))
        column = QVBoxLayout(self._content)
        column.setContentsMargins(tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_4)
        column.setSpacing(tokens.SPACE_3)
        for widget in (self.place, divider(), self.events_section, divider(), self.notes_section):
            column.addWidget(widget)
        column.addStretch(1)

    def show_read(self, read: CustomerRead, *, is_new: bool, draft: str | None) -> None:
        """Shows another customer, or this one as it is now; `draft` fills the field for a note, None leaves it alone."""
        self._read, now = read, self._session.now()
        self.events.show_events(read.view.events, read.profile.as_of or now, is_new=is_new)
        self.events_section.set_count(sum(event.count for event in read.view.events) or None)
        self.notes.read_only(is_only_read=read.is_past)
        if self.notes_section.button is not None:
            self.notes_section.button.setEnabled(not read.is_past)
        if is_new:
            self.search.empty()
        self.search.setVisible(len(read.view.notes) >= _SEARCH_FROM)
        self.notes.show_notes(self._wanted(), now, draft=None if read.is_past else draft)
        self._say_none()
        self.notes_section.set_count(len(read.view.notes) or None)

    def lend(self) -> QWidget:
        """The contents, to be shown somewhere else; the column hides."""
        self.hide()
        return self.area.takeWidget() or self._content

    def take_back(self) -> None:
        """Shows the contents in the column again."""
        self.area.setWidget(self._content)
        self._content.show()
        self.show()

    def write_note(self) -> None:
        """Opens the field for a note."""
        self.notes_section.fold(is_folded=False)
        self.notes.begin()
        # Once every layout above has heard of the field, wherever the column is shown.
        QTimer.singleShot(_LAID_OUT_MS, self.notes.field, self._reveal_field)

    def _reveal_field(self) -> None:
        ground = self.notes.field.parentWidget()
        while ground is not None and not isinstance(ground, QScrollArea):
            ground = ground.parentWidget()
        if ground is not None:
            ground.ensureWidgetVisible(self.notes.field.parentWidget() or self.notes.field)

    def _wanted(self) -> tuple[NoteRow, ...]:
        words = self.search.text().casefold().split()
        notes = self._read.view.notes if self._read is not None else ()
        return tuple(note for note in notes if all(word in f"{note.text} {note.author}".casefold() for word in words))

    def _narrow(self, _words: str) -> None:
        self.notes.show_notes(self._wanted(), self._session.now())
        self._say_none()

    def _say_none(self) -> None:
        is_none = bool(self.search.text().strip()) and not self._wanted()
        self._none.setVisible(is_none)
        self.notes.setVisible(not is_none)

    def _details_of(self, name: str) -> Details:
        if self._read is None:
            return ()
        until = self._read.profile.as_of or self._session.now()
        identities = tuple(one.id for one in self._read.profile.identities)
        return self._session.read(lambda connection: newest_details(connection, identities, name, until))
