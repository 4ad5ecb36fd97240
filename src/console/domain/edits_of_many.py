"""Edits of many customers or companies at once: those that a teammate saw as chosen, by their keys, as one step of the undo."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.records import OwnerKind
from console.domain.values import Value


@dataclass(frozen=True, slots=True)
class AddTagToMany:
    """Stick a word on all of them; those that bear it already stay as they are."""

    owner_kind: OwnerKind
    owners: tuple[int, ...]
    tag: str


@dataclass(frozen=True, slots=True)
class RemoveTagFromMany:
    """Take a word off all of them that bear it."""

    owner_kind: OwnerKind
    owners: tuple[int, ...]
    tag: str


@dataclass(frozen=True, slots=True)
class SetPropertyOfMany:
    """Say by hand what a property of all of them is."""

    owner_kind: OwnerKind
    owners: tuple[int, ...]
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class RemovePropertyOfMany:
    """Take a property off all their profiles, whatever sources say."""

    owner_kind: OwnerKind
    owners: tuple[int, ...]
    name: str


OfMany = AddTagToMany | RemoveTagFromMany | SetPropertyOfMany | RemovePropertyOfMany


def counted(edit: OfMany) -> str:
    """How many of whom: “2,341 customers”."""
    count, (one, several) = len(edit.owners), _NOUNS[edit.owner_kind]
    return f"{count:,} {one if count == 1 else several}"


_NOUNS = {
    OwnerKind.CUSTOMER: ("customer", "customers"),
    OwnerKind.COMPANY: ("company", "companies"),
    OwnerKind.CONVERSATION: ("conversation", "conversations"),
}
