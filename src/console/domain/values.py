"""Values: the types a property can have, how text becomes one, and how one is stored."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from console.domain.address import address_of


class ValueKind(StrEnum):
    """The type of a property."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    MONEY = "money"
    LINK = "link"
    EMAIL = "email"
    PHONE = "phone"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its ISO 4217 currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Value:
    """A typed value: ``kind`` says which Python type ``content`` has.

    string, link, email, phone, choice: str · number: Decimal · boolean: bool · date: date · datetime: aware UTC datetime ·
    money: Money · choices: tuple of str, sorted.
    """

    kind: ValueKind
    content: str | Decimal | bool | date | datetime | Money | tuple[str, ...]


class ValueProblem(ValueError):
    """The text is no value of that kind; the message is a sentence for the teammate."""


_TRUE = frozenset(["true", "yes", "y", "on", "1", "ja", "oui", "si", "sí", "sim", "wahr", "vrai", "x", "✓"])
_FALSE = frozenset(["false", "no", "n", "off", "0", "nein", "non", "não", "falsch", "faux"])
_LINK = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)
_PHONE = re.compile(r"\+?[0-9(][0-9 ().\-/\u00a0\u202f]{3,30}(?:\s*(?:x|ext\.?)\s*[0-9]{1,6})?")
CURRENCY_BY_SIGN = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "zł": "PLN",
    "kr": "SEK",
}
_LONGEST_TEXT = 20_000
_MOST_DIGITS = 30


def parse(kind: ValueKind, text: str, *, decimal_comma: bool = False, currency: str = "EUR") -> Value:
    """The value that ``text`` writes, in the forms people type (dates ISO or ``31.12.2026``; times as UTC unless offset).

    Raises ValueProblem with a sentence that says what is wrong and what would do.
    """
    stripped = text.strip()
    if not stripped:
        raise ValueProblem("The value is empty; use Mask to show it as empty on purpose")
    match kind:
        case ValueKind.STRING | ValueKind.CHOICE:
            return Value(kind, _text(stripped))
        case ValueKind.NUMBER:
            return Value(kind, number(stripped, decimal_comma=decimal_comma))
        case ValueKind.BOOLEAN:
            return Value(kind, _boolean(stripped))
        case ValueKind.DATE:
            return Value(kind, _date(stripped))
        case ValueKind.DATETIME:
            return Value(kind, _datetime(stripped))
        case ValueKind.MONEY:
            return Value(kind, money(stripped, decimal_comma=decimal_comma, currency=currency))
        case ValueKind.LINK:
            return Value(kind, _link(stripped))
        case ValueKind.EMAIL:
            return Value(kind, _email(stripped))
        case ValueKind.PHONE:
            return Value(kind, _phone(stripped))
        case ValueKind.CHOICES:
            return Value(kind, _choices(stripped))


def number(text: str, *, decimal_comma: bool = False) -> Decimal:
    """The number that ``text`` writes; thousands may be parted by spaces, apostrophes, or the other separator."""
    compact = re.sub(r"[\s\u00a0\u202f'’]", "", text)
    compact = compact.replace(".", "").replace(",", ".") if decimal_comma else _without_thousands(compact)
    if (
        not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", compact, re.IGNORECASE)
        or len(compact) > _MOST_DIGITS
    ):
        raise ValueProblem(f"“{_short(text)}” is not a number; write it like 1200 or 12.5")
    try:
        return Decimal(compact)
    except InvalidOperation as error:  # pragma: no cover - the pattern above admits no such text
        raise ValueProblem(f"“{_short(text)}” is not a number") from error


def money(text: str, *, decimal_comma: bool = False, currency: str = "EUR") -> Money:
    """The amount and currency that ``text`` writes (``€ 4,250.00``, ``380 USD``); without one, ``currency`` is meant."""
    found, rest = currency, text
    for sign, code in CURRENCY_BY_SIGN.items():
        if sign in rest:
            found, rest = code, rest.replace(sign, "", 1)
            break
    code_match = re.search(r"\b([A-Z]{3})\b", rest)
    if code_match:
        found, rest = code_match.group(1), rest[: code_match.start()] + rest[code_match.end() :]
    return Money(number(rest, decimal_comma=decimal_comma), found)


def stored(value: Value) -> str:
    """The value as text for the database: the same value gives the same text."""
    match value.content:
        case str():
            return value.content
        case bool():
            return "true" if value.content else "false"
        case Money(amount=amount, currency=code):
            return f"{_plain(amount)} {code}"
        case Decimal():
            return _plain(value.content)
        case tuple():
            return json.dumps(list(value.content), ensure_ascii=False)
        case datetime():
            return value.content.astimezone(UTC).isoformat()
        case date():
            return value.content.isoformat()


def restored(kind: ValueKind, text: str) -> Value:
    """The value that ``stored`` wrote."""
    match kind:
        case ValueKind.NUMBER:
            return Value(kind, Decimal(text))
        case ValueKind.BOOLEAN:
            return Value(kind, text == "true")
        case ValueKind.DATE:
            return Value(kind, date.fromisoformat(text))
        case ValueKind.DATETIME:
            return Value(kind, datetime.fromisoformat(text))
        case ValueKind.MONEY:
            amount, _, code = text.rpartition(" ")
            return Value(kind, Money(Decimal(amount), code))
        case ValueKind.CHOICES:
            return Value(kind, tuple(json.loads(text)))
        case _:
            return Value(kind, text)


def as_number(value: Value) -> float | None:
    """The value on a number line, for filters and sorting: numbers, amounts, booleans, and times as seconds since 1970."""
    match value.content:
        case bool():
            return float(value.content)
        case Decimal():
            return float(value.content)
        case Money(amount=amount):
            return float(amount)
        case datetime():
            return value.content.timestamp()
        case date():
            return datetime(value.content.year, value.content.month, value.content.day, tzinfo=UTC).timestamp()
        case _:
            return None


def sort_text(value: Value) -> str:
    """Kind and stored text: a total order among values of any kinds."""
    return f"{value.kind.value}:{stored(value)}"


def plain(value: Value) -> str:
    """The value as a person reads it where no locale is at hand (command line, exports)."""
    match value.content:
        case tuple():
            return ", ".join(value.content)
        case bool():
            return "yes" if value.content else "no"
        case _:
            return stored(value)


def _plain(amount: Decimal) -> str:
    text = format(amount.normalize(), "f") if abs(amount.adjusted()) <= _MOST_DIGITS else str(amount)
    return "0" if text == "-0" else text


def _without_thousands(compact: str) -> str:
    if re.fullmatch(r"[^\d,]*\d{1,3}(,\d{3})+(\.\d+)?", compact):
        return compact.replace(",", "")
    return compact


def _text(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise ValueProblem(f"The text has {len(text):,} characters; {_LONGEST_TEXT:,} fit. Put long texts into a note")
    return text


def _boolean(text: str) -> bool:
    lowered = text.lower()
    if lowered in _TRUE:
        return True
    if lowered in _FALSE:
        return False
    raise ValueProblem(f"“{_short(text)}” is neither yes nor no")


def _date(text: str) -> date:
    for pattern, order in ((r"(\d{4})-(\d{1,2})-(\d{1,2})", (0, 1, 2)), (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", (2, 1, 0))):
        found = re.fullmatch(pattern, text)
        if found:
            parts = found.groups()
            try:
                return date(*(int(parts[i]) for i in order))
            except ValueError as error:
                raise ValueProblem(f"“{_short(text)}” is not a day of the calendar") from error
    raise ValueProblem(f"“{_short(text)}” is not a date; write it like 2026-12-31 or 31.12.2026")


def _datetime(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueProblem(f"“{_short(text)}” is not a date and time; write it like 2026-12-31 14:30") from error


def _link(text: str) -> str:
    candidate = text if "://" in text else f"https://{text}"
    if not _LINK.fullmatch(candidate) or "." not in candidate:
        raise ValueProblem(f"“{_short(text)}” is not a link; write it like https://example.com")
    return candidate


def _email(text: str) -> str:
    address = address_of(text)
    if address is None:
        raise ValueProblem(f"“{_short(text)}” is not an e-mail address")
    return address.written


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise ValueProblem(f"“{_short(text)}” is not a phone number; write it like +33 4 72 00 00 18")
    return re.sub(r"\s+", " ", text)


def _choices(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in re.split(r"[,;|]", text))
    return tuple(sorted({part for part in parts if part}))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
