"""A profile as it is read: what is shown of a customer or a company, and who says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from console.domain.conversation import CustomerCard, NoteRow
from console.domain.ids import CompanyId, ConversationId, CustomerId, IdentityId
from console.domain.inbox import ConversationState
from console.domain.profile import Claim, ClaimState
from console.domain.records import Channel
from console.domain.values import Value, ValueKind

WEEKS = 12


@dataclass(frozen=True, slots=True)
class MemberValue:
    """What one member of a company says about it."""

    customer_id: CustomerId
    customer_name: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class ShownProperty:
    """One property: the claim that wins, and the others in the order in which they would win.

    ``value`` is None where the winner masks or removes. ``members``: for a company, what its members say, whether it is
    shown or not; empty on a customer.
    """

    name: str
    kind: ValueKind
    state: ClaimState
    value: Value | None
    winner: Claim
    losers: tuple[Claim, ...]
    is_on_top: bool
    choices: tuple[str, ...]
    members: tuple[MemberValue, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """Under which key a source knows the owner. ``is_home``: made here, for what was done by hand; ``is_gone``: the
    source no longer has it. ``since`` is aware UTC.
    """

    id: IdentityId
    source_name: str
    source_kind: str
    external_id: str
    emails: tuple[str, ...]
    is_home: bool
    is_gone: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag, who stuck it on and when (aware UTC)."""

    name: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """A company in one line; ``is_main`` where it is the customer's main one."""

    id: CompanyId
    name: str
    domain: str
    member_count: int
    is_main: bool


@dataclass(frozen=True, slots=True)
class ConversationCard:
    """A conversation in one line; ``last_at`` is aware UTC."""

    id: ConversationId
    channel: Channel
    subject: str
    state: ConversationState
    last_at: datetime
    message_count: int


@dataclass(frozen=True, slots=True)
class EventCount:
    """How often a customer did something. ``weekly``: the last twelve weeks, oldest first, ending at the last event of
    any name. ``metadata_latest``: what the newest one said, as text for people.
    """

    name: str
    count: int
    first_at: datetime
    last_at: datetime
    weekly: tuple[int, ...]
    metadata_latest: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Location:
    """Where the customer is, from ``origin`` (the source's name) since then; parts that are not known are empty."""

    city: str
    country: str
    time_zone: str
    origin: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is shown of a customer. ``conversations``: the first 50, newest first, of ``conversation_count``.

    ``properties`` are those on top first, then by place and name; masked ones are among them (``state``), removed ones
    are not. ``segments_by_rule``: those of ``segments`` that are ours; the others are
    given by sources. ``merged_from``: customers that became part of this one. ``as_of`` is set on a profile of another day.
    """

    id: CustomerId
    name: str
    emails: tuple[str, ...]
    identities: tuple[IdentityRow, ...]
    properties: tuple[ShownProperty, ...]
    tags: tuple[TagRow, ...]
    segments: tuple[str, ...]
    notes: tuple[NoteRow, ...]
    companies: tuple[CompanyCard, ...]
    conversations: tuple[ConversationCard, ...]
    conversation_count: int
    events: tuple[EventCount, ...]
    first_seen: datetime | None
    last_seen: datetime | None
    location: Location | None
    merged_from: tuple[CustomerCard, ...]
    is_role: bool
    is_shared: bool
    is_deceptive: bool
    merged_into: CustomerId | None
    as_of: datetime | None
    segments_by_rule: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """All that is shown of a company. ``members``: the first 100 of ``member_count`` by name; ``as_of``: another day's (aware UTC)."""

    id: CompanyId
    name: str
    domain: str
    properties: tuple[ShownProperty, ...]
    tags: tuple[TagRow, ...]
    notes: tuple[NoteRow, ...]
    members: tuple[CustomerCard, ...]
    member_count: int
    conversations: tuple[ConversationCard, ...]
    identities: tuple[IdentityRow, ...]
    first_seen: datetime | None
    last_seen: datetime | None
    as_of: datetime | None = None
