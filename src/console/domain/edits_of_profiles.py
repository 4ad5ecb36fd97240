"""Edits of what is shown on a profile: properties, tags and notes."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.channels import Owner as Owner
from console.domain.channels import OwnerKind
from console.domain.values import Value, ValueKind


@dataclass(frozen=True, slots=True)
class SetProperty:
    """Say by hand what a property is; ``is_pin`` when the shown value was pinned rather than typed."""

    owner: Owner
    name: str
    value: Value
    is_pin: bool = False


@dataclass(frozen=True, slots=True)
class MaskProperty:
    """Show a property as empty on purpose; the sources' values stay underneath."""

    owner: Owner
    name: str


@dataclass(frozen=True, slots=True)
class RemoveProperty:
    """Take a property off the profile, whatever sources say."""

    owner: Owner
    name: str


@dataclass(frozen=True, slots=True)
class ReturnToAutomatic:
    """Withdraw what was said by hand about a property; the best remaining claim wins again."""

    owner: Owner
    name: str


@dataclass(frozen=True, slots=True)
class DefineProperty:
    """Make or change the definition of a property: its kind, its choices, whether it stands on top."""

    owner_kind: OwnerKind
    name: str
    kind: ValueKind
    choices: tuple[str, ...] = ()
    is_on_top: bool = False


@dataclass(frozen=True, slots=True)
class AddTag:
    """Stick a word on a customer, a company or a conversation."""

    owner: Owner
    tag: str


@dataclass(frozen=True, slots=True)
class RemoveTag:
    """Take a word off again."""

    owner: Owner
    tag: str


@dataclass(frozen=True, slots=True)
class WriteNote:
    """A new note; ``note_id`` is made where it was written."""

    owner: Owner
    note_id: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """Another text for a note; the former ones stay in its history."""

    note_id: str
    text: str


@dataclass(frozen=True, slots=True)
class PinNote:
    """Keep a note on top, or no longer."""

    note_id: str
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class DeleteNote:
    """Take a note away; undo brings it back."""

    note_id: str
