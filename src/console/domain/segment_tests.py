"""What a condition asks of a value, worked out for one moment and time zone: a word that is looked for, or a range.

A day is a day of the teammate's calendar, from midnight to midnight there, also where the clocks change. “30 days ago” is the
same time of day on the day of the calendar thirty days before; hours are hours.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from console.domain.segment_rules import Condition, Measure, Subject, Verb
from console.domain.values import ValueKind, ValueProblem, as_number, number, parse

LENGTH = re.compile(r"(\d{1,5})\s*(h|d|w|mo|y)")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CODE = re.compile(r"\b([A-Z]{3})\b")
_UPPER = {ord(sign): sign.lower() for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_SHIFTS = {"yesterday": -1, "today": 0, "tomorrow": 1}


@dataclass(frozen=True, slots=True)
class Words:
    """The value is, holds or begins with one of these, whatever the case of ASCII letters; ``KNOWN``: there is a value."""

    verb: Verb
    words: tuple[str, ...]

    def holds(self, text: str) -> bool:
        """Whether a value does."""
        lowered = lower(text)
        match self.verb:
            case Verb.KNOWN:
                return bool(text)
            case Verb.CONTAINS:
                return any(word in lowered for word in self.words)
            case Verb.STARTS:
                return any(lowered.startswith(word) for word in self.words)
            case _:
                return lowered in self.words


@dataclass(frozen=True, slots=True)
class Range:
    """Between two numbers; None where there is no end. ``currency``: only amounts of it."""

    low: float | None = None
    high: float | None = None
    has_low: bool = True
    has_high: bool = True
    currency: str = ""

    def holds(self, number_: float) -> bool:
        """Whether a number lies in it."""
        above = self.low is None or (number_ >= self.low if self.has_low else number_ > self.low)
        return above and (self.high is None or (number_ <= self.high if self.has_high else number_ < self.high))

    def scaled(self, by: int) -> Range:
        """The same range in a unit so many times larger."""
        low = None if self.low is None else self.low / by
        return Range(low, None if self.high is None else self.high / by, self.has_low, self.has_high)


@dataclass(frozen=True, slots=True)
class Moments:
    """Between two moments, in microseconds since 1970 (UTC), the second one excluded; ``days``: the same for days without
    a time, which stand at midnight UTC.
    """

    moments: Range
    days: Range


Test = Words | tuple[Range, ...] | Moments


def lower(text: str) -> str:
    """ASCII letters lowered, as the database does it."""
    return text.translate(_UPPER)


def test_of(condition: Condition, now: datetime, zone: tzinfo) -> Test:
    """What the condition asks at ``now`` (aware UTC) for a teammate of that time zone. Raises ValueProblem with a sentence."""
    if condition.verb is Verb.KNOWN:
        return Words(Verb.KNOWN, ())
    wanted = 2 if condition.verb is Verb.BETWEEN else 1
    if len(condition.values) < wanted or not all(value.strip() for value in condition.values):
        raise ValueProblem("A value is missing")
    match condition.measure:
        case Measure.TEXT:
            return Words(condition.verb, tuple(lower(value.strip()) for value in condition.values))
        case Measure.TRUTH:
            truth = as_number(parse(ValueKind.BOOLEAN, condition.values[0]))
            return (Range(truth, truth),)
        case Measure.NUMBER:
            return _numbers(condition)
        case Measure.MOMENT:
            try:
                return _moments(condition, now.astimezone(UTC), zone)
            except OverflowError as error:
                raise ValueProblem("The date is too far away; write one like 2026-12-31") from error


def ago(now: datetime, length: str, zone: tzinfo, *, sign: int = -1) -> datetime:
    """The moment so long before ``now`` (``30d``, ``12h``, ``2w``, ``3mo``, ``1y``), or after it, in UTC.

    A time of day that the clocks left out is read as the same moment in the offset before. Raises ValueProblem.
    """
    found = LENGTH.fullmatch(length.strip())
    if found is None:
        raise ValueProblem(f"“{length[:20]}” is no length of time; write it like 30d, 12h, 2w, 3mo or 1y")
    count, unit = sign * int(found[1]), found[2]
    try:
        if unit == "h":
            return now + timedelta(hours=count)
        local = now.astimezone(zone).replace(tzinfo=None)
        if unit in ("d", "w"):
            moved = local + timedelta(days=count * (7 if unit == "w" else 1))
        else:
            moved = _months_later(local, count * (12 if unit == "y" else 1))
        return moved.replace(tzinfo=zone).astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise ValueProblem(f"“{length[:20]}” is too long a time; write it like 30d") from error


def instant(at: datetime) -> int:
    """Microseconds since 1970 of an aware time."""
    return (at - _EPOCH) // _MICROSECOND


def _months_later(local: datetime, count: int) -> datetime:
    months = local.year * 12 + local.month - 1 + count
    year, month = divmod(months, 12)
    return local.replace(year=year, month=month + 1, day=min(local.day, monthrange(year, month + 1)[1]))


def _numbers(condition: Condition) -> tuple[Range, ...]:
    found = [_amount(value) for value in condition.values]
    (first, currency), last = found[0], found[-1][0]
    match condition.verb:
        case Verb.ABOVE:
            return (Range(first, None, has_low=False, currency=currency),)
        case Verb.AT_LEAST:
            return (Range(first, None, currency=currency),)
        case Verb.BELOW:
            return (Range(None, first, has_high=False, currency=currency),)
        case Verb.AT_MOST:
            return (Range(None, first, currency=currency),)
        case Verb.BETWEEN:
            return (Range(min(first, last), max(first, last), currency=currency),)
        case Verb.IS:
            return tuple(Range(one, one, currency=code) for one, code in found)
        case _:
            raise ValueProblem("Numbers are compared by is, more, less and between")


def _amount(text: str) -> tuple[float, str]:
    """The number that a text writes, and the currency that it names."""
    code = _CODE.search(text)
    rest = text if code is None else text[: code.start()] + text[code.end() :]
    return float(number(rest.strip())), "" if code is None else code[1]


def _moments(condition: Condition, now: datetime, zone: tzinfo) -> Moments:
    first = condition.values[0]
    today = now.astimezone(zone).date()
    match condition.verb:
        case Verb.NEWER:
            begin = ago(now, first, zone)
            # Somebody who was seen by a clock that is fast was seen just now; what a property says may well lie ahead.
            end = instant(now) if condition.subject is Subject.PROPERTY else None
            return Moments(Range(instant(begin), end), _days(_day(begin, zone), today))
        case Verb.OLDER:
            begin = ago(now, first, zone)
            return Moments(Range(None, instant(begin), has_high=False), _days(None, _day(begin, zone) - timedelta(1)))
        case Verb.SOONER:
            later = ago(now, first, zone, sign=1)
            return Moments(Range(instant(now), instant(later)), _days(today, _day(later, zone)))
        case Verb.LATER:
            later = ago(now, first, zone, sign=1)
            return Moments(Range(instant(later), None, has_low=False), _days(_day(later, zone) + timedelta(1), None))
        case Verb.ABOVE | Verb.AT_LEAST | Verb.BELOW | Verb.AT_MOST | Verb.BETWEEN | Verb.IS:
            return _between(condition, now, zone)
        case _:
            raise ValueProblem("Dates are compared by on, before, after, between, and how long ago")


def _between(condition: Condition, now: datetime, zone: tzinfo) -> Moments:
    """A day means all of it: later than a day begins with the next one."""
    spans = sorted(_span(value, now, zone) for value in condition.values)
    (begin, end, day), (_, last_end, last_day) = spans[0], spans[-1]
    match condition.verb:
        case Verb.ABOVE:
            return Moments(Range(end, None), _days(day + timedelta(1), None))
        case Verb.AT_LEAST:
            return Moments(Range(begin, None), _days(day, None))
        case Verb.BELOW:
            return Moments(Range(None, begin, has_high=False), _days(None, day - timedelta(1)))
        case Verb.AT_MOST:
            return Moments(Range(None, end, has_high=False), _days(None, day))
        case _:
            return Moments(Range(begin, last_end, has_high=False), _days(day, last_day))


def _span(text: str, now: datetime, zone: tzinfo) -> tuple[int, int, date]:
    """The first moment of what a text names, the first one behind it, and its day."""
    shift = _SHIFTS.get(text.strip().lower())
    if shift is not None:
        day = now.astimezone(zone).date() + timedelta(shift)
    else:
        content = parse(ValueKind.DATE if len(text.strip()) <= len("2026-12-31") else ValueKind.DATETIME, text).content
        if isinstance(content, datetime):
            return instant(content), instant(content) + 1, _day(content, zone)
        assert isinstance(content, date)
        day = content
    try:
        begin, end = (datetime.combine(day + timedelta(n), time(), zone).astimezone(UTC) for n in (0, 1))
    except OverflowError as error:
        raise ValueProblem(f"“{text[:20]}” is too far away; write a date like 2026-12-31") from error
    return instant(begin), instant(end), day


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()


def _days(first: date | None, last: date | None) -> Range:
    """From one day to another, both of them included, as midnights UTC."""
    low, high = (None if day is None else instant(datetime.combine(day, time(), UTC)) for day in (first, last))
    return Range(low, high)
