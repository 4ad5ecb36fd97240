"""Moments: aware UTC times as the microseconds that the tables hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Microseconds since 1970 of an aware time."""
    return (at - _EPOCH) // _MICROSECOND


def moment(number: int) -> datetime:
    """The aware UTC time of so many microseconds since 1970."""
    return _EPOCH + timedelta(0, 0, number)


def micros_or_none(at: datetime | None) -> int | None:
    """``micros``, where there may be no time."""
    return None if at is None else micros(at)


def moment_or_none(number: int | None) -> datetime | None:
    """``moment``, where there may be no time."""
    return None if number is None else _EPOCH + timedelta(0, 0, number)
