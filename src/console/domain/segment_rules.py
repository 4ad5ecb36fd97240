"""The rule of a segment: conditions joined by and, or and not, as frozen values and as JSON for the store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, assert_never

from console.domain.values import ValueKind

_DEEPEST = 20
_MOST_CONDITIONS = 100


class BadRule(ValueError):
    """What is stored is no rule; the message is a sentence."""


class Subject(StrEnum):
    """What a condition is about. ``OWN_TAG`` is a tag on the customer, ``TAG`` one on the customer or a company of theirs."""

    WORDS = "words"
    NAME = "name"
    EMAIL = "email"
    DOMAIN = "domain"
    PROPERTY = "property"
    TAG = "tag"
    OWN_TAG = "own tag"
    SOURCE = "source"
    SEGMENT = "segment"
    FLAG = "flag"
    EVENT_COUNT = "event count"
    EVENT_FIRST = "event first"
    EVENT_LAST = "event last"
    FIRST_SEEN = "first seen"
    LAST_SEEN = "last seen"
    SIGNED_UP = "signed up"
    LAST_CONTACTED = "last contacted"
    LAST_HEARD = "last heard from"
    CONVERSATIONS = "conversations"
    OPEN_CONVERSATIONS = "open conversations"
    CHANNEL = "channel"
    LAST_CONVERSATION = "last conversation"
    MEMBERS = "members"


class Verb(StrEnum):
    """How it is compared. ``NEWER``: less than so long ago; ``OLDER``: more; ``SOONER``: within the next; ``LATER``: after that."""

    IS = "is"
    CONTAINS = "contains"
    STARTS = "starts"
    KNOWN = "known"
    ABOVE = "above"
    AT_LEAST = "at least"
    BELOW = "below"
    AT_MOST = "at most"
    BETWEEN = "between"
    NEWER = "newer"
    OLDER = "older"
    SOONER = "sooner"
    LATER = "later"


class Measure(StrEnum):
    """What values of a subject are compared as."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. ``name``: the property or the event. ``values``: as typed; of several, any will do (``BETWEEN``: two).

    ``kind``: the type of a property. ``of_company``: asked of the companies of a customer, of which any will do.
    ``window``: only events of so long (``30d``).
    """

    subject: Subject
    verb: Verb
    values: tuple[str, ...] = ()
    name: str = ""
    kind: ValueKind = ValueKind.STRING
    of_company: bool = False
    window: str = ""

    @property
    def measure(self) -> Measure:
        """What the values are compared as."""
        if self.verb is Verb.KNOWN:
            return Measure.TEXT
        if self.subject is Subject.PROPERTY:
            return _MEASURES.get(self.kind, Measure.TEXT)
        return MEASURES.get(self.subject, Measure.TEXT)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; of none, everybody does."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the parts holds; of none, nobody does."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Rule


Rule = Condition | AllOf | AnyOf | Not

_SEEN_30 = Condition(Subject.LAST_SEEN, Verb.NEWER, ("30d",))
_SEEN_60 = Condition(Subject.LAST_SEEN, Verb.NEWER, ("60d",))
BUILT_IN: dict[str, Rule] = {
    "New": Condition(Subject.SIGNED_UP, Verb.NEWER, ("1d",)),
    "Active": _SEEN_30,
    "Slipping away": AllOf((_SEEN_60, Not(_SEEN_30))),
    "Away": Condition(Subject.LAST_SEEN, Verb.OLDER, ("60d",)),
}
"""The rules of the segments that are always there, by name (``domain.segments`` says whose definitions they are)."""

MEASURES = {
    **dict.fromkeys((Subject.EVENT_COUNT, Subject.CONVERSATIONS, Subject.OPEN_CONVERSATIONS, Subject.MEMBERS), Measure.NUMBER),
    **dict.fromkeys(
        (
            Subject.EVENT_FIRST, Subject.EVENT_LAST, Subject.FIRST_SEEN, Subject.LAST_SEEN, Subject.SIGNED_UP,
            Subject.LAST_CONTACTED, Subject.LAST_HEARD, Subject.LAST_CONVERSATION,
        ),
        Measure.MOMENT,
    ),
}  # fmt: skip
_MEASURES = {
    ValueKind.NUMBER: Measure.NUMBER,
    ValueKind.MONEY: Measure.NUMBER,
    ValueKind.BOOLEAN: Measure.TRUTH,
    ValueKind.DATE: Measure.MOMENT,
    ValueKind.DATETIME: Measure.MOMENT,
}
_RELATIVE = (Verb.NEWER, Verb.OLDER, Verb.SOONER, Verb.LATER)
_DAYS = ("today", "yesterday", "tomorrow")


def conditions_of(rule: Rule) -> Iterator[Condition]:
    """Every condition of a rule, in reading order."""
    match rule:
        case Condition():
            yield rule
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from conditions_of(part)
        case Not(part=part):
            yield from conditions_of(part)
        case _:
            assert_never(rule)


def depends_on_time(rule: Rule) -> bool:
    """Whether somebody can join or leave while nothing happens but time."""
    return any(one.verb in _RELATIVE or one.window or set(one.values) & {*_DAYS} for one in conditions_of(rule))


def depends_on_companies(rule: Rule) -> bool:
    """Whether a customer can join or leave because something happens to their company."""
    return any(one.of_company or one.subject in (Subject.TAG, Subject.WORDS) for one in conditions_of(rule))


def rule_to_json(rule: Rule) -> str:
    """The rule as JSON text; ``rule_from_json`` gives the same rule back."""
    return json.dumps(_dumped(rule), ensure_ascii=False, separators=(",", ":"))


def rule_from_json(text: str) -> Rule:
    """The rule that ``rule_to_json`` wrote. Raises BadRule."""
    try:
        rule = _loaded(json.loads(text), 0)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        if isinstance(error, BadRule):
            raise
        raise BadRule("The rule cannot be read; it may come from a newer version") from error
    if sum(1 for _ in conditions_of(rule)) > _MOST_CONDITIONS:
        raise BadRule(f"A rule has at most {_MOST_CONDITIONS} conditions")
    return rule


def _dumped(rule: Rule) -> dict[str, object]:
    match rule:
        case AllOf(parts=parts):
            return {"all": [_dumped(part) for part in parts]}
        case AnyOf(parts=parts):
            return {"any": [_dumped(part) for part in parts]}
        case Not(part=part):
            return {"not": _dumped(part)}
        case Condition():
            said: dict[str, object] = {
                "about": rule.subject.value,
                "verb": rule.verb.value,
                "values": list(rule.values),
            }
            also = {"name": rule.name, "window": rule.window, "of_company": rule.of_company}
            said.update({name: value for name, value in also.items() if value})
            if rule.kind is not ValueKind.STRING:
                said["kind"] = rule.kind.value
            return said
        case _:
            assert_never(rule)


def _loaded(said: dict[str, Any], depth: int) -> Rule:
    if depth > _DEEPEST:
        raise BadRule(f"Groups stand more than {_DEEPEST} deep; use fewer of them")
    if "all" in said:
        return AllOf(tuple(_loaded(part, depth + 1) for part in said["all"]))
    if "any" in said:
        return AnyOf(tuple(_loaded(part, depth + 1) for part in said["any"]))
    if "not" in said:
        return Not(_loaded(said["not"], depth + 1))
    return Condition(
        Subject(said["about"]),
        Verb(said["verb"]),
        tuple(str(value) for value in said["values"]),
        str(said.get("name", "")),
        ValueKind(said.get("kind", ValueKind.STRING.value)),
        bool(said.get("of_company", False)),
        str(said.get("window", "")),
    )
