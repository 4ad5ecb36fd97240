"""Short ways to say typed values, for the sources of the sample."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from console.domain.values import Money, Value, ValueKind


def text(content: str) -> Value:
    """A string."""
    return Value(ValueKind.STRING, content)


def choice(content: str) -> Value:
    """One of several."""
    return Value(ValueKind.CHOICE, content)


def choices(*content: str) -> Value:
    """Some of several."""
    return Value(ValueKind.CHOICES, tuple(sorted(set(content))))


def number(content: int | str) -> Value:
    """A number."""
    return Value(ValueKind.NUMBER, Decimal(content))


def euro(content: int) -> Value:
    """An amount in euro."""
    return Value(ValueKind.MONEY, Money(Decimal(content), "EUR"))


def yes(content: object) -> Value:
    """True or false."""
    return Value(ValueKind.BOOLEAN, bool(content))


def day(content: date) -> Value:
    """A day."""
    return Value(ValueKind.DATE, content)


def moment(content: datetime) -> Value:
    """A moment (aware UTC)."""
    return Value(ValueKind.DATETIME, content)


def of_kind(kind: ValueKind, content: str) -> Value:
    """A link, an e-mail address or a phone number, canonical already."""
    return Value(kind, content)


def said(values: Mapping[str, Value | None]) -> dict[str, Value]:
    """Those of the values that are known."""
    return {name: value for name, value in values.items() if value is not None}
