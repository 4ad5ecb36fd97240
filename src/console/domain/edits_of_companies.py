"""Edits of which companies are one: merge, split, never merge."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.ids import CompanyId, IdentityId


@dataclass(frozen=True, slots=True)
class MergeCompanies:
    """Two companies are one: the identities of ``loser`` go to ``winner``, and its members with them."""

    winner: CompanyId
    loser: CompanyId


@dataclass(frozen=True, slots=True)
class SplitCompany:
    """One company is two: these identities leave with their members, to ``into`` (a new key, or the company they came from)."""

    company: CompanyId
    identities: tuple[IdentityId, ...]
    into: CompanyId


@dataclass(frozen=True, slots=True)
class NeverMergeCompanies:
    """These two companies are not the same, whatever names and domains say."""

    first: CompanyId
    second: CompanyId
