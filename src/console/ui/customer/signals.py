"""The right column of a customer's window: where they are, what they do in the product, what the team noted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from console.ui.customer.read import CustomerRead
from console.ui.profile.events import EventLines
from console.ui.profile.notes import NoteColumn
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.cards import divider
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.section import Section


class SignalsColumn(QFrame):
    """Place, events and notes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.events, self.notes = EventLines(), NoteColumn()
        self.events_section = Section("events", self.tr("Events"))
        self.notes_section = Section("notes", self.tr("Notes"), act=self.tr("Write a note"))
        self.events_section.body.addWidget(self.events)
        self.notes_section.body.addWidget(self.notes)
        self.notes_section.acted.connect(self.notes.begin)
        self.setProperty("surface", "panel")
        self.setProperty("line", "left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Signals"))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_4)
        column.setSpacing(tokens.SPACE_3)
        for widget in (self.events_section, divider(), self.notes_section):
            column.addWidget(widget)
        column.addStretch(1)
        self.area = scrolled(inner, self.tr("Signals"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def show_read(self, read: CustomerRead, *, draft: str | None) -> None:
        """Shows another customer, or this one as it is now; `draft` fills the field for a note, None leaves it alone."""
        now = self._session.now()
        self.events.show_events(read.view.events, now)
        self.notes.show_notes(read.view.notes, now, draft=draft)
        self.notes_section.set_count(len(read.view.notes) or None)

    def write_note(self) -> None:
        """Opens the field for a note."""
        self.notes_section.fold(is_folded=False)
        self.notes.begin()
        self.area.ensureWidgetVisible(self.notes.field)
