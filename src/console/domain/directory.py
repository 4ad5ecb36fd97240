"""Lists of customers and companies: how a row of each reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.ids import CompanyId, CustomerId


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in the list; times are aware UTC."""

    id: CustomerId
    name: str
    email: str
    company_name: str
    conversation_count: int
    first_seen: datetime | None
    last_seen: datetime | None
    tags: tuple[str, ...]
    is_role: bool
    is_shared: bool
    is_deceptive: bool


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company in the list; times are aware UTC."""

    id: CompanyId
    name: str
    domain: str
    member_count: int
    last_seen: datetime | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameKey:
    """Where a page of a list in the order of names ended: the last row's name and key."""

    name: str
    id: int
