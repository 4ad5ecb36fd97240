"""Lists of customers and companies: what can stand in a column, in which order rows come, how a row reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.ids import CompanyId, CustomerId
from console.domain.records import OwnerKind
from console.domain.values import Value, ValueKind

PROPERTY = "property:"
"""What the key of a column begins with that shows a property; the others are fields of our own."""


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


class Measure(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    COUNT = "count"
    MOMENT = "moment"
    WORDS = "words"
    VALUE = "value"


FIELDS = {
    OwnerKind.CUSTOMER: {
        "name": Measure.TEXT, "email": Measure.TEXT, "company": Measure.TEXT, "place": Measure.TEXT, "last_seen": Measure.MOMENT,
        "first_seen": Measure.MOMENT, "conversations": Measure.COUNT, "tags": Measure.WORDS, "segments": Measure.WORDS,
    },
    OwnerKind.COMPANY: {
        "name": Measure.TEXT, "domain": Measure.TEXT, "members": Measure.COUNT, "last_seen": Measure.MOMENT, "tags": Measure.WORDS,
        "segments": Measure.WORDS,
    },
}  # fmt: skip
"""The columns that are no properties, by key, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a field by its name, or ``property:`` and the name of a property, whose type ``kind`` is."""

    key: str
    kind: ValueKind = ValueKind.STRING

    @property
    def property_name(self) -> str | None:
        """The property that is shown, None for a field."""
        return self.key.removeprefix(PROPERTY) if self.key.startswith(PROPERTY) else None


@dataclass(frozen=True, slots=True)
class Listing:
    """A question to the directory: who, and in which order. Where a value is missing, a row comes last, either way."""

    owner_kind: OwnerKind
    expression: str = ""
    sort: Column = Column("name")
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class SortKey:
    """Where a row stands in an order: by what it is sorted (None: nothing is known), then by its key."""

    value: str | float | None
    id: int


Cell = str | int | datetime | tuple[str, ...] | Value | None


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """A row with the cells of the columns that were asked for; times are aware UTC. ``second``: the address or the domain."""

    id: int
    name: str
    second: str
    is_role: bool
    is_shared: bool
    is_deceptive: bool
    cells: tuple[Cell, ...]
