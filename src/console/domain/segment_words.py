"""Rules as sentences for people: what a condition asks, and what it found with somebody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from console.domain.segment_facts import Found, Shown
from console.domain.segment_rules import AllOf, AnyOf, Condition, Measure, Not, Rule, Subject, Verb
from console.domain.segments import Explained, Part
from console.domain.values import ValueKind, plain, restored

_SUBJECTS = {
    Subject.WORDS: "name, e-mail or company",
    Subject.NAME: "name",
    Subject.EMAIL: "e-mail",
    Subject.DOMAIN: "domain",
    Subject.TAG: "tag",
    Subject.OWN_TAG: "own tag",
    Subject.SOURCE: "source",
    Subject.SEGMENT: "segment",
    Subject.FLAG: "flag",
    Subject.CHANNEL: "channel of a conversation",
}
_VERBS = {
    Verb.CONTAINS: ("contains", "does not contain"),
    Verb.STARTS: ("starts with", "does not start with"),
    Verb.KNOWN: ("is known", "is not known"),
    Verb.ABOVE: ("is more than", "is not more than"),
    Verb.AT_LEAST: ("is at least", "is less than"),
    Verb.BELOW: ("is less than", "is not less than"),
    Verb.AT_MOST: ("is at most", "is more than"),
    Verb.BETWEEN: ("is between", "is not between"),
    Verb.IS: ("is", "is not"),
}
_DATED = {
    Verb.ABOVE: ("after", "not after"),
    Verb.AT_LEAST: ("on or after", "not on or after"),
    Verb.BELOW: ("before", "not before"),
    Verb.AT_MOST: ("on or before", "not on or before"),
    Verb.BETWEEN: ("between", "not between"),
    Verb.IS: ("on", "not on"),
    Verb.KNOWN: ("known", "not known"),
}
_RELATIVE = {
    Verb.NEWER: ("less than {} ago", "not in the last {}"),
    Verb.OLDER: ("more than {} ago", "not more than {} ago"),
    Verb.SOONER: ("within the next {}", "not in the next {}"),
    Verb.LATER: ("more than {} from now", "not more than {} from now"),
}
_UNITS = {"h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


def line_of(line: Explained) -> str:
    """What one line of an explanation asks."""
    return sentence(line.rule, is_wanted=line.is_wanted)


def sentence(rule: Rule, *, is_wanted: bool = True) -> str:
    """What a rule asks, in a few words: “plan is Enterprise”, “any of these 2”."""
    match rule:
        case Not(part=part):
            return sentence(part, is_wanted=not is_wanted)
        case AllOf(parts=parts):
            return f"all of these {len(parts)}" if is_wanted else f"not all of these {len(parts)}"
        case AnyOf(parts=parts):
            return f"any of these {len(parts)}" if is_wanted else f"none of these {len(parts)}"
        case _:
            return _asked(rule, 0 if is_wanted else 1)


def _asked(condition: Condition, side: int) -> str:
    name = subject_words(condition)
    if condition.subject is Subject.EVENT_COUNT:
        return _counted(condition, name, side)
    if condition.verb in _RELATIVE:
        return f"{name} {_RELATIVE[condition.verb][side].format(length_words(condition.values[0]))}"
    values = " or ".join(condition.values)
    if condition.verb is Verb.BETWEEN:
        values = " and ".join(condition.values)
    if condition.measure is Measure.MOMENT:
        return f"{name} {_DATED[condition.verb][side]} {values}".strip()
    return f"{name} {_VERBS[condition.verb][side]} {values}".strip()


def _counted(condition: Condition, name: str, side: int) -> str:
    within = f" in {length_words(condition.window)}" if condition.window else ""
    if condition.verb is Verb.KNOWN or (condition.verb is Verb.AT_LEAST and condition.values == ("1",)):
        return f"{name} {('ever' if not within else 'at least once', 'never')[side]}{within}"
    verb = _VERBS[condition.verb][side].removeprefix("is ")
    exactly = ("exactly ", "not exactly ")[side] if condition.verb is Verb.IS else f"{verb} "
    values = (" and " if condition.verb is Verb.BETWEEN else " or ").join(condition.values)
    return f"{name} {exactly}{values} times{within}"


def subject_words(condition: Condition) -> str:
    """What a condition is about."""
    if condition.subject in (Subject.PROPERTY, Subject.EVENT_COUNT):
        name = condition.name
    elif condition.subject in (Subject.EVENT_FIRST, Subject.EVENT_LAST):
        name = f"{'first' if condition.subject is Subject.EVENT_FIRST else 'last'} {condition.name}"
    else:
        name = _SUBJECTS.get(condition.subject, condition.subject.value)
    return f"company {name.removeprefix('own ')}" if condition.of_company else name


def length_words(length: str) -> str:
    """``30d`` as “30 days”."""
    number = length.rstrip("hdwmoy ")
    unit = _UNITS.get(length[len(number) :].strip(), length)
    return f"{number} {unit}" if number == "1" else f"{number} {unit}s"


def found_words(line: Explained, now: datetime, zone: tzinfo) -> str:
    """What was found: “Enterprise”, “7 times”, “21 days ago”, “no tag”; for a group how many of its lines hold."""
    if isinstance(line.rule, Not):
        return found_words(line.lines[0], now, zone)
    if not isinstance(line.rule, Condition) or line.found is None:
        return f"{sum(one.part is Part.HOLDS for one in line.lines)} of {len(line.lines)}"
    said = _values(line.rule, line.found, now, zone)
    through = [name for name in line.found.companies if name]
    return f"{said} · {', '.join(through)}" if through and said else said


def _values(condition: Condition, found: Found, now: datetime, zone: tzinfo) -> str:
    if found.shown:
        return ", ".join(_shown(one) for one in found.shown)
    if found.texts:
        return ", ".join(found.texts[:5]) + ("…" if len(found.texts) > 5 else "")
    if found.numbers:
        if condition.subject is Subject.EVENT_COUNT:
            (times,) = found.numbers[:1]
            return "never" if not times else "once" if times == 1 else f"{times:,} times"
        if condition.measure is Measure.MOMENT or condition.verb is Verb.KNOWN:
            return ", ".join(since_words(number, now, zone) for number in found.numbers)
        return ", ".join(f"{number:,}" for number in found.numbers)
    if condition.subject in (Subject.TAG, Subject.OWN_TAG):
        return "no tag"
    return "never" if condition.subject in (Subject.EVENT_FIRST, Subject.EVENT_LAST) else "not known"


def _shown(one: Shown) -> str:
    return plain(restored(ValueKind(one.kind), one.text))


def since_words(at: int, now: datetime, zone: tzinfo) -> str:
    """How long ago a moment was (microseconds since 1970), and its day where that is long."""
    then = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(0, 0, at)
    past = now - then
    if past < timedelta(0):
        return f"{then.astimezone(zone):%Y-%m-%d}"
    days = (now.astimezone(zone).date() - then.astimezone(zone).date()).days
    if past < _HOUR:
        return f"{past // _MINUTE} min ago"
    if days < 1:
        return f"{past // _HOUR} h ago"
    return f"{days} day{'s' if days > 1 else ''} ago"
