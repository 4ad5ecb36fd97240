"""What the panel shows, of a customer and of a company alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from console.domain.conversation import CustomerCard, NoteRow
from console.domain.edits import Owner
from console.domain.profile_view import (
    CompanyCard,
    CompanyProfile,
    ConversationCard,
    EventCount,
    IdentityRow,
    Location,
    Profile,
    ShownProperty,
    TagRow,
)
from console.domain.records import OwnerKind
from console.store import profiles

if TYPE_CHECKING:
    from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class View:
    """A profile, whoever's. `events`, `companies`, `segments` and `merged_from` are a customer's, `members` a company's.

    `as_of` is set where it is the profile of another day, which nobody can change.
    """

    owner: Owner
    name: str
    emails: tuple[str, ...]
    domain: str
    properties: tuple[ShownProperty, ...]
    tags: tuple[TagRow, ...]
    notes: tuple[NoteRow, ...]
    conversations: tuple[ConversationCard, ...]
    conversation_count: int
    identities: tuple[IdentityRow, ...]
    first_seen: datetime | None
    last_seen: datetime | None
    segments: tuple[str, ...] = ()
    segments_by_rule: tuple[str, ...] = ()
    companies: tuple[CompanyCard, ...] = ()
    members: tuple[CustomerCard, ...] = ()
    member_count: int = 0
    events: tuple[EventCount, ...] = ()
    merged_from: tuple[CustomerCard, ...] = ()
    location: Location | None = None
    is_role: bool = False
    is_shared: bool = False
    is_deceptive: bool = False
    as_of: datetime | None = None

    @property
    def is_company(self) -> bool:
        """Whether it is a company's."""
        return self.owner.kind is OwnerKind.COMPANY

    @property
    def is_gone(self) -> bool:
        """Whether every source that knew them has deleted them."""
        records = [one for one in self.identities if not one.is_home]
        return bool(records) and all(one.is_gone for one in records)

    @property
    def since(self) -> datetime:
        """Since when anything is known of them (aware UTC)."""
        known = [one.since for one in self.identities]
        return min(known if self.first_seen is None else [self.first_seen, *known])

    @property
    def main_company(self) -> CompanyCard | None:
        """The customer's main company, else the first one."""
        return next((one for one in self.companies if one.is_main), self.companies[0] if self.companies else None)


def read_view(connection: Connection, owner: Owner, now: datetime) -> View:
    """The profile of a customer or a company; of a merged one, the survivor's. Raises NotFound."""
    if owner.kind is OwnerKind.COMPANY:
        return view_of_company(profiles.company(connection, owner.id, now=now))
    return view_of_customer(profiles.profile(connection, owner.id, now=now))


def view_of_customer(profile: Profile) -> View:
    """What a panel or a window shows of a customer's profile."""
    return View(
        owner=Owner(OwnerKind.CUSTOMER, profile.id),
        name=profile.name,
        emails=profile.emails,
        domain="",
        properties=profile.properties,
        tags=profile.tags,
        notes=profile.notes,
        conversations=profile.conversations,
        conversation_count=profile.conversation_count,
        identities=profile.identities,
        first_seen=profile.first_seen,
        last_seen=profile.last_seen,
        segments=profile.segments,
        segments_by_rule=profile.segments_by_rule,
        companies=profile.companies,
        events=profile.events,
        merged_from=profile.merged_from,
        location=profile.location,
        is_role=profile.is_role,
        is_shared=profile.is_shared,
        is_deceptive=profile.is_deceptive,
        as_of=profile.as_of,
    )


def view_of_company(profile: CompanyProfile) -> View:
    """What a panel or a window shows of a company's profile."""
    return View(
        owner=Owner(OwnerKind.COMPANY, profile.id),
        name=profile.name,
        emails=(),
        domain=profile.domain,
        properties=profile.properties,
        tags=profile.tags,
        notes=profile.notes,
        conversations=profile.conversations,
        conversation_count=len(profile.conversations),
        identities=profile.identities,
        first_seen=profile.first_seen,
        last_seen=profile.last_seen,
        members=profile.members,
        member_count=profile.member_count,
        as_of=profile.as_of,
    )
