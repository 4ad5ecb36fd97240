"""Property values out of JSON: of the kind that the manifest says, or of the one that the value shows."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from console.connectors.errors import RecordError
from console.connectors.mail_text import scrub
from console.connectors.rest.paths import Scope
from console.connectors.rest.picks import Pick, all_of, text_form
from console.connectors.rest.times import TimeForm, moment_of
from console.domain.values import Value, ValueKind, ValueProblem, parse

_TIMES = frozenset({ValueKind.DATE, ValueKind.DATETIME})


def value_of(pick: Pick, scope: Scope) -> Value | None:
    """The value, or None where there is none. Raises RecordError where there is something that is no such value."""
    found = [one for one in all_of(pick, scope) if one not in ("", [], {})]
    if not found:
        return None
    if pick.kind is ValueKind.CHOICES or len(found) > 1 or isinstance(found[0], list):
        return choices_of(found)
    return plain_value(found[0], pick.kind, pick.time, pick.currency)


def plain_value(raw: Any, kind: ValueKind | None, time: TimeForm = TimeForm.AUTO, currency: str = "") -> Value | None:
    """A text, number or truth as a value. Raises RecordError for objects, and for what is no value of ``kind``."""
    if isinstance(raw, (dict, list)):
        raise RecordError("A property holds more than one plain value.")
    kind = kind or _shown_kind(raw)
    if kind in _TIMES:
        moment = moment_of(raw, time)
        return Value(kind, moment if kind is ValueKind.DATETIME else moment.date())
    if kind is ValueKind.NUMBER and not isinstance(raw, (str, bool)):
        return Value(kind, Decimal(str(raw)))
    text = scrub(text_form(raw)).strip()
    if not text:
        return None
    try:
        return parse(kind, text, currency=currency or "EUR")
    except ValueProblem as error:
        raise RecordError(f"A property is no {kind.value}.") from error


def _shown_kind(raw: Any) -> ValueKind:
    if isinstance(raw, bool):
        return ValueKind.BOOLEAN
    return ValueKind.NUMBER if isinstance(raw, (int, float)) else ValueKind.STRING


def choices_of(found: list[Any]) -> Value | None:
    """Several words as one property. Raises RecordError for objects among them."""
    parts = [part for one in found for part in (one if isinstance(one, list) else [one])]
    if any(isinstance(part, (dict, list)) for part in parts):
        raise RecordError("A property holds more than plain values.")
    texts = {scrub(text_form(part)).strip() for part in parts} - {""}
    return Value(ValueKind.CHOICES, tuple(sorted(texts))) if texts else None


def moment_in(pick: Pick | None, scope: Scope) -> datetime | None:
    """The time that a pick gives, aware UTC, or None. Raises RecordError."""
    if pick is None:
        return None
    found = [one for one in all_of(pick, scope) if one not in ("", 0)]
    return moment_of(found[0], pick.time) if found else None
