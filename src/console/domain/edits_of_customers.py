"""Edits of who is who: create, merge, split, never merge, companies."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.ids import CompanyId, CustomerId, IdentityId


@dataclass(frozen=True, slots=True)
class CreateCustomer:
    """A customer made by hand. Where an address is known already, the existing customer is used."""

    customer: CustomerId
    name: str
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeCustomers:
    """Two customers are one: the identities of ``loser`` go to ``winner``."""

    winner: CustomerId
    loser: CustomerId


@dataclass(frozen=True, slots=True)
class SplitCustomer:
    """One customer is two: these identities leave, to ``into`` (a new key, or the customer they came from)."""

    customer: CustomerId
    identities: tuple[IdentityId, ...]
    into: CustomerId


@dataclass(frozen=True, slots=True)
class NeverMerge:
    """These two are not the same, whatever addresses say."""

    first: CustomerId
    second: CustomerId


@dataclass(frozen=True, slots=True)
class EraseCustomer:
    """Forget a customer everywhere, for good: there is no undo. Holds nothing but the key, which goes as well."""

    customer: CustomerId


@dataclass(frozen=True, slots=True)
class Erased:
    """What is left of an edit about a customer who was erased since: that there was one."""


@dataclass(frozen=True, slots=True)
class JoinCompany:
    """A customer belongs to a company; ``is_main`` makes it the one shown first. ``name`` creates it where new."""

    customer: CustomerId
    company: CompanyId
    name: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class LeaveCompany:
    """A customer no longer belongs to a company."""

    customer: CustomerId
    company: CompanyId
