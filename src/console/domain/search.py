"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.ids import ConversationId


class HitKind(StrEnum):
    """What was found."""

    MESSAGE = "message"
    CUSTOMER = "customer"
    COMPANY = "company"
    NOTE = "note"
    CONVERSATION = "conversation"
    TAG = "tag"
    PROPERTY = "property"
    SEGMENT = "segment"


WORDED = (HitKind.CUSTOMER, HitKind.COMPANY, HitKind.NOTE, HitKind.MESSAGE)
"""The kinds of which a box that knows only words tells."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``id`` is its key as text (a note's is a UUID); ``at`` is aware UTC.

    ``spans`` are the matches in ``snippet``, ``title_spans`` those in ``title``: (start, end) offsets in ascending order.
    A note hangs on the one of conversation, customer and company that is given. ``count``: how often a tag is stuck on, or how
    many are in a segment. ``channel``, ``state`` and ``assignee`` are a conversation's.
    """

    kind: HitKind
    id: str
    title: str
    snippet: str
    at: datetime | None
    conversation_id: ConversationId | None
    spans: tuple[tuple[int, int], ...] = ()
    title_spans: tuple[tuple[int, int], ...] = ()
    customer_id: int | None = None
    company_id: int | None = None
    count: int | None = None
    channel: str = ""
    state: str = ""
    assignee: str = ""
