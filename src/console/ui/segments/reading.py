"""What the page of segments reads: which there are, who fits, what is left out, and why somebody belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, Not, Rule
from console.domain.segment_words import sentence
from console.domain.segments import Explained, Segment, built_in
from console.domain.values import ValueKind
from console.store import property_defs, segments, tags
from console.store.own_clock import zone_of
from console.ui.segments.choices import Known

if TYPE_CHECKING:
    from console.store.connection import Connection

SAMPLE, SPANS = 6, 200
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """All segments with how many are in each, and what a rule can ask for."""

    ours: tuple[tuple[Segment, int], ...]
    built_in: tuple[tuple[Segment, int], ...]
    given: tuple[segments.GivenSegment, ...]
    known: Known


@dataclass(frozen=True, slots=True)
class Fitting:
    """Who fits the rules now. ``excludes``: where nobody does, the rule without which most would."""

    count: int
    total: int
    sample: tuple[segments.Member, ...]
    outside: segments.Member | None
    excludes: str
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody is in or not, line by line, and since when."""

    member: segments.Member
    line: Explained
    since: datetime | None


def listed(connection: Connection, now: datetime) -> Listed:
    """All there is to choose from."""
    ours = tuple((one, segments.standing_count(connection, one.id)) for one in segments.our_segments(connection))
    ready = tuple((one, segments.count(connection, one.owner_kind, one.rule, now)) for one in built_in())
    given = segments.given_segments(connection)
    known = Known(
        _properties(connection, OwnerKind.CUSTOMER),
        _properties(connection, OwnerKind.COMPANY),
        segments.event_names(connection),
        tuple(one.name for one in tags.all_tags(connection)),
        segments.source_names(connection),
        tuple(one.name for one in given),
    )
    return Listed(ours, ready, given, known)


def fitting(connection: Connection, owner_kind: OwnerKind, rule: Rule, now: datetime, turn: int) -> Fitting:
    """How many fit and some of them. Raises ValueProblem."""
    count = segments.count(connection, owner_kind, rule, now)
    sample = segments.sample(connection, owner_kind, rule, SAMPLE, turn=turn, now=now)
    outside = segments.sample(connection, owner_kind, Not(rule), 1, turn=turn, now=now)
    excludes = _excluding(connection, owner_kind, rule, now) if not count else ""
    return Fitting(
        count,
        segments.total(connection, owner_kind),
        sample,
        outside[0] if outside else None,
        excludes,
        zone_of(connection),
    )


def moved_since(connection: Connection, segment: int, now: datetime) -> tuple[int, tuple[segments.Span, ...]]:
    """How many more are in a segment than a day ago, and who joined and left lately."""
    spans = segments.spans_of_segment(connection, segment, SPANS)
    since = now - _DAY
    joined = sum(span.since > since for span in spans)
    left = sum(span.until is not None and span.until > since for span in spans)
    return joined - left, spans


def why(
    connection: Connection,
    owner_kind: OwnerKind,
    member: segments.Member,
    rule: Rule,
    segment: int | None,
    now: datetime,
) -> Why:
    """Why a member belongs, or does not. Raises ValueProblem."""
    spans = segments.spans_of_owner(connection, member.id, segment) if segment is not None else ()
    since = next((span.since for span in spans if span.until is None), None)
    return Why(member, segments.why(connection, owner_kind, member.id, rule, now), since)


def _excluding(connection: Connection, owner_kind: OwnerKind, rule: Rule, now: datetime) -> str:
    """The one of several rules without which most would fit; empty where that is none of them."""
    if not isinstance(rule, AllOf) or not rule.parts:
        return ""
    counted = [
        (segments.count(connection, owner_kind, AllOf((*rule.parts[:place], *rule.parts[place + 1 :])), now), part)
        for place, part in enumerate(rule.parts)
    ]
    most, part = max(counted, key=lambda pair: pair[0])
    return sentence(part) if most else ""


def _properties(connection: Connection, kind: OwnerKind) -> tuple[tuple[str, ValueKind], ...]:
    found = property_defs.definitions(connection, kind)
    return tuple((one.name, one.kind) for one in found if not one.name.startswith("company."))
