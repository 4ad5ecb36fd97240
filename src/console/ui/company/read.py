"""What the window of a company shows: the profile at once, the rest a moment later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from console.domain.company_figures import CompanyFigures, CompanySessions, Fact, Voices, figures_of
from console.domain.company_members import SuggestedDuplicate, SuggestedMember
from console.domain.edits import Owner
from console.domain.profile_view import CompanyProfile
from console.store import profiles
from console.store.company_facts import facts_of, sessions_of_company, voices_of
from console.store.company_segments import segments_of_company
from console.store.company_suggestions import suggested_duplicates, suggested_members
from console.store.company_talks import talk_count
from console.store.company_usage import CompanyUsage, usage_of
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

    @property
    def owner(self) -> Owner:
        """Whom edits are about."""
        return self.view.owner

    @property
    def is_gone(self) -> bool:
        """Whether every source that knew the company has deleted it."""
        records = [one for one in self.profile.identities if not one.is_home]
        return bool(records) and all(one.is_gone for one in records)


@dataclass(frozen=True, slots=True)
class CompanyBeside:
    """What takes a moment: health, sessions, how many conversations, who else may be a member, which company may be the same."""

    usage: CompanyUsage
    sessions: CompanySessions | None
    talks: int
    members: tuple[SuggestedMember, ...]
    duplicates: tuple[SuggestedDuplicate, ...]


def read_company(connection: Connection, key: int, now: datetime) -> CompanyRead:
    """The company as of now; of a merged one, the survivor. Raises NotFound."""
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
    """For the reading thread."""
    key = read.profile.id
    return CompanyBeside(
        usage_of(connection, key, now=now, facts=read.facts),
        sessions_of_company(connection, key, read.facts),
        talk_count(connection, key),
        suggested_members(connection, key),
        suggested_duplicates(connection, key),
    )
