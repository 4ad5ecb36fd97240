"""What a column can become and how its cells can be read, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from console.domain import importing as plans
from console.domain.importing import ColumnPlan, ImportKind
from console.domain.values import ValueKind
from console.ui.profile.wording import property_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read cells: a type, and what is ambiguous about it."""

    kind: ValueKind
    words: str
    icon: str
    day_first: bool | None = None
    decimal_comma: bool | None = None

    def fits(self, column: ColumnPlan) -> bool:
        """Whether the column is read so now."""
        return (
            self.kind is column.kind
            and self.day_first in (None, column.day_first)
            and self.decimal_comma in (None, column.decimal_comma)
        )


def readings() -> tuple[Reading, ...]:
    """Every way to read cells, in the order of the choice."""
    kind = ValueKind
    return (
        Reading(kind.STRING, translate("Reading", "Text"), "type"),
        Reading(kind.NUMBER, translate("Reading", "Number, 1,234.5"), "hash", decimal_comma=False),
        Reading(kind.NUMBER, translate("Reading", "Number, 1.234,5"), "hash", decimal_comma=True),
        Reading(kind.BOOLEAN, translate("Reading", "Yes or no"), "toggle-left"),
        Reading(kind.DATE, translate("Reading", "Date, 31.12.2026"), "calendar", day_first=True),
        Reading(kind.DATE, translate("Reading", "Date, 12/31/2026"), "calendar", day_first=False),
        Reading(kind.DATETIME, translate("Reading", "Date and time, day first"), "clock", day_first=True),
        Reading(kind.DATETIME, translate("Reading", "Date and time, month first"), "clock", day_first=False),
        Reading(kind.MONEY, translate("Reading", "Money, 1,234.50"), "credit-card", decimal_comma=False),
        Reading(kind.MONEY, translate("Reading", "Money, 1.234,50"), "credit-card", decimal_comma=True),
        Reading(kind.LINK, translate("Reading", "Link"), "link"),
        Reading(kind.EMAIL, translate("Reading", "E-mail"), "at-sign"),
        Reading(kind.PHONE, translate("Reading", "Phone"), "phone"),
        Reading(kind.CHOICE, translate("Reading", "One choice"), "list"),
        Reading(kind.CHOICES, translate("Reading", "Several choices"), "list-filter"),
    )


def fixed_targets(kind: ImportKind) -> tuple[tuple[str, str], ...]:
    """(target, words) of what is no property: keys, names, and to leave the column out."""
    match kind:
        case ImportKind.CUSTOMERS:
            found = (
                (plans.KEY_EMAIL, translate("Target", "E-mail, key")),
                (plans.NAME, translate("Target", "Name")),
                (plans.EXTERNAL_ID, translate("Target", "External ID")),
                (plans.TAGS, translate("Target", "Tags")),
                ("company.name", translate("Target", "Company name")),
                ("company.domain", translate("Target", "Company domain")),
            )
        case ImportKind.COMPANIES:
            found = (
                (plans.NAME, translate("Target", "Name, key")),
                (plans.DOMAIN, translate("Target", "Domain, key")),
                (plans.EXTERNAL_ID, translate("Target", "External ID")),
                (plans.TAGS, translate("Target", "Tags")),
            )
        case ImportKind.EVENTS:
            found = (
                (plans.KEY_EMAIL, translate("Target", "E-mail of the customer")),
                (plans.EVENT_CUSTOMER, translate("Target", "External ID of the customer")),
                (plans.EVENT_NAME, translate("Target", "Name of the event")),
                (plans.EVENT_AT, translate("Target", "Time of the event")),
                (plans.EXTERNAL_ID, translate("Target", "External ID of the event")),
            )
        case ImportKind.CONVERSATIONS:
            found = ()
    return (*found, (plans.DO_NOT_IMPORT, translate("Target", "Do not import")))


def offered_targets(kind: ImportKind, column: ColumnPlan, known: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(target, words) for one column: the fixed ones, the guess, and the properties that there are already."""
    fixed = fixed_targets(kind)
    names = {target for target, _ in fixed}
    others = [column.target, *known]
    unique = tuple(dict.fromkeys(name for name in others if name and name not in names))
    return (*fixed[:-1], *((name, _target_words(name)) for name in unique), fixed[-1])


def _target_words(name: str) -> str:
    """``company.seats`` reads “Company seats”: in a file of customers the two must not be mistaken."""
    if name.startswith("company."):
        return translate("Target", "Company: {0}").format(property_words(name))
    return property_words(name)


def kind_words(kind: ImportKind) -> str:
    """What the files hold, as a word."""
    match kind:
        case ImportKind.CONVERSATIONS:
            return translate("Target", "Conversations")
        case ImportKind.CUSTOMERS:
            return translate("Target", "Customers")
        case ImportKind.COMPANIES:
            return translate("Target", "Companies")
        case ImportKind.EVENTS:
            return translate("Target", "Events")
