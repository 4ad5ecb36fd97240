"""When things happen in the sample: denser towards now, on working days and in working hours, never in the future."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

MONTHS_BACK = timedelta(days=425)
_CLOSED_WEEKDAYS = (5, 6)
_OPENS, _CLOSES, _BUSIEST = 6.5, 17.5, 9.0
_WEEKEND_SHARE = 0.12
_DENSITY = 1.6


def some_moment(rng: random.Random, now: datetime, *, earliest: timedelta = MONTHS_BACK) -> datetime:
    """A moment between ``now - earliest`` and three hours ago (aware UTC)."""
    newest = now - timedelta(hours=3)
    while True:
        day = newest - earliest * (rng.random() ** _DENSITY)
        if day.weekday() in _CLOSED_WEEKDAYS and rng.random() > _WEEKEND_SHARE:
            continue
        at = _at_hour(day, rng.triangular(_OPENS, _CLOSES, _BUSIEST), rng)
        if now - earliest <= at <= newest:
            return at


def answer_moment(rng: random.Random, at: datetime, typical: timedelta) -> datetime:
    """When an answer comes after ``at``: mostly after ``typical``, pushed to the next morning of work."""
    due = at + typical * min(rng.lognormvariate(-0.4, 0.9), 12.0)
    while due.weekday() in _CLOSED_WEEKDAYS or due.hour + due.minute / 60 > _CLOSES + 1:
        due = _at_hour(due + timedelta(days=1), rng.triangular(_OPENS, _CLOSES, _OPENS + 1), rng)
    if due.hour < int(_OPENS):
        due = _at_hour(due, rng.triangular(_OPENS, _OPENS + 3, _OPENS + 0.5), rng)
    return max(due, at + timedelta(seconds=45))


def ago(now: datetime, minutes: float) -> datetime:
    """That many minutes before ``now``, to the second."""
    return (now - timedelta(minutes=minutes)).replace(microsecond=0)


def _at_hour(day: datetime, hour: float, rng: random.Random) -> datetime:
    start = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return start + timedelta(minutes=int(hour * 60), seconds=int(rng.random() * 60))
