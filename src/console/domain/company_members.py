"""Members of a company as its window lists them, and who else might be one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.ids import CompanyId, CustomerId

WEEKS = 8


class MemberOrder(StrEnum):
    """By what members are sorted; nobody's value comes last either way."""

    NAME = "name"
    PLACE = "place"
    LAST_SEEN = "last seen"
    SESSIONS = "sessions"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member in one line. ``sessions`` is None where nobody counts them; ``weeks``: the last eight, oldest first.

    ``last_seen`` is aware UTC; ``place`` is empty where it is not known.
    """

    id: CustomerId
    name: str
    email: str
    place: str
    last_seen: datetime | None
    sessions: int | None
    weeks: tuple[int, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuggestedMember:
    """A customer whose address is of the company's domain, and who belongs to no company."""

    id: CustomerId
    name: str
    email: str
    domain: str


class Likeness(StrEnum):
    """Why two companies may be one."""

    DOMAIN = "same domain"
    NAME = "same name"
    SPELLING = "similar name"


@dataclass(frozen=True, slots=True)
class SuggestedDuplicate:
    """Another company that may be the same."""

    id: CompanyId
    name: str
    domain: str
    members: int
    why: Likeness
