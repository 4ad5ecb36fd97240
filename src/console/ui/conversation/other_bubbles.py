"""Notes and waiting answers as bubbles: ours, on the right."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.domain.conversation import NoteRow
from console.ui.conversation.bubble import Bubble, Side
from console.ui.conversation.entries import QueuedReply
from console.ui.conversation.message_text import MessageText
from console.ui.conversation.note_card import NoteCard
from console.ui.profile.wording import named, time_words
from console.ui.style import tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.chip import Chip
from console.ui.widgets.labels import label

_FREE = 84


class NoteBubble(QWidget):
    """A note between the messages, with its author's face."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = NoteCard()
        self._face = Avatar(Face("?"), 28)
        row = QHBoxLayout(self)
        row.setContentsMargins(_FREE, 0, 0, 0)
        row.setSpacing(tokens.SPACE_2)
        row.addWidget(self.card, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._face, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_note(self, note: NoteRow, now: datetime) -> None:
        """Shows a note."""
        self._face.set_face(Face(note.author or "?"))
        self.card.show_note(note, now, when=self.tr("{0} · Note, visible to your team").format(time_words(note.at)))

    def refresh(self) -> None:
        """Shows it again, for another theme."""
        self.card.refresh()


class QueuedBubble(Bubble):
    """An answer that waits in the outbox, and says how it stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = MessageText()
        self.text.setAccessibleName(self.tr("Text of your answer"))
        self._chip = Chip("", "amber", "clock")
        self._reason = label("", "red", is_wrapping=True)
        self.top.insertWidget(self.top.count() - 2, self._chip)
        self.card.column.addWidget(self.text)
        self.card.column.addWidget(self._reason)

    def show_reply(self, reply: QueuedReply) -> None:
        """Shows a waiting answer."""
        self.lean(Side.OURS)
        self.sign(named(reply.author), time_words(reply.at), "")
        words, tone, icon = self._standing(reply.state)
        self._chip.set_chip(words, tone, icon)
        self._reason.setText(named(reply.reason))
        self._reason.setVisible(bool(reply.reason))
        self.text.show_plain(reply.text)
        self.setAccessibleName(self.tr("Your answer: {0}").format(words))

    def refresh(self) -> None:
        """Lays the text out again, for another theme."""
        self.text.refresh()

    def _standing(self, state: str) -> tuple[str, Tone, str]:
        match state:
            case "sent":
                return self.tr("Sent"), "green", "check-check"
            case "refused":
                return self.tr("Not accepted"), "red", "circle-alert"
            case "unknown":
                return self.tr("Not known whether sent"), "amber", "circle-question-mark"
            case _:
                return self.tr("Queued, not sent yet"), "amber", "clock"
