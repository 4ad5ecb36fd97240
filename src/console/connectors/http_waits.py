"""How long a source asks to wait, in every form that vendors say it, never longer than a quarter of an hour (promise P26)."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT_SECONDS = 900.0
# What is waited where a source says "too many" and no time, or one that cannot be understood.
USUAL_WAIT_SECONDS = 30.0
_LEAST_WAIT_SECONDS = 1.0
# Seconds since 1970 have ten digits, thousandths thirteen; nobody asks to wait for thirty years.
_UNIX_SECONDS_FROM, _UNIX_MILLISECONDS_FROM = 1e9, 1e12
_MOST_JITTER = 0.1

# (what is left, when it is given anew) by header: usual ones, drafts of the IETF, Zendesk, Help Scout.
_LEFT_AND_RESET = (
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    ("ratelimit-remaining", "ratelimit-reset"),
    ("x-rate-limit-remaining", "x-rate-limit-reset"),
    ("x-rate-limit-remaining", "ratelimit-reset"),
    ("x-ratelimit-remaining-minute", "x-ratelimit-retry-after"),
)
_HUBSPOT_LEFT, _HUBSPOT_SPAN = "x-hubspot-ratelimit-remaining", "x-hubspot-ratelimit-interval-milliseconds"


def wait_asked(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds to wait after "too many requests", at least one, at most 900, with jitter. ``headers`` by lower-case name."""
    said = (headers.get(name, "") for name in ("retry-after", "x-ratelimit-retry-after"))
    resets = (headers.get(name, "") for _, name in _LEFT_AND_RESET)
    for text in (*said, *resets):
        seconds = seconds_of(text, now)
        if seconds is not None:
            return _bounded(seconds)
    span = _number(headers.get(_HUBSPOT_SPAN, ""))
    return _bounded(span / 1000 if span is not None else USUAL_WAIT_SECONDS)


def wait_before_next(headers: Mapping[str, str], now: datetime, extra: tuple[tuple[str, str], ...] = ()) -> float:
    """Seconds until the next request may go out after a good answer: 0 unless the source says that nothing is left."""
    for left, reset in (*_LEFT_AND_RESET, *extra):
        if (found := _number(headers.get(left, ""))) is not None and found <= 0:
            seconds = seconds_of(headers.get(reset, ""), now)
            if seconds is not None:
                return _bounded(seconds)
    if (found := _number(headers.get(_HUBSPOT_LEFT, ""))) is not None and found <= 0:
        return _bounded((_number(headers.get(_HUBSPOT_SPAN, "")) or 10_000) / 1000)
    return 0.0


def seconds_of(text: str, now: datetime) -> float | None:
    """From seconds, a point in time (unix seconds or thousandths), an HTTP or an ISO date; None for anything else."""
    number = _number(text)
    if number is not None:
        if number >= _UNIX_MILLISECONDS_FROM:
            return number / 1000 - now.timestamp()
        return number - now.timestamp() if number >= _UNIX_SECONDS_FROM else number
    point = _point(text.strip())
    return (point - now).total_seconds() if point else None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _point(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _bounded(seconds: float) -> float:
    """A little later than asked, so that many clients do not come back in the same moment."""
    asked = min(max(seconds, _LEAST_WAIT_SECONDS), LONGEST_WAIT_SECONDS)
    return min(asked * (1 + random.random() * _MOST_JITTER), LONGEST_WAIT_SECONDS)
