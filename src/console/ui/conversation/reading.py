"""Everything that the conversation shows, read in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.conversation import ConversationHead, NoteRow, Turn
from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.store import conversations
from console.store.replies import waiting_replies
from console.ui.conversation.entries import QueuedReply

if TYPE_CHECKING:
    from console.store.database import Connection

PAGE = 20


@dataclass(frozen=True, slots=True)
class Read:
    """One conversation as far as it is loaded; `has_all` when no older message is left in the store."""

    head: ConversationHead
    turns: tuple[Turn, ...]
    notes: tuple[NoteRow, ...]
    queued: tuple[QueuedReply, ...]
    has_all: bool


def whole(conversation: int, count: int = PAGE) -> Callable[[Connection], Read]:
    """The question for a conversation with its last `count` messages. Raises NotFound when asked."""

    def ask(connection: Connection) -> Read:
        head = conversations.head(connection, conversation)
        turns = conversations.turns(connection, conversation, None, count + 1)
        has_all = len(turns) <= count
        owner = Owner(OwnerKind.CONVERSATION, conversation)
        waiting = waiting_replies(connection, conversation)
        return Read(
            head,
            turns if has_all else turns[1:],
            conversations.notes(connection, owner),
            tuple(QueuedReply(one.edit, one.at, one.by, one.text, one.state, one.reason) for one in waiting),
            has_all,
        )

    return ask


def older(read: Read, count: int = PAGE) -> Callable[[Connection], Read]:
    """The question for the same conversation with `count` older messages above those that are loaded."""

    def ask(connection: Connection) -> Read:
        before = read.turns[0].id if read.turns else None
        more = conversations.turns(connection, read.head.id, before, count + 1)
        has_all = len(more) <= count
        turns = (more if has_all else more[1:]) + read.turns
        return Read(read.head, turns, read.notes, read.queued, has_all)

    return ask
