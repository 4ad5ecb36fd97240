"""Key figures of a company, picked from its properties: plan, spend, size, industry, since when, sessions of all members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from console.domain.customer_figures import SESSION_PROPERTIES
from console.domain.profile import Origin, OriginKind
from console.domain.values import Money, Value, ValueKind, stored

PLANS = ("plan", "plan_name", "subscription")
MONTHLY, YEARLY = ("monthly_spend", "mrr", "spend", "monthly_revenue"), ("arr", "annual_spend", "yearly_spend")
SIZES = ("size", "company_size", "employees", "team_size", "employee_count")
INDUSTRIES = ("industry", "sector")
SINCE = ("customer_since", "remote_created_at", "signed_up_at", "signed_up", "signup_date", "created_at")
SEEN = ("last_request_at", "last_seen_at", "last_seen", "last_login_at")
"""Under which names sources say when a company (or a member) was last seen, the first that is there counts."""

SUM_OF_MEMBERS = "sum of members"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is shown of one property of a company, who says it, and since when (aware UTC; the source's own time where it has one)."""

    name: str
    value: Value
    origin: Origin
    since: datetime


@dataclass(frozen=True, slots=True)
class Spend:
    """What a company pays, in decimals; ``currency`` is empty where nobody says it.

    ``is_rounded``: Intercom gives whole numbers only, rounded down.
    """

    a_month: Decimal
    a_year: Decimal
    currency: str
    is_rounded: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class CompanySessions:
    """Sessions of all members: the source's own number (``origin`` is its name), else the sum over the members."""

    count: int
    origin: str


@dataclass(frozen=True, slots=True)
class CompanyFigures:
    """What the strip below a company's name says; None where nobody knows. ``since``: a day or a moment (aware UTC)."""

    plan: Fact | None
    spend: Spend | None
    size: Fact | None
    industry: Fact | None
    since: datetime | date | None


@dataclass(frozen=True, slots=True)
class Voices:
    """So many members of a company say this value; a member counts once."""

    value: Value
    members: int


def figures_of(facts: Mapping[str, Fact]) -> CompanyFigures:
    """The figures that these facts hold, each under the first of its names."""
    return CompanyFigures(
        plan=first_of(facts, PLANS),
        spend=_spend(facts),
        size=first_of(facts, SIZES),
        industry=first_of(facts, INDUSTRIES),
        since=since_of(facts),
    )


def first_of(facts: Mapping[str, Fact], names: Iterable[str]) -> Fact | None:
    """The fact under the first of these names that there is."""
    return next((facts[name] for name in names if name in facts), None)


def since_of(facts: Mapping[str, Fact]) -> datetime | date | None:
    """Since when the company is a customer; what is no time is passed over."""
    said = (facts[name].value.content for name in SINCE if name in facts)
    return next((content for content in said if isinstance(content, date)), None)


def counted_sessions(facts: Mapping[str, Fact]) -> CompanySessions | None:
    """The source's own number of sessions of the whole company (facts: semantics §5, rule 4); None where no source has one."""
    for name in SESSION_PROPERTIES:
        content = facts[name].value.content if name in facts else None
        if isinstance(content, Decimal) and content >= 0:
            return CompanySessions(int(content), facts[name].origin.name)
    return None


def seen_of(facts: Mapping[str, Fact]) -> tuple[datetime, str] | None:
    """When the source itself says that the company was last seen, and the source's name (facts: semantics §5, rule 5)."""
    for name in SEEN:
        content = facts[name].value.content if name in facts else None
        if isinstance(content, datetime):
            return content, facts[name].origin.name
    return None


def otherwise(shown: Value | None, voices: Iterable[Voices]) -> tuple[Voices, ...]:
    """What members say that is not what is shown, the most frequent first."""
    said = None if shown is None else stored(shown)
    return tuple(one for one in voices if stored(one.value) != said)


def _spend(facts: Mapping[str, Fact]) -> Spend | None:
    for names, is_yearly in ((MONTHLY, False), (YEARLY, True)):
        one = first_of(facts, names)
        found = _amount(one.value) if one is not None else None
        if one is None or found is None:
            continue
        amount, currency = found
        a_month, a_year = (amount / 12, amount) if is_yearly else (amount, amount * 12)
        is_whole = one.value.kind is ValueKind.NUMBER and amount == amount.to_integral_value()
        is_rounded = one.name == "monthly_spend" and is_whole and one.origin.kind is OriginKind.SOURCE
        return Spend(a_month, a_year, currency, is_rounded, one.origin)
    return None


def _amount(value: Value) -> tuple[Decimal, str] | None:
    match value.content:
        case Money(amount=amount, currency=currency):
            return amount, currency
        case Decimal():
            return value.content, ""
        case _:
            return None
