"""Segments: who belongs by a rule, and why; the four that are built in.

Intercom's definitions (facts: semantics §1.1): New signed up in the last day; Active was seen in the last 30 days; Slipping
away in the last 60, but not in the last 30. Away is ours: seen, but not in the last 60 days. They never overlap, but New.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from console.domain.ids import stable_id
from console.domain.records import OwnerKind
from console.domain.segment_facts import Facts, Found, found
from console.domain.segment_facts import holds as holds
from console.domain.segment_rules import BUILT_IN, Condition, Not, Rule

LONGEST_NAME = 120


class SegmentKind(StrEnum):
    """Whose rule it is: a teammate's, the program's, or a source's, which we do not see."""

    OURS = "ours"
    BUILT_IN = "built in"
    GIVEN = "given"


class Part(StrEnum):
    """How a line of an explanation bears on the answer: it is fulfilled, it blocks, or it is not fulfilled but need not be."""

    HOLDS = "holds"
    BLOCKS = "blocks"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment by rule, of customers or of companies."""

    id: int
    name: str
    owner_kind: OwnerKind
    rule: Rule
    kind: SegmentKind = SegmentKind.OURS
    made_by: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """One line of an explanation and those below it. ``is_wanted``: whether the rule asks that it holds, or that it does not.

    ``found`` is what a condition looked at, None for a group.
    """

    rule: Rule
    holds: bool
    is_wanted: bool
    part: Part
    found: Found | None
    lines: tuple[Explained, ...] = ()


def explain(
    rule: Rule, facts: Facts, now: datetime, zone: tzinfo, *, is_wanted: bool = True, is_needed: bool = True
) -> Explained:
    """Why one belongs or does not, line by line. Raises ValueProblem.

    ``is_needed``: whether the answer hangs on this line; a line that is not fulfilled blocks then.
    """
    if isinstance(rule, Not):
        inner = explain(rule.part, facts, now, zone, is_wanted=not is_wanted, is_needed=is_needed)
        return Explained(rule, not inner.holds, is_wanted, inner.part, inner.found, (inner,))
    seen = found(rule, facts, now, zone) if isinstance(rule, Condition) else None
    answer = seen.holds if seen is not None else holds(rule, facts, now, zone)
    is_fulfilled = answer is is_wanted
    part = Part.HOLDS if is_fulfilled else Part.BLOCKS if is_needed else Part.NOT_NEEDED
    if isinstance(rule, Condition):
        return Explained(rule, answer, is_wanted, part, seen)
    lines = tuple(
        explain(one, facts, now, zone, is_wanted=is_wanted, is_needed=is_needed and not is_fulfilled)
        for one in rule.parts
    )
    return Explained(rule, answer, is_wanted, part, None, lines)


def built_in(owner_kind: OwnerKind = OwnerKind.CUSTOMER) -> tuple[Segment, ...]:
    """The segments that are always there."""
    of_kind = [(name, rule) for name, rule in BUILT_IN.items() if name != "New" or owner_kind is OwnerKind.CUSTOMER]
    return tuple(
        Segment(stable_id("segment", "built in", owner_kind.value, name), name, owner_kind, rule, SegmentKind.BUILT_IN)
        for name, rule in of_kind
    )
