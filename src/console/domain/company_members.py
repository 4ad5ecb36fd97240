"""Members of a company as its window lists them, and who else might be one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.ids import CompanyId, ConversationId, CustomerId
from console.domain.inbox import ConversationState
from console.domain.records import Channel

WEEKS = 8


class MemberOrder(StrEnum):
    """By what members are sorted; nobody's value comes last either way."""

    NAME = "name"
    PLACE = "place"
    LAST_SEEN = "last seen"
    SESSIONS = "sessions"


class MemberSight(StrEnum):
    """Which members are listed, by when they were last seen."""

    ALL = "all"
    RECENT = "recent"
    QUIET = "quiet"


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


def ordered(
    rows: Iterable[MemberRow],
    order: MemberOrder,
    *,
    is_rising: bool,
    words: str = "",
    sight: MemberSight = MemberSight.ALL,
    quiet_since: datetime,
) -> tuple[CustomerId, ...]:
    """The members whose name or address holds the words, in their order; ``quiet_since`` (aware UTC) parts recent and quiet."""
    wanted = words.casefold().split()
    fitting = [
        row
        for row in rows
        if all(word in row.name.casefold() or word in row.email.casefold() for word in wanted)
        and (sight is MemberSight.ALL or (sight is MemberSight.RECENT) == _is_recent(row, quiet_since))
    ]
    keys: dict[MemberOrder, Callable[[MemberRow], str | float | None]] = {
        MemberOrder.NAME: lambda row: (row.name or row.email).lower() or None,
        MemberOrder.PLACE: lambda row: row.place.lower() or None,
        MemberOrder.LAST_SEEN: lambda row: row.last_seen.timestamp() if row.last_seen is not None else None,
        MemberOrder.SESSIONS: lambda row: row.sessions,
    }
    key = keys[order]
    known = sorted((row for row in fitting if key(row) is not None), key=lambda row: row.id)
    known.sort(key=lambda row: key(row) or 0, reverse=not is_rising)  # pyright: ignore[reportArgumentType]  # one type an order
    unknown = sorted((row for row in fitting if key(row) is None), key=lambda row: row.id)
    return tuple(row.id for row in (*known, *unknown))


def _is_recent(row: MemberRow, quiet_since: datetime) -> bool:
    return row.last_seen is not None and row.last_seen >= quiet_since


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


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation of a member in one line; ``last_at`` is aware UTC."""

    id: ConversationId
    channel: Channel
    subject: str
    state: ConversationState
    last_at: datetime
    messages: int
    member: str


class LeftOut(StrEnum):
    """Why a member would not get a message."""

    NO_ADDRESS = "no address"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    BLOCKED = "blocked"
    ROLE = "an address of several people"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who of some members would get a message, each once, and how many would not, by the first reason that holds."""

    reached: int
    left_out: tuple[tuple[LeftOut, int], ...]
