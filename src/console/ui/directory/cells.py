"""How a cell of the directory reads: titles of columns, words of values, and what is painted as chips."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from console.domain.directory import FIELDS, Cell, Column, DirectoryRow, Measure
from console.domain.records import OwnerKind
from console.domain.values import Money, Value, ValueKind
from console.ui.profile.wording import named, property_words, since_words, value_words

_NUMBERS = (ValueKind.NUMBER, ValueKind.MONEY)


def translate(words: str) -> str:
    """The words in the teammate's language, for functions that are no QObject."""
    return QCoreApplication.translate("Directory", words)


def title_of(column: Column) -> str:
    """What stands over a column."""
    name = column.property_name
    if name is not None:
        of_company = name.startswith("company.")
        words = property_words(name)
        return translate("Company: {0}").format(words) if of_company else words
    return {
        "name": translate("Name"),
        "email": translate("E-mail"),
        "company": translate("Company"),
        "place": translate("Place"),
        "last_seen": translate("Last seen"),
        "first_seen": translate("First seen"),
        "conversations": translate("Conversations"),
        "tags": translate("Tags"),
        "segments": translate("Segments"),
        "domain": translate("Domain"),
        "members": translate("Members"),
    }[column.key]


def is_number(column: Column, owner_kind: OwnerKind) -> bool:
    """Whether its cells stand at the right, so that digits stand under digits."""
    if column.property_name is not None:
        return column.kind in _NUMBERS
    return FIELDS[owner_kind][column.key] is Measure.COUNT


def width_of(column: Column, owner_kind: OwnerKind) -> int:
    """How wide a column is at first, before the text scale."""
    if is_number(column, owner_kind):
        return 112
    widths = {
        "name": 220,
        "email": 190,
        "company": 140,
        "last_seen": 124,
        "first_seen": 124,
        "tags": 180,
        "segments": 180,
    }
    return widths.get(column.key, 140)


def called(row: DirectoryRow) -> str:
    """By what somebody is called in the list: the name, else the address or the domain."""
    return named(row.name) or named(row.second) or translate("No name")


def words_of(cell: Cell, now: datetime) -> str:
    """A cell as one line of words; empty where nothing is known. `now` is aware."""
    match cell:
        case None:
            return ""
        case datetime():
            return since_words(cell, now)
        case Value():
            return value_words(cell)
        case tuple():
            return ", ".join(named(word) for word in cell)
        case int():
            return QLocale().toString(cell)
        case str():
            return named(cell)


def exported(cell: Cell) -> str:
    """A cell as other programs read it: times in ISO and UTC, numbers with a point, words apart by a semicolon."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.isoformat()
        case tuple():
            return "; ".join(cell)
        case Value(content=content):
            match content:
                case bool():
                    return "yes" if content else "no"
                case Money(amount=amount, currency=currency):
                    return f"{amount:f} {currency}"
                case Decimal():
                    return f"{content:f}"
                case tuple():
                    return "; ".join(content)
                case str():
                    return content
                case _:
                    return content.isoformat()
        case _:
            return str(cell)
