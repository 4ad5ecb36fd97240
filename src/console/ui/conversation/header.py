"""The head of a conversation: what it is about, between whom, whose it is, and what is to become of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.conversation import ConversationHead, Turn
from console.domain.inbox import ConversationState
from console.domain.profile_view import TagRow
from console.domain.records import AuthorKind, Channel
from console.ui.conversation.customer_chip import CustomerSpot
from console.ui.profile.tags import TagRowOfChips
from console.ui.profile.wording import CHANNEL_ICON, isolated, moment_words, named
from console.ui.style import tokens
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.chip import Chip
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel

_STARS = ("1", "2", "3", "4", "5")


class ConversationHeader(QFrame):
    """Subject, the line of facts, the customer, and the buttons.

    Signals:
        priority_pressed, snooze_pressed, more_pressed, state_pressed: the button was pressed; each button is an attribute.
    """

    priority_pressed = Signal()
    snooze_pressed = Signal()
    more_pressed = Signal()
    state_pressed = Signal()

    def __init__(self, known_tags: Callable[[], Iterable[str]], parent: QWidget | None = None) -> None:
        """`known_tags` gives the tags that exist, for completing."""
        super().__init__(parent)
        self.tags = TagRowOfChips(known_tags, is_small=True)
        # The chips are lower than the customer's chip beside them; so they stand in its middle.
        self.tags.setContentsMargins(0, 3, 0, 0)
        self.subject = ElidedLabel("", "heading")
        self._icon = IconLabel("mail", "text2", 14)
        self._facts = ElidedLabel("", "small")
        self._snoozed = Chip("", "amber", "alarm-clock")
        self._snoozed.hide()
        self.spot = CustomerSpot()
        self._make_buttons()
        texts = QVBoxLayout()
        texts.setSpacing(tokens.SPACE_1)
        texts.addWidget(self.subject)
        facts = QHBoxLayout()
        facts.setSpacing(6)
        facts.addWidget(self._icon)
        facts.addWidget(self._facts)
        facts.addWidget(self._snoozed)
        facts.addStretch(1)
        texts.addLayout(facts)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.SPACE_1)
        for button in (self.star, self.snooze, self.more, self.state):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_1)
        top.addLayout(texts, 1)
        top.addLayout(buttons)
        whose = QHBoxLayout()
        whose.setSpacing(tokens.SPACE_2)
        whose.addWidget(self.spot, 0, Qt.AlignmentFlag.AlignTop)
        whose.addWidget(self.tags, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_3, tokens.SPACE_4, tokens.SPACE_3)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(whose)

    def show_head(self, head: ConversationHead, turns: Iterable[Turn], me: str) -> None:
        """Shows another conversation, or this one as it is now; `me` is the teammate's name."""
        # First what has a layout of its own: Qt arranges in the order in which it was told, and this one only once then.
        self.spot.show_customer(head.customer, is_unlinked=head.is_unlinked)
        self.tags.show_tags((), tuple(TagRow(tag, "", head.last_at) for tag in head.tags), head.last_at)
        self.subject.set_words(named(head.subject) or self.tr("(no subject)"))
        self._icon.set_icon(CHANNEL_ICON[head.channel], "text2")
        self._facts.set_words(" · ".join((*self._between(head, turns), self._whose(head, me))))
        self._show_snooze(head.snoozed_until if head.state is ConversationState.SNOOZED else None)
        # Not checkable: a press would change it before the feed says that the edit was taken.
        self.star.set_icon("star", "amber" if head.is_priority else "text2")
        self.star.set_name(self.tr("No longer a priority") if head.is_priority else self.tr("Make it a priority"))
        is_closed = head.state is ConversationState.CLOSED
        self.state.set_words(self.tr("Reopen") if is_closed else self.tr("Close"))
        self.state.set_icon("rotate-ccw" if is_closed else "check")

    def _make_buttons(self) -> None:
        self.star = IconButton("star", self.tr("Make it a priority"), keys="P")
        self.snooze = IconButton("alarm-clock", self.tr("Snooze"), keys="H")
        self.more = IconButton("ellipsis", self.tr("More"))
        self.state = Button(self.tr("Close"), "primary", icon="check", keys="E")
        self.star.clicked.connect(self.priority_pressed)
        self.snooze.clicked.connect(self.snooze_pressed)
        self.more.clicked.connect(self.more_pressed)
        self.state.clicked.connect(self.state_pressed)

    def _between(self, head: ConversationHead, turns: Iterable[Turn]) -> list[str]:
        if head.channel is not Channel.EMAIL:
            source = named(head.source_name)
            parts = [source] if source else []
            if head.nickname:
                parts.append(self.tr("by {0}").format(isolated(f"“{head.nickname}”")))
            rating = next((head.metadata[key] for key in ("rating", "score") if head.metadata.get(key)), "")
            if head.channel is Channel.REVIEW and rating in _STARS:
                rating = self.tr("{0} of 5").format(rating)
            return [*parts, named(rating)] if rating else parts
        latest = None
        for turn in turns:
            if latest is None or turn.kind is AuthorKind.CUSTOMER:
                latest = turn
        if latest is None:
            return [self.tr("No message yet")]
        receivers = ", ".join(isolated(person.address or person.name) for person in latest.recipients[:2])
        return [f"{isolated(latest.author_address or latest.author_name)} → {receivers}" if receivers else ""]

    def _whose(self, head: ConversationHead, me: str) -> str:
        if head.assignee is None:
            return self.tr("Not assigned")
        if head.assignee == me:
            return self.tr("Assigned to you")
        return self.tr("Assigned to {0}").format(isolated(head.assignee))

    def _show_snooze(self, until: datetime | None) -> None:
        self._snoozed.setVisible(until is not None)
        if until is not None:
            self._snoozed.set_chip(self.tr("until {0}").format(moment_words(until)), "amber", "alarm-clock")
