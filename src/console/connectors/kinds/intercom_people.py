"""One contact with all that hangs on it, and what is only asked for when a profile is opened: segments, notes, events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from console.connectors.errors import RecordError
from console.connectors.kinds.intercom_client import Asking, Missing, listed
from console.connectors.kinds.intercom_customers import (
    Followed,
    Known,
    customer_of,
    cut_url,
    embedded_ids,
    joined_of,
    note_of,
)
from console.connectors.kinds.intercom_events import event_of, summary_events
from console.connectors.kinds.intercom_values import Json, an_object, key_of, line_of, objects_in, part_of
from console.domain.channels import OwnerKind
from console.domain.records import DeletionRecord, EventRecord, JoinedRecord, Record

_MOST_HOPS = 3


def customer_records(asking: Asking, raw: Any, known: Known, with_notes: bool) -> tuple[Record, ...]:
    """A contact as it was listed: lists that were cut are followed; with its notes, and who was made one with it. Raises RecordError."""
    raw = an_object(raw, "A contact")
    try:
        record = customer_of(raw, known, _followed(asking, raw, known))
        notes = _notes(asking, raw) if with_notes else ()
    except Missing as missing:
        # It was merged or deleted while it was read.
        return gone(key_of(raw), missing)
    return (record, *joined_of(raw), *notes)


def opened(asking: Asking, key: str, known: Known, with_notes: bool) -> tuple[Record, ...]:
    """A contact as it is now, with its segments; where it became somebody else, that one as well. Raises RecordError."""
    found: list[Record] = []
    for _hop in range(_MOST_HOPS):
        try:
            raw = asking.get(f"/contacts/{key}", {"include_merge_history": "true"})
            segments = _names(asking, f"/contacts/{key}/segments")
        except Missing as missing:
            found += gone(key, missing)
            if missing.into is None:
                return tuple(found)
            key = missing.into
            continue
        followed = _followed(asking, raw, known)
        whole = Followed(followed.tags, followed.companies, segments)
        notes = _notes(asking, raw) if with_notes else ()
        return (*found, customer_of(raw, known, whole), *joined_of(raw), *notes)
    return tuple(found)


def events(asking: Asking, key: str) -> Iterator[EventRecord]:
    """What a contact did: one by one for 90 days, and of what lies before the first and the last time."""
    listed_at: dict[str, list[int]] = {}
    whose = {"type": "user", "intercom_user_id": key}
    try:
        for batch in listed(asking, "/events", "events", params={**whose, "per_page": 50}):
            for row in batch.rows:
                event = _event(row, key)
                if event is not None:
                    listed_at.setdefault(event.name, []).append(int(event.at.timestamp()))
                    yield event
        for batch in listed(asking, "/events", "events", params={**whose, "summary": "true"}):
            for row in batch.rows:
                yield from _summary(row, key, listed_at)
    except Missing:
        return


def gone(key: str, missing: Missing) -> tuple[Record, ...]:
    """What is said of a contact that is no longer there."""
    return (JoinedRecord(key, missing.into),) if missing.into else (DeletionRecord(f"customer:{key}"),)


def _followed(asking: Asking, raw: Json, known: Known) -> Followed:
    tags_url, companies_url = cut_url(raw, "tags"), cut_url(raw, "companies")
    if tags_url is None and any(one not in known.tag_by_id for one in embedded_ids(raw, "tags")):
        tags_url = f"/contacts/{key_of(raw)}/tags"  # a tag made since the names were read
    return Followed(
        _names(asking, tags_url) if tags_url else None,
        tuple(key_of(row) for row in _rows(asking, companies_url, "data", "companies")) if companies_url else None,
    )


def _notes(asking: Asking, raw: Json) -> tuple[Record, ...]:
    part, key = part_of(raw, "notes"), key_of(raw)
    if not objects_in(part, "data") and not part.get("total_count"):
        return ()
    rows = _rows(asking, f"/contacts/{key}/notes", "data")
    return tuple(note_of(row, OwnerKind.CUSTOMER, key) for row in rows)


def _names(asking: Asking, url: str) -> tuple[str, ...]:
    return tuple(name for row in _rows(asking, url, "data") if (name := line_of(row, "name")))


def _rows(asking: Asking, url: str, *names: str) -> list[Json]:
    return [an_object(row, "A row") for batch in listed(asking, url, *names) for row in batch.rows]


def _event(row: Any, key: str) -> EventRecord | None:
    try:
        return event_of(an_object(row, "An event"), key)
    except RecordError:
        return None


def _summary(row: Any, key: str, listed_at: Mapping[str, list[int]]) -> tuple[EventRecord, ...]:
    try:
        return summary_events(an_object(row, "A summary"), key, listed_at)
    except RecordError:
        return ()
