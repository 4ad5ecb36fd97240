"""Edits of conversations: whose they are, their state, who takes care of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.ids import ConversationId, CustomerId


@dataclass(frozen=True, slots=True)
class AssignCustomer:
    """A conversation is this customer's (also instead of another)."""

    conversation: ConversationId
    customer: CustomerId


@dataclass(frozen=True, slots=True)
class UnlinkCustomer:
    """A conversation is nobody's known."""

    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class CloseConversation:
    """Done with it, until the customer writes again."""

    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class ReopenConversation:
    """It needs somebody again; also ends a snooze."""

    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class SnoozeConversation:
    """Out of sight until then (aware UTC)."""

    conversation: ConversationId
    until: datetime


@dataclass(frozen=True, slots=True)
class AssignTeammate:
    """Who takes care of a conversation; None is nobody."""

    conversation: ConversationId
    teammate: str | None


@dataclass(frozen=True, slots=True)
class SetPriority:
    """Whether a conversation goes before others."""

    conversation: ConversationId
    is_priority: bool


@dataclass(frozen=True, slots=True)
class MarkRead:
    """Read or unread, for the team."""

    conversation: ConversationId
    is_read: bool


@dataclass(frozen=True, slots=True)
class QueueReply:
    """An answer waiting to be sent; it stays in the outbox until a connector takes it."""

    conversation: ConversationId
    message_key: str
    text: str
