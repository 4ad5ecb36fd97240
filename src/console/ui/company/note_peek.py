"""The notes of a company at a glance: the pinned one and the newest, the rest in their tab."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.conversation import NoteRow
from console.ui.profile.wording import named, since_words
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, empty, row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label

_MOST, _LONGEST = 2, 160


class NotePeek(QWidget):
    """Only shows; the tab writes.

    Signals:
        all_wanted: all notes are to be shown.
    """

    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[NoteRow, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SPACE_2)

    def show_notes(self, notes: tuple[NoteRow, ...], now: datetime) -> None:
        """Shows the first of these; `now` is aware UTC."""
        if notes == self._shown:
            return
        self._shown = notes
        empty(self._column)
        for note in sorted(notes, key=lambda one: not one.is_pinned)[:_MOST]:
            self._column.addWidget(self._card(note, now))
        if not notes:
            self._column.addWidget(label(self.tr("No notes yet"), "small"))
        elif len(notes) > _MOST:
            more = Button(self.tr("Show all {0} notes").format(len(notes)), "link")
            more.clicked.connect(self.all_wanted)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _card(self, note: NoteRow, now: datetime) -> Card:
        card = Card("note", tokens.SPACE_2)
        words = named(note.text[:_LONGEST]) + ("…" if len(note.text) > _LONGEST else "")
        head = row(label(words, "note", is_wrapping=True))
        head.setStretch(0, 1)
        if note.is_pinned:
            head.addWidget(IconLabel("pin", "notefg", 14), 0, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(head)
        card.column.addWidget(label(f"{named(note.author)} · {since_words(note.at, now)}", "small"))
        card.setAccessibleName(words)
        return card
