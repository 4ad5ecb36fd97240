"""Who could be the customer of a conversation, and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.domain.conversation import CustomerCard
from console.domain.ids import ConversationId
from console.domain.records import Channel


class CandidateGroup(StrEnum):
    """Why a customer is offered: evidence in the conversation, what was typed, or lately seen."""

    SUGGESTED = "suggested"
    MATCH = "match"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who may be meant; ``reason`` says what speaks for it, ``is_strong`` where that hardly leaves a doubt."""

    customer: CustomerCard
    reason: str
    is_strong: bool
    group: CandidateGroup


@dataclass(frozen=True, slots=True)
class Alike:
    """Conversations of nobody that show the same sender: ``by`` is the nickname, address or name, or "" where none is known.

    ``channel`` is theirs where all have the same.
    """

    conversations: tuple[ConversationId, ...]
    by: str
    channel: Channel | None
