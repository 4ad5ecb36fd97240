"""Intercom's events and their summaries as events: pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from console.connectors.errors import RecordError
from console.connectors.kinds.intercom_customers import as_bytes
from console.connectors.kinds.intercom_values import (
    Json,
    key_or_none,
    known_moment,
    line_of,
    moment,
    part_of,
    plain_line,
    text_of,
    value_of,
)
from console.domain.records import EventRecord
from console.domain.values import Value, ValueKind

TIMES, FIRST, LAST = "times", "first_at", "last_at"


def event_of(raw: Json, customer: str) -> EventRecord:
    """One event. Without an id it is known by who, what and when, as Intercom itself tells events apart. Raises RecordError."""
    name, at = line_of(raw, "event_name"), known_moment(raw, "created_at")
    if not name:
        raise RecordError("An event has no name.")
    key = key_or_none(raw, "id") or f"{customer}/{name}/{int(at.timestamp())}"
    values = {plain_line(field): _metadata(field, found) for field, found in part_of(raw, "metadata").items()}
    said = {field: value for field, value in values.items() if value is not None}
    return EventRecord(key, name, at, customer, metadata=said, source_raw=as_bytes(raw))


def summary_events(raw: Json, customer: str, listed_at: Mapping[str, list[int]]) -> tuple[EventRecord, ...]:
    """The first and the last time of what a contact did, where these are not listed one by one. Raises RecordError."""
    name = line_of(raw, "name")
    if not name:
        raise RecordError("A summary has no name.")
    first, last = _when(raw, "first"), _when(raw, "last")
    count = raw.get("count")
    told = {FIRST: Value(ValueKind.DATETIME, first), LAST: Value(ValueKind.DATETIME, last)}
    if isinstance(count, int) and not isinstance(count, bool):
        told[TIMES] = Value(ValueKind.NUMBER, Decimal(count))
    oldest = min(listed_at.get(name, ()), default=None)
    moments = {"first": first} if first == last else {"first": first, "last": last}
    return tuple(
        EventRecord(f"{customer}/{name}/{which}", name, at, customer, metadata=told, source_raw=as_bytes(raw))
        for which, at in moments.items()
        if oldest is None or int(at.timestamp()) < oldest
    )


def _metadata(name: str, found: object) -> Value | None:
    """Values of events: an amount in cents with its currency, a link with a text, or a plain value; ``*_date`` are times."""
    match found:
        case {"amount": int(cents), "currency": str(currency)}:
            return value_of(name, f"{Decimal(cents) / 100} {currency.upper()}")
        case {"url": str(url)}:
            return value_of(name, url)
        case int() if name.endswith("_date") and not isinstance(found, bool):
            return Value(ValueKind.DATETIME, moment(found, name))
        case _:
            return value_of(name, found)


def _when(raw: Json, name: str) -> datetime:
    """Intercom writes these as ISO times, its older descriptions as seconds since 1970. Raises RecordError."""
    text = text_of(raw, name) if isinstance(raw.get(name), str) else ""
    if text and not text.isdigit():
        try:
            found = datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            raise RecordError(f"{name} is not a time.") from None
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return moment(raw.get(name), name)
