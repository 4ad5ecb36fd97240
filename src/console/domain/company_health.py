"""Health of a company: new, active, slipping away, away or unknown, and the evidence for it.

The state follows Intercom's definitions of last seen (facts: semantics §1.1), with *away* for more than 60 days and *unknown*
where nothing tells; the trend of sessions stands beside it and never changes it. Days are those of the team's time zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from console.domain.ids import CustomerId
from console.domain.segment_tests import ago

NEW_WITHIN, ACTIVE_WITHIN, SLIPPING_WITHIN = "1d", "30d", "60d"
QUIET_AFTER = "14d"
WEEKS_SHOWN = 26
FEWEST_SESSIONS = 8
"""With fewer sessions in the four weeks before, a percentage says nothing."""

NOTABLE_CHANGE = 25
"""So many percent up or down make a trend."""

NOT_ENOUGH = "Not enough activity to judge"
QUARTER = 900_000_000
"""Microseconds of 15 minutes: every time zone's offset is a multiple of it, so a quarter lies within one day."""


class HealthState(StrEnum):
    """How a company is; the words are those of the command line."""

    NEW = "new"
    ACTIVE = "active"
    SLIPPING = "slipping away"
    AWAY = "away"
    UNKNOWN = "unknown"


class Trend(StrEnum):
    """Sessions of the last four weeks against the four before."""

    RISING = "rising"
    STEADY = "steady"
    DECLINING = "declining"
    UNKNOWN = "unknown"


class SeenBy(StrEnum):
    """What the last sign of life was."""

    LOGIN = "login"
    EVENT = "event"
    MESSAGE = "message"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class LastSeen:
    """When somebody of the company was last seen (aware UTC), and by what.

    ``name`` and ``customer_id`` say who; both are empty where the source says it of the company itself. ``origin`` is the
    source that says it, empty where it is the latest of the members.
    """

    at: datetime
    how: SeenBy
    name: str = ""
    customer_id: CustomerId | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What is known of how a company uses the product.

    ``since``: since when it is a customer, a day or a moment (aware UTC). ``recent`` and ``before``: sessions of all members in
    the last four weeks and the four before. ``quiet``: members who were not seen for 14 days. ``is_measured``: whether any
    source tells of logins or of use at all; mails alone do not.
    """

    last_seen: LastSeen | None
    since: datetime | date | None
    recent: int
    before: int
    members: int
    quiet: int
    is_measured: bool


@dataclass(frozen=True, slots=True)
class Health:
    """The verdict. ``since`` is when the state began (aware UTC), None where it has no beginning worth telling.

    ``change`` is the trend in percent, None where there is too little to compare; ``evidence`` a sentence without a full stop.
    """

    state: HealthState
    trend: Trend
    change: int | None
    evidence: str
    since: datetime | None
    as_of: datetime


def health_of(usage: Usage, now: datetime, zone: tzinfo) -> Health:
    """The state by last seen at ``now`` (aware UTC), the trend, and what both rest on."""
    state, since = _state(usage, now, zone)
    change = _change(usage)
    trend = Trend.UNKNOWN if state is HealthState.UNKNOWN else _trend(change)
    told = change if trend is not Trend.UNKNOWN else None
    return Health(state, trend, told, _evidence(usage, state, told, now, zone), since, now)


def windows(now: datetime, zone: tzinfo) -> tuple[datetime, datetime, datetime]:
    """Where the last four weeks, the four before, and the 26 weeks of the heat map begin (aware UTC)."""
    monday = _monday(now.astimezone(zone).date()) - timedelta(weeks=WEEKS_SHOWN - 1)
    first = datetime(monday.year, monday.month, monday.day, tzinfo=zone).astimezone(UTC)
    return ago(now, "4w", zone), ago(now, "8w", zone), first


def heat(counted: Iterable[tuple[int, int]], now: datetime, zone: tzinfo) -> tuple[tuple[int, ...], ...]:
    """How many fell on each day: 26 weeks from Monday to Sunday, oldest first, ending with the week of ``now``.

    ``counted``: how many there were in which ``QUARTER`` since 1970; what lies outside is left out.
    """
    first = _monday(now.astimezone(zone).date()) - timedelta(weeks=WEEKS_SHOWN - 1)
    weeks = [[0] * 7 for _ in range(WEEKS_SHOWN)]
    for quarter, count in counted:
        day = datetime.fromtimestamp(quarter * QUARTER / 1_000_000, zone).date()
        place = (day - first).days
        if 0 <= place < 7 * WEEKS_SHOWN:
            weeks[place // 7][place % 7] += count
    return tuple(tuple(week) for week in weeks)


def days_between(at: datetime, now: datetime, zone: tzinfo) -> int:
    """Whole days from ``at`` to ``now`` by the clock on the wall; never less than none."""
    gone = now.astimezone(zone).replace(tzinfo=None) - at.astimezone(zone).replace(tzinfo=None)
    return max(0, gone.days)


def ago_in_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """``just now``, ``5 min ago``, ``3 h ago``, ``1 day ago``, ``41 days ago``."""
    days, minutes = days_between(at, now, zone), max(now - at, timedelta()) // timedelta(minutes=1)
    if days >= 1:
        return "1 day ago" if days == 1 else f"{days} days ago"
    if minutes >= 60:
        return f"{minutes // 60} h ago"
    return f"{minutes} min ago" if minutes else "just now"


def _state(usage: Usage, now: datetime, zone: tzinfo) -> tuple[HealthState, datetime | None]:
    if _is_new(usage.since, now, zone):
        return HealthState.NEW, None
    seen = usage.last_seen
    if seen is None or not usage.is_measured:
        return HealthState.UNKNOWN, None
    if seen.at >= ago(now, ACTIVE_WITHIN, zone):
        return HealthState.ACTIVE, None
    if seen.at >= ago(now, SLIPPING_WITHIN, zone):
        return HealthState.SLIPPING, _later(seen.at, ACTIVE_WITHIN, zone)
    return HealthState.AWAY, _later(seen.at, SLIPPING_WITHIN, zone)


def _is_new(since: datetime | date | None, now: datetime, zone: tzinfo) -> bool:
    """A day counts as a whole: nobody knows at which hour of it they signed up."""
    begin = ago(now, NEW_WITHIN, zone)
    match since:
        case None:
            return False
        case datetime():
            return begin <= since <= now
        case date():
            return begin.astimezone(zone).date() <= since <= now.astimezone(zone).date()


def _later(at: datetime, length: str, zone: tzinfo) -> datetime:
    return ago(at, length, zone, sign=1)


def _change(usage: Usage) -> int | None:
    if usage.before < FEWEST_SESSIONS:
        return None
    return round(100 * (usage.recent - usage.before) / usage.before)


def _trend(change: int | None) -> Trend:
    if change is None:
        return Trend.UNKNOWN
    if change <= -NOTABLE_CHANGE:
        return Trend.DECLINING
    return Trend.RISING if change >= NOTABLE_CHANGE else Trend.STEADY


def _evidence(usage: Usage, state: HealthState, change: int | None, now: datetime, zone: tzinfo) -> str:
    seen = _seen_in_words(usage.last_seen, now, zone) if usage.last_seen else "nobody was ever seen"
    if state is HealthState.UNKNOWN:
        return f"{NOT_ENOUGH}: no source tells of logins; {seen}"
    parts = [seen]
    if state is HealthState.NEW:
        parts.insert(0, "customer since " + _since_in_words(usage.since, now, zone))
    if change is not None:
        parts.append(f"sessions {_percent(change)} against the 4 weeks before")
    elif state is not HealthState.NEW:
        parts.append("too few sessions for a trend")
    if usage.quiet and usage.members > 1 and state in (HealthState.ACTIVE, HealthState.SLIPPING):
        parts.append(f"{usage.quiet} of {usage.members} members not seen for 14 days")
    return "; ".join(parts)


def _seen_in_words(seen: LastSeen, now: datetime, zone: tzinfo) -> str:
    when, by = ago_in_words(seen.at, now, zone), f" by {seen.name}" if seen.name else ""
    match seen.how:
        case SeenBy.LOGIN:
            return f"last login{by}, {when}"
        case SeenBy.MESSAGE:
            return f"last message{by}, {when}"
        case SeenBy.SOURCE:
            return f"last seen{by} {when}, says {seen.origin}"
        case SeenBy.EVENT:
            return f"last seen{by}, {when}"


def _since_in_words(since: datetime | date | None, now: datetime, zone: tzinfo) -> str:
    day = since.astimezone(zone).date() if isinstance(since, datetime) else since
    return "today" if day == now.astimezone(zone).date() else "yesterday"


def _percent(change: int) -> str:
    """With a true minus sign, and a narrow space that does not break: ``−62 %``."""
    sign = "−" if change < 0 else "+" if change > 0 else "±"
    return f"{sign}{abs(change)}\u202f%"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
