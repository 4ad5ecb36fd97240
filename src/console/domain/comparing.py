"""Comparing two customers or two companies: what would stay, move or lose if they became one, and why.

What a merge shows is what ``domain.profile.winning`` picks among the claims of both, so the winners of the two sides decide
it: the greater one is shown. A company's own claim beats what members say with the same rank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from console.domain.edits import (
    Edit,
    MergeCompanies,
    MergeCustomers,
    NeverMerge,
    NeverMergeCompanies,
    Owner,
    SetProperty,
    Several,
)
from console.domain.ids import CompanyId, CustomerId
from console.domain.profile import Claim, ClaimState, OriginKind, strength
from console.domain.records import OwnerKind
from console.domain.values import Value, stored


class Word(StrEnum):
    """What becomes of what the one that stays shows now: it stays, it gains, both say the same, or it loses."""

    STAYS = "stays"
    MOVES = "moves"
    SAME = "same"
    LOSES = "loses"


class Reason(StrEnum):
    """Why the result is what it is."""

    ONLY_VALUE = "only value"
    IDENTICAL = "identical"
    BY_HAND = "by hand wins"
    SPREADSHEET = "spreadsheet wins"
    PUSH_API = "push API wins"
    LATER = "later value wins"
    OWN = "said of the company itself"
    TIE = "same rank and time"
    CHOSEN = "you chose"
    BOTH = "both are kept"
    EARLIEST = "earliest date"
    LATEST = "latest date"


class Side(StrEnum):
    """Which of the two: the one that stays, or the one that becomes part of it."""

    STAYS = "stays"
    GOES = "goes"


@dataclass(frozen=True, slots=True)
class Stand:
    """What one side shows of a property: its winning claim; not ``is_own`` where a member of the company says it."""

    claim: Claim
    is_own: bool = True

    @property
    def value(self) -> Value | None:
        """What is shown, None where the claim masks or removes."""
        return self.claim.value if self.claim.state is ClaimState.VALUE else None


@dataclass(frozen=True, slots=True)
class PropertyRow:
    """One property of both, and of the one they become. ``chosen`` is the side whose losing value was chosen by hand."""

    name: str
    stays: Stand | None
    goes: Stand | None
    result: Stand
    word: Word
    reason: Reason
    chosen: Side | None = None


@dataclass(frozen=True, slots=True)
class SetRow:
    """Several things of both, which are kept together: addresses, companies. ``shared`` stand on both sides."""

    name: str
    stays: tuple[str, ...]
    goes: tuple[str, ...]

    @property
    def result(self) -> tuple[str, ...]:
        """What both have together, those of the one that stays first."""
        return tuple(dict.fromkeys((*self.stays, *self.goes)))

    @property
    def word(self) -> Word:
        """Whether anything is gained."""
        if set(self.stays) == set(self.goes):
            return Word.SAME
        return Word.MOVES if len(self.result) > len(set(self.stays)) else Word.STAYS


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date of both (aware UTC): the earlier, or with ``is_latest`` the later one is the result."""

    name: str
    stays: datetime | None
    goes: datetime | None
    is_latest: bool = False

    @property
    def result(self) -> datetime | None:
        """The date they have together."""
        known = [one for one in (self.stays, self.goes) if one is not None]
        return (max if self.is_latest else min)(known, default=None)

    @property
    def word(self) -> Word:
        """What becomes of the date of the one that stays."""
        if self.stays == self.goes:
            return Word.SAME
        if self.stays is None:
            return Word.MOVES
        return Word.STAYS if self.result == self.stays else Word.LOSES


@dataclass(frozen=True, slots=True)
class Total:
    """How many of what: ``stays`` + ``goes`` make ``together``, less what is on both (``shared``, by name where it has one)."""

    name: str
    stays: int
    goes: int
    shared: int = 0
    shared_names: tuple[str, ...] = ()

    @property
    def together(self) -> int:
        """How many the one has that they become."""
        return self.stays + self.goes - self.shared


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two. ``detail`` is its address or domain; ``since`` is aware UTC; ``sources`` know it."""

    owner: Owner
    name: str
    detail: str
    since: datetime
    sources: tuple[str, ...]
    shown: Mapping[str, Stand] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two customers or two companies side by side. ``is_apart``: a teammate had said that they are not the same."""

    stays: Compared
    goes: Compared
    sets: tuple[SetRow, ...]
    dates: tuple[DateRow, ...]
    totals: tuple[Total, ...]
    is_apart: bool = False

    def swapped(self) -> Comparison:
        """The same two with the other one staying."""
        return Comparison(
            self.goes,
            self.stays,
            tuple(SetRow(one.name, one.goes, one.stays) for one in self.sets),
            tuple(DateRow(one.name, one.goes, one.stays, one.is_latest) for one in self.dates),
            tuple(Total(one.name, one.goes, one.stays, one.shared, one.shared_names) for one in self.totals),
            self.is_apart,
        )


def property_rows(found: Comparison, chosen: Mapping[str, Side]) -> tuple[PropertyRow, ...]:
    """A row for each property that either shows, masks or has taken off, in the order of names, ``name`` first.

    ``chosen`` says for some of them whose value is to be said by hand; a choice of what wins anyway is none.
    """
    names = {*found.stays.shown, *found.goes.shown}
    return tuple(
        _row(name, found.stays.shown.get(name), found.goes.shown.get(name), chosen.get(name))
        for name in sorted(names, key=lambda name: (name != "name", name))
    )


def merging(found: Comparison, rows: tuple[PropertyRow, ...], title: str) -> Edit:
    """The edit that makes the two one and says by hand what was chosen; with choices they are one step to undo (``title``)."""
    stays, goes = found.stays.owner, found.goes.owner
    if stays.kind is OwnerKind.CUSTOMER:
        merge: Edit = MergeCustomers(CustomerId(stays.id), CustomerId(goes.id))
    else:
        merge = MergeCompanies(CompanyId(stays.id), CompanyId(goes.id))
    said = [
        SetProperty(stays, one.name, one.result.value) for one in rows if one.chosen and one.result.value is not None
    ]
    return Several(title, (merge, *said)) if said else merge


def parting(first: Owner, second: Owner) -> Edit:
    """The edit that says for good that the two are not the same. Both are customers, or both companies."""
    if first.kind is OwnerKind.CUSTOMER:
        return NeverMerge(CustomerId(first.id), CustomerId(second.id))
    return NeverMergeCompanies(CompanyId(first.id), CompanyId(second.id))


def losing(rows: tuple[PropertyRow, ...]) -> int:
    """How many values are not shown any longer; they stay in the history and come back with a split."""
    return sum(
        1
        for row in rows
        for one in (row.stays, row.goes)
        if one is not None and one.value is not None and not _is_same(one, row.result)
    )


def _row(name: str, stays: Stand | None, goes: Stand | None, chosen: Side | None) -> PropertyRow:
    if stays is None or goes is None:
        result = stays or goes
        assert result is not None  # one of the two has it, or there were no row
        return PropertyRow(name, stays, goes, result, Word.STAYS if stays else Word.MOVES, Reason.ONLY_VALUE)
    result = max(stays, goes, key=_weight)
    wanted = {Side.STAYS: stays, Side.GOES: goes}.get(chosen) if chosen is not None else None
    if wanted is not None and wanted.value is not None and not _is_same(wanted, result):
        word = Word.STAYS if chosen is Side.STAYS else Word.LOSES
        return PropertyRow(name, stays, goes, wanted, word, Reason.CHOSEN, chosen)
    if _is_same(stays, goes):
        return PropertyRow(name, stays, goes, result, Word.SAME, Reason.IDENTICAL)
    loser = goes if result is stays else stays
    return PropertyRow(name, stays, goes, result, Word.STAYS if result is stays else Word.LOSES, _why(result, loser))


def _weight(one: Stand) -> tuple[int, bool, tuple[int, int, datetime, str, str, str]]:
    return int(one.claim.rank), one.is_own, strength(one.claim)


def _why(winner: Stand, loser: Stand) -> Reason:
    if winner.claim.rank is not loser.claim.rank:
        return {OriginKind.MANUAL: Reason.BY_HAND, OriginKind.SPREADSHEET: Reason.SPREADSHEET}.get(
            winner.claim.origin.kind, Reason.PUSH_API
        )
    if winner.is_own is not loser.is_own:
        return Reason.OWN
    return Reason.LATER if winner.claim.acted_at > loser.claim.acted_at else Reason.TIE


def _is_same(one: Stand, other: Stand) -> bool:
    if one.claim.state is not other.claim.state:
        return False
    return one.value is None or (other.value is not None and _text(one.value) == _text(other.value))


def _text(value: Value) -> tuple[str, str]:
    return value.kind.value, stored(value)
