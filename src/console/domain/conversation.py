"""A conversation as it is read: its head, its turns, its notes, its attachments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from console.domain.edits import Owner
from console.domain.ids import ConversationId, CustomerId
from console.domain.inbox import ConversationState
from console.domain.records import AuthorKind, Channel, Person


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """A customer in one line. ``is_role``: the address is a desk's; ``is_shared``: several people use it;
    ``is_deceptive``: the name holds invisible signs or mixes scripts.
    """

    id: CustomerId
    name: str
    email: str
    company_name: str
    is_role: bool
    is_shared: bool
    is_deceptive: bool


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A part beside a message; ``size`` in bytes, ``name`` safe to show and to save under."""

    id: int
    name: str
    media_type: str
    size: int
    content_id: str | None
    is_inline: bool
    is_executable: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A message; ``at`` is aware UTC. ``html`` was cleaned when it was taken in. ``quoted_from`` is the offset in
    ``text`` at which the folded quote begins; ``is_gone``: the source no longer has it.
    """

    id: int
    kind: AuthorKind
    at: datetime
    author_name: str
    author_address: str
    author_customer: CustomerId | None
    text: str
    html: str | None
    quoted_from: int | None
    remote_images: int
    recipients: tuple[Person, ...]
    attachments: tuple[AttachmentRow, ...]
    warnings: tuple[str, ...]
    is_date_known: bool
    is_gone: bool


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note as it reads now; times are aware UTC."""

    id: str
    owner: Owner
    text: str
    author: str
    at: datetime
    edited_by: str | None
    edited_at: datetime | None
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """What a note said from ``at`` (aware UTC) on, and who wrote that."""

    id: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConversationHead:
    """Everything of a conversation but its turns. ``is_unlinked``: a teammate said it is nobody's known.

    ``merged_into`` is the conversation that took this one's messages. ``metadata`` holds what the source said of it, as
    text for people.
    """

    id: ConversationId
    channel: Channel
    subject: str
    state: ConversationState
    snoozed_until: datetime | None
    assignee: str | None
    is_priority: bool
    is_unread: bool
    source_name: str
    customer: CustomerCard | None
    is_unlinked: bool
    nickname: str
    tags: tuple[str, ...]
    participants: tuple[Person, ...]
    turn_count: int
    first_at: datetime
    last_at: datetime
    merged_into: ConversationId | None
    metadata: Mapping[str, str]
