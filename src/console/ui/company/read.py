"""What the window of a company shows: the profile at once, the rest a moment later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from console.domain.company_figures import CompanyFigures, CompanySessions, Fact, Voices, figures_of
from console.domain.company_members import MemberRow, SuggestedDuplicate, SuggestedMember
from console.domain.edits import Owner
from console.domain.profile_view import CompanyProfile, ConversationCard
from console.store import profiles
from console.store.company_facts import facts_of, sessions_of_company, voices_of
from console.store.company_past import CompanyThen, company_at, sessions_of_company_then
from console.store.company_segments import segments_of_company
from console.store.company_suggestions import suggested_duplicates, suggested_members
from console.store.company_talks import talk_count
from console.store.company_usage import CompanyUsage, usage_of
from console.store.company_usage_past import usage_then
from console.store.member_rows_past import member_rows_then
from console.store.own_clock import zone_of
from console.ui.profile.view import View, view_of_company

if TYPE_CHECKING:
    from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class CompanyRead:
    """A company's profile with its key figures, and how many of its members say what."""

    profile: CompanyProfile
    view: View
    facts: dict[str, Fact]
    figures: CompanyFigures
    voices: dict[str, tuple[Voices, ...]]
    segments: tuple[str, ...]
    then: CompanyThen | None = None

    @property
    def is_past(self) -> bool:
        """Whether it shows another day than today."""
        return self.profile.as_of is not None

    def talks_then(self) -> tuple[ConversationCard, ...] | None:
        """The conversations of another day, the newest 50; None for today's."""
        return self.profile.conversations if self.is_past else None

    @property
    def owner(self) -> Owner:
        """Whom edits are about."""
        return self.view.owner


@dataclass(frozen=True, slots=True)
class CompanyBeside:
    """What takes a moment: health, sessions, how many conversations, who else may be a member, which company may be the same."""

    usage: CompanyUsage
    sessions: CompanySessions | None
    talks: int
    members: tuple[SuggestedMember, ...]
    duplicates: tuple[SuggestedDuplicate, ...]
    rows: tuple[MemberRow, ...] = ()
    """The members of another day; those of today are read as they come into sight."""


def read_company(connection: Connection, key: int, now: datetime, as_of: datetime | None = None) -> CompanyRead:
    """The company as of now, or of a moment (aware UTC); of a merged one, the survivor. Raises NotFound."""
    if as_of is not None:
        then = company_at(connection, key, as_of)
        view, figures = view_of_company(then.profile), figures_of(then.facts)
        return CompanyRead(then.profile, view, then.facts, figures, then.voices, then.segments, then)
    profile = profiles.company(connection, key, now=now)
    facts = facts_of(connection, profile.id)
    return CompanyRead(
        profile,
        view_of_company(profile),
        facts,
        figures_of(facts),
        voices_of(connection, profile.id),
        segments_of_company(connection, profile.id),
    )


def read_beside(connection: Connection, read: CompanyRead, now: datetime) -> CompanyBeside:
    """For the reading thread; nobody is suggested for the company of another day."""
    key = read.profile.id
    if read.then is not None:
        usage = usage_then(connection, read.then)
        zone, counts = zone_of(connection), usage.counts_sessions
        rows = member_rows_then(connection, read.then.members, zone, counts_sessions=counts)
        return CompanyBeside(usage, sessions_of_company_then(connection, read.then), 0, (), (), rows)
    return CompanyBeside(
        usage_of(connection, key, now=now, facts=read.facts),
        sessions_of_company(connection, key, read.facts),
        talk_count(connection, key),
        suggested_members(connection, key),
        suggested_duplicates(connection, key),
    )
