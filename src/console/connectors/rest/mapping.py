"""Records of a source become ours: pure functions that follow a manifest, nothing asked, nothing kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from console.connectors.errors import RecordError
from console.connectors.mail_text import scrub
from console.connectors.rest.manifest import Mapped, Spread
from console.connectors.rest.mapping_messages import messages_of
from console.connectors.rest.paths import Scope, found_at
from console.connectors.rest.picks import any_holds, key_of, one_of, text_of, texts_of
from console.connectors.rest.values import choices_of, moment_in, plain_value, value_of
from console.domain.address import canonical
from console.domain.channels import Channel, OwnerKind
from console.domain.records import (
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    DeletionRecord,
    EventRecord,
    NoteRecord,
    Record,
    Rejected,
)
from console.domain.values import Value

_LONGEST_NAME = 100
_LONGEST_RAW = 1_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What one record of the source became; ``said`` holds the messages that were asked for beside it, by their map."""

    scope: Scope
    said: Sequence[Sequence[Any]] = ()


def records_of(maps: Iterable[Mapped], taken: Taken, keys: str) -> tuple[list[Record], list[Rejected]]:
    """Everything that one record of the source becomes, and what cannot be understood. ``keys`` begins every message's key."""
    found: list[Record] = []
    rejected: list[Rejected] = []
    for mapped in maps:
        try:
            if any_holds(mapped.skip, taken.scope):
                continue
            found += _record(mapped, taken, keys)
        except RecordError as error:
            rejected.append(Rejected(name_of(mapped, taken.scope), error.what, raw_of(taken.scope.record)))
    return found, rejected


def _record(mapped: Mapped, taken: Taken, keys: str) -> list[Record]:
    scope = taken.scope
    if not isinstance(scope.record, dict):
        raise RecordError("It is no object.")
    key = key_of(mapped.id, scope)
    if mapped.deleted and any_holds(mapped.deleted, scope):
        return [DeletionRecord(f"{mapped.kind}:{key}")]
    match mapped.kind:
        case "company":
            return [_company(mapped, scope, key)]
        case "conversation":
            return _conversation(mapped, taken, key, keys)
        case "event":
            return [_event(mapped, scope, key)]
        case "note":
            return [_note(mapped, scope, key)]
        case _:
            return [_customer(mapped, scope, key)]


def _customer(mapped: Mapped, scope: Scope, key: str) -> CustomerRecord:
    pick = mapped.pick_by_name.get
    emails = (canonical(text) for text in texts_of(pick("emails"), scope))
    return CustomerRecord(
        key,
        tuple(dict.fromkeys(one for one in emails if one)),
        properties=properties_of(mapped, scope),
        company_ids=texts_of(pick("companies"), scope),
        at=moment_in(pick("at"), scope),
        tags=texts_of(pick("tags"), scope),
        segments=texts_of(pick("segments"), scope) if pick("segments") else None,
        saying=text_of(pick("saying"), scope),
        source_raw=raw_of(scope.record),
    )


def _company(mapped: Mapped, scope: Scope, key: str) -> CompanyRecord:
    pick = mapped.pick_by_name.get
    return CompanyRecord(
        key,
        name=text_of(pick("name"), scope).strip() or None,
        domains=texts_of(pick("domains"), scope),
        properties=properties_of(mapped, scope),
        at=moment_in(pick("at"), scope),
        tags=texts_of(pick("tags"), scope),
        source_raw=raw_of(scope.record),
    )


def _conversation(mapped: Mapped, taken: Taken, key: str, keys: str) -> list[Record]:
    scope, pick = taken.scope, mapped.pick_by_name.get
    messages, notes = messages_of(mapped.messages, scope, taken.said, key, keys)
    talk = ConversationRecord(
        key,
        _channel(mapped, scope),
        " ".join(text_of(pick("subject"), scope).split())[:1_000],
        messages,
        customer_id=text_of(pick("customer"), scope) or None,
        nickname=text_of(pick("nickname"), scope).strip(),
        is_closed=any_holds(mapped.closed, scope) if mapped.closed else None,
        tags=texts_of(pick("tags"), scope),
        properties=properties_of(mapped, scope),
        source_raw=raw_of(scope.record),
    )
    return [talk, *notes]


def _channel(mapped: Mapped, scope: Scope) -> Channel:
    """The one that the record's own word stands for, where it stands for one of ours."""
    said = text_of(mapped.pick_by_name.get("channel_by"), scope)
    return Channel(said) if said in tuple(Channel) else mapped.channel


def _event(mapped: Mapped, scope: Scope, key: str) -> EventRecord:
    pick = mapped.pick_by_name.get
    at = moment_in(pick("at"), scope)
    name = text_of(pick("name"), scope).strip()
    if at is None or not name:
        raise RecordError("An event has no name or no time.")
    return EventRecord(
        key,
        name,
        at,
        customer_id=text_of(pick("customer"), scope) or None,
        email=canonical(text_of(pick("email"), scope)),
        metadata=properties_of(mapped, scope),
        source_raw=raw_of(scope.record),
    )


def _note(mapped: Mapped, scope: Scope, key: str) -> NoteRecord:
    pick = mapped.pick_by_name.get
    at, on = moment_in(pick("at"), scope), text_of(pick("on"), scope)
    if at is None or not on:
        raise RecordError("A note has no time, or is on nothing.")
    author, text = text_of(pick("author"), scope), text_of(pick("text"), scope)
    return NoteRecord(key, OwnerKind(mapped.owner), on, text, author, at, source_raw=raw_of(scope.record))


def properties_of(mapped: Mapped, scope: Scope) -> dict[str, Value]:
    """Named properties, and all that stand in objects whose names are chosen there; named ones win."""
    found: dict[str, Value] = {}
    for spread in mapped.spread:
        for name, raw in _spread_out(spread, scope):
            is_nothing = raw in (None, "", [], {}) or isinstance(raw, dict) or name in spread.without
            value = None if is_nothing else _any_value(raw)
            if value is not None:
                found[scrub(f"{spread.prefix}{name}")[:_LONGEST_NAME]] = value
    for name, pick in mapped.properties.items():
        value = value_of(pick, scope)
        if value is not None:
            found[name] = value
    return found


def _spread_out(spread: Spread, scope: Scope) -> Iterator[tuple[str, Any]]:
    for inside in found_at(scope, spread.pick.path):
        if spread.name is not None:
            parts = inside if isinstance(inside, list) else [inside]
            for one in map(scope.inside, parts):
                if name := text_of(spread.name, one).strip():
                    yield name, one_of(spread.value, one)
        elif isinstance(inside, dict):
            yield from inside.items()
        else:
            raise RecordError("Where properties should stand, there is something else.")


def _any_value(raw: Any) -> Value | None:
    """Objects in it are left out: a property holds plain values."""
    if not isinstance(raw, list):
        return plain_value(raw, None)
    return choices_of([one for one in raw if not isinstance(one, (dict, list))])


def raw_of(record: Any) -> bytes:
    """The record as it came, as JSON; a very large one only as far as is bearable."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")[:_LONGEST_RAW]


def name_of(mapped: Mapped, scope: Scope) -> str:
    """How a record that cannot be understood is called in quarantine; one without an id by what is in it, each by itself."""
    try:
        return f"{mapped.kind}:{key_of(mapped.id, scope)}"
    except RecordError:
        return f"{mapped.kind}:without id {hashlib.sha256(raw_of(scope.record)).hexdigest()[:12]}"
