"""What a screen reader calls the texts of a conversation."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from console.ui.conversation.message_bubble import MessageBubble
from console.ui.conversation.message_text import MessageText
from console.ui.conversation.note_card import NoteCard
from console.ui.conversation.other_bubbles import QueuedBubble


def test_each_text_is_called_what_it_is(qtbot: QtBot) -> None:
    called = {}
    for kind in (MessageBubble, NoteCard, QueuedBubble):
        widget = kind()
        qtbot.addWidget(widget)
        called[kind] = [one.accessibleName() for one in widget.findChildren(MessageText)]
    assert called == {
        MessageBubble: ["Text of the message"],
        NoteCard: ["Text of the note"],
        QueuedBubble: ["Text of your answer"],
    }
