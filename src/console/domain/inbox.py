"""The inbox: which conversations are wanted, how a row of it reads, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from console.domain.channels import AuthorKind, Channel
from console.domain.ids import CompanyId, ConversationId, CustomerId


class ConversationState(StrEnum):
    """Whether a conversation needs somebody: now, later, or no longer."""

    OPEN = "open"
    SNOOZED = "snoozed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """Which conversations are wanted; every condition that is given must hold. ``state`` None takes all three.

    A conversation whose snooze has ended counts as open. ``assignee`` is a teammate's name.
    """

    state: ConversationState | None = ConversationState.OPEN
    assignee: str | None = None
    is_unassigned: bool = False
    channel: Channel | None = None
    tag: str | None = None
    company: CompanyId | None = None
    customer: CustomerId | None = None
    is_unread: bool = False
    has_no_customer: bool = False


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of the inbox; times are aware UTC. Names are empty where nobody is known (then ``nickname`` may say)."""

    id: ConversationId
    channel: Channel
    subject: str
    preview: str
    customer_id: CustomerId | None
    customer_name: str
    company_name: str
    last_at: datetime
    waiting_since: datetime | None
    unread_count: int
    state: ConversationState
    snoozed_until: datetime | None
    assignee: str | None
    is_priority: bool
    tags: tuple[str, ...]
    last_author: AuthorKind
    nickname: str
    has_attachments: bool


class PageKey(NamedTuple):
    """Where a page ended: ``at`` in microseconds since 1970, and the row's key. Rows come newest first, then by key.

    A tuple, since a list compares hundreds of them whenever a page of mail came in.
    """

    at: int
    id: int


COUNTED_UP_TO = 1_000
"""Nobody reads more than "a thousand and more", and counting on would cost more with every conversation there is."""


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How many conversations there are in each state; ``COUNTED_UP_TO`` stands for that many and any more."""

    open: int
    snoozed: int
    closed: int
