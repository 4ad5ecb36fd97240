"""Notes and waiting answers as bubbles: ours, on the right."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.domain.conversation import NoteRow
from console.domain.outbox import SendingState
from console.ui.conversation.bubble import Bubble, Side
from console.ui.conversation.entries import QueuedReply
from console.ui.conversation.message_text import MessageText
from console.ui.conversation.note_card import NoteCard
from console.ui.outbox.words import look_of
from console.ui.profile.wording import named, time_words
from console.ui.style import tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.chip import Chip
from console.ui.widgets.labels import label, set_look

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
        meaning, look = self._meaning(reply)
        self._reason.setText(meaning)
        set_look(self._reason, look)
        self._reason.setVisible(bool(meaning))
        self.text.show_plain(reply.text)
        self.setAccessibleName(self.tr("Your answer: {0}").format(words))

    def refresh(self) -> None:
        """Lays the text out again, for another theme."""
        self.text.refresh()

    def _standing(self, state: str) -> tuple[str, Tone, str]:
        """The words of the outbox; an answer that is not folded yet has no state."""
        if not state:
            return self.tr("Queued, not sent yet"), "amber", "clock"
        icon, tone = look_of(SendingState(state))
        match SendingState(state):
            case SendingState.SENT:
                return self.tr("Sent"), tone, icon
            case SendingState.REFUSED:
                return self.tr("Refused"), tone, icon
            case SendingState.UNKNOWN:
                return self.tr("Unknown"), tone, icon
            case SendingState.HELD:
                return self.tr("Held"), tone, icon
            case SendingState.CLAIMED:
                return self.tr("Being sent"), tone, icon
            case _:
                return self.tr("Queued, not sent yet"), "amber", icon

    def _meaning(self, reply: QueuedReply) -> tuple[str, str]:
        """What a teammate has to know, and in which look."""
        reason = named(reply.reason)
        match reply.state:
            case SendingState.UNKNOWN.value:
                words = self.tr("Nobody can tell whether it was sent. Check it in the outbox before you write again.")
                return f"{reason.rstrip('.')}. {words}" if reason else words, "body2"
            case SendingState.REFUSED.value:
                return reason, "red"
            case SendingState.SENT.value:
                return "", "body2"
            case _:
                return reason, "amber"
