"""Edits of segments by rule."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.records import OwnerKind


@dataclass(frozen=True, slots=True)
class DefineSegment:
    """Make a segment, or change its name and rule; ``segment`` is made where it was first defined.

    ``rule`` is JSON as ``segment_rules.rule_to_json`` writes it.
    """

    segment: int
    name: str
    owner_kind: OwnerKind
    rule: str


@dataclass(frozen=True, slots=True)
class RemoveSegment:
    """Take a segment away; everybody leaves it, and undo brings it back."""

    segment: int
