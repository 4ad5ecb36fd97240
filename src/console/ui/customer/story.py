"""The middle of a customer's window: everything they said and did, newest first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.inbox import ConversationState
from console.ui.customer.read import CustomerRead
from console.ui.profile.lines import Line, Lines
from console.ui.profile.wording import CHANNEL_ICON, named, since_words
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.scrolled import scrolled


class Story(QWidget):
    """The conversations of a customer.

    Signals:
        conversation_wanted: (ConversationId) one of them was pressed.
    """

    conversation_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.lines = Lines()
        self.lines.opened.connect(self.conversation_wanted)
        words = self.tr("Messages, events and changes will appear here.")
        self._empty = EmptyState("activity", self.tr("No activity yet."), words, is_small=True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_4)
        column.addWidget(self.lines)
        column.addWidget(self._empty)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner, self.tr("Conversations")))

    def show_read(self, read: CustomerRead) -> None:
        """Shows another customer, or this one as it is now."""
        now, lines = self._session.now(), list[Line]()
        for card in read.view.conversations:
            icon = "check" if card.state is ConversationState.CLOSED else CHANNEL_ICON[card.channel]
            subject = named(card.subject) or self.tr("(no subject)")
            lines.append(Line(subject, since_words(card.last_at, now), card.id, icon=icon))
        self.lines.show_lines(lines)
        self._empty.setVisible(not lines)
