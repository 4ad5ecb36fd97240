"""What is known of one customer or company, as the conditions of a segment ask it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import assert_never

from console.domain.records import OwnerKind
from console.domain.segment_rules import BUILT_IN, AllOf, AnyOf, Condition, Not, Rule, Subject, Verb
from console.domain.segment_tests import Moments, Range, Test, Words, ago, instant, test_of
from console.domain.values import ValueKind, restored


@dataclass(frozen=True, slots=True)
class Shown:
    """A property as it is shown: ``text`` as ``values.stored`` writes it, ``number`` as ``values.as_number`` says it."""

    kind: ValueKind
    text: str
    number: float | None

    def texts(self) -> tuple[str, ...]:
        """What text is compared with: of choices, each of them."""
        return tuple(json.loads(self.text)) if self.kind is ValueKind.CHOICES else (self.text,)

    @property
    def content(self) -> object:
        """The typed content, as ``values.Value`` has it."""
        return restored(self.kind, self.text).content


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one; only what the rule asks need be filled in.

    ``texts``: the names, addresses, tags, sources, segments, flags and channels. ``numbers``: counts, and moments in
    microseconds since 1970 (UTC); what is not known is not there. ``events``: when each was done, in order.
    ``companies``: those that a customer belongs to now.
    """

    owner_kind: OwnerKind
    id: int
    name: str = ""
    texts: Mapping[Subject, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[Subject, int] = field(default_factory=dict)
    properties: Mapping[str, Shown] = field(default_factory=dict)
    events: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    companies: tuple[Facts, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a condition found: whether it holds, and the values that were looked at (text, numbers, properties).

    ``companies``: the names of the companies that it was found with.
    """

    holds: bool
    texts: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    shown: tuple[Shown, ...] = ()
    companies: tuple[str, ...] = ()


def holds(rule: Rule, facts: Facts, now: datetime, zone: tzinfo) -> bool:
    """Whether one belongs, at ``now`` (aware UTC), for a teammate of that time zone. Raises ValueProblem."""
    match rule:
        case Condition():
            return found(rule, facts, now, zone).holds
        case AllOf(parts=parts):
            return all(holds(part, facts, now, zone) for part in parts)
        case AnyOf(parts=parts):
            return any(holds(part, facts, now, zone) for part in parts)
        case Not(part=part):
            return not holds(part, facts, now, zone)
        case _:
            assert_never(rule)


def found(condition: Condition, facts: Facts, now: datetime, zone: tzinfo) -> Found:
    """Ask one condition. Raises ValueProblem where its values are none."""
    if condition.of_company:
        return _of_companies(condition, facts, now, zone)
    test = test_of(condition, now, zone)
    if condition.subject is Subject.PROPERTY:
        return _of_property(facts.properties.get(condition.name), test)
    texts = _texts(condition, facts)
    if condition.subject is Subject.SEGMENT and condition.verb is not Verb.KNOWN:
        texts = (*(texts or ()), *(name for name, rule in BUILT_IN.items() if holds(rule, facts, now, zone)))
    if texts is not None:
        known = tuple(text for text in texts if text)
        is_met = isinstance(test, Words) and any(test.holds(text) for text in known)
        return Found(is_met, known, companies=_tagged_companies(condition, facts, test))
    return _of_numbers(_numbers(condition, facts, now, zone), test)


def _of_companies(condition: Condition, facts: Facts, now: datetime, zone: tzinfo) -> Found:
    """Any company of the customer; where there is none, what the customer says of it (``company.plan``)."""
    inner = replace(condition, of_company=False)
    if not facts.companies and condition.subject is Subject.PROPERTY:
        return found(replace(inner, name=f"company.{condition.name}"), facts, now, zone)
    asked = [(company, found(inner, company, now, zone)) for company in facts.companies]
    telling = [pair for pair in asked if pair[1].holds] or asked
    return Found(
        any(one.holds for _, one in asked),
        tuple(dict.fromkeys(text for _, one in telling for text in one.texts)),
        tuple(number for _, one in telling for number in one.numbers),
        tuple(shown for _, one in telling for shown in one.shown),
        tuple(company.name for company, _ in telling),
    )


def _of_property(shown: Shown | None, test: Test) -> Found:
    if shown is None:
        return Found(False)
    match test:
        case Words():
            holds = any(test.holds(text) for text in shown.texts())
        case Moments():
            holds = shown.number is not None and (
                (shown.kind is ValueKind.DATE and test.days.scaled(1_000_000).holds(shown.number))
                or (shown.kind is ValueKind.DATETIME and test.moments.scaled(1_000_000).holds(shown.number))
            )
        case _:
            holds = any(_amount_holds(shown, wanted) for wanted in test)
    return Found(holds, shown=(shown,))


def _amount_holds(shown: Shown, wanted: Range) -> bool:
    if shown.number is None or shown.kind not in (ValueKind.NUMBER, ValueKind.MONEY, ValueKind.BOOLEAN):
        return False
    if wanted.currency and not (shown.kind is ValueKind.MONEY and shown.text.endswith(f" {wanted.currency}")):
        return False
    return wanted.holds(shown.number)


def _texts(condition: Condition, facts: Facts) -> tuple[str, ...] | None:
    """The texts that the condition is about, None where it is about numbers."""
    match condition.subject:
        case Subject.WORDS:
            own = (facts.name, *facts.texts.get(Subject.EMAIL, ()), *facts.texts.get(Subject.DOMAIN, ()))
            return own + tuple(company.name for company in facts.companies)
        case Subject.NAME:
            return (facts.name,)
        case Subject.TAG:
            given = tuple(tag for company in facts.companies for tag in company.texts.get(Subject.OWN_TAG, ()))
            return facts.texts.get(Subject.OWN_TAG, ()) + given
        case (
            Subject.EMAIL
            | Subject.DOMAIN
            | Subject.OWN_TAG
            | Subject.SOURCE
            | Subject.SEGMENT
            | Subject.FLAG
            | Subject.CHANNEL
        ):
            return facts.texts.get(condition.subject, ())
        case _:
            return None


def _tagged_companies(condition: Condition, facts: Facts, test: Test) -> tuple[str, ...]:
    """Through which companies a tag reaches the customer."""
    if condition.subject is not Subject.TAG or not isinstance(test, Words):
        return ()
    own = facts.texts.get(Subject.OWN_TAG, ())
    if any(test.holds(tag) for tag in own):
        return ()
    tagged = (one for one in facts.companies if any(test.holds(tag) for tag in one.texts.get(Subject.OWN_TAG, ())))
    return tuple(one.name for one in tagged)


def _numbers(condition: Condition, facts: Facts, now: datetime, zone: tzinfo) -> tuple[int, ...]:
    if condition.subject not in (Subject.EVENT_COUNT, Subject.EVENT_FIRST, Subject.EVENT_LAST):
        return (facts.numbers[condition.subject],) if condition.subject in facts.numbers else ()
    times = facts.events.get(condition.name, ())
    if condition.window:
        since = instant(ago(now, condition.window, zone))
        times = tuple(at for at in times if at >= since)
    if condition.subject is Subject.EVENT_COUNT:
        return (len(times),)
    return ((times[0] if condition.subject is Subject.EVENT_FIRST else times[-1]),) if times else ()


def _of_numbers(numbers: tuple[int, ...], test: Test) -> Found:
    match test:
        case Words(verb=Verb.KNOWN):
            holds = any(numbers)
        case Words():
            holds = False
        case Moments():
            holds = any(test.moments.holds(number) for number in numbers)
        case _:
            holds = any(wanted.holds(number) for wanted in test for number in numbers)
    return Found(holds, numbers=numbers)
