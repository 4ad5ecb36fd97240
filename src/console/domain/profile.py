"""The profile: which of the competing claims is shown, and why.

Rule (seed article "How is customer data merged?"): by hand or spreadsheet beats the push API beats integrations; within a
rank the most recently synchronised wins, and by hand the later action. Where teammates ordered integrations by trust, the
trusted one wins among them, whatever was read last.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from console.domain.ids import ClaimId, IdentityId
from console.domain.values import Value, sort_text


class Rank(IntEnum):
    """How much a claim weighs; higher wins."""

    INTEGRATION = 1
    PUSH_API = 2
    BY_HAND = 3


class ClaimState(StrEnum):
    """What a claim says of the property: its value, that it is empty on purpose, or that it is taken off the profile."""

    VALUE = "value"
    MASKED = "masked"
    REMOVED = "removed"


class OriginKind(StrEnum):
    """What kind of place a claim comes from; picks the icon and the words of its chip."""

    MANUAL = "manual"
    SPREADSHEET = "spreadsheet"
    PUSH_API = "api"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim comes from: ``name`` is a teammate's, a file's or a source's, as shown to people."""

    kind: OriginKind
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Claim:
    """ "Origin says property is value, from ``since`` (to ``until``)", with the rank that decides.

    ``acted_at`` is the time by which claims of one rank compete: the action by hand, or the synchronisation that brought
    this value. ``source_time`` is the source's own time where it gave one. ``trust`` goes before both. All times are aware UTC.
    """

    id: ClaimId
    identity: IdentityId
    property: str
    rank: Rank
    state: ClaimState
    value: Value | None
    origin: Origin
    acted_at: datetime
    source_time: datetime | None
    since: datetime
    until: datetime | None = None
    is_pin: bool = False
    trust: int = 0

    @builtins.property
    def by_hand(self) -> bool:
        """Whether a teammate made it, rather than a file or a source."""
        return self.origin.kind is OriginKind.MANUAL


def strength(claim: Claim) -> tuple[int, int, datetime, str, str, str]:
    """A total order on claims that does not depend on the order in which they arrived; the greatest wins."""
    value = sort_text(claim.value) if claim.value is not None else ""
    return (int(claim.rank), claim.trust, claim.acted_at, claim.origin.key, claim.state.value, value)


def winning(claims: Iterable[Claim]) -> Claim | None:
    """The claim that is shown among the open claims on one property, or None where there is none.

    A masking or removing claim can win: then the property is shown as empty on purpose, or not at all.
    """
    return max((claim for claim in claims if claim.until is None), key=strength, default=None)


def ranked(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The open claims on one property, the winner first, then the losers in the order in which they would win."""
    return tuple(sorted((claim for claim in claims if claim.until is None), key=strength, reverse=True))


def at(claims: Iterable[Claim], moment: datetime) -> tuple[Claim, ...]:
    """The claims as they stood at ``moment`` (aware UTC), winner first."""
    standing = (c for c in claims if c.since <= moment and (c.until is None or c.until > moment))
    return tuple(sorted(standing, key=strength, reverse=True))
