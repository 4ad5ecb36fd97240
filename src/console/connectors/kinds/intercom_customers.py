"""Intercom's contacts and companies as customers and companies: pure, from its JSON to our records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from console.connectors.html_cleaning import clean
from console.connectors.kinds.intercom_values import (
    Attribute,
    Json,
    key_of,
    key_or_none,
    known_moment,
    line_of,
    list_of,
    moment_of,
    objects_in,
    part_of,
    text_of,
    value_of,
)
from console.domain.address import canonical
from console.domain.records import CompanyRecord, CustomerRecord, JoinedRecord, NoteRecord, OwnerKind
from console.domain.values import Value, ValueKind

CUSTOM = "custom."
"""Before the name of a custom attribute that is called like one of Intercom's own."""

CUSTOMER_TEXTS = {
    "name": "name", "phone": "phone", "external_id": "external_id", "role": "intercom_role", "browser": "browser",
    "browser_language": "browser_language", "os": "os", "language_override": "language", "ios_device": "ios_device",
    "ios_app_version": "ios_app_version", "android_device": "android_device", "android_app_version": "android_app_version",
}  # fmt: skip
CUSTOMER_TIMES = (
    "created_at", "signed_up_at", "last_seen_at", "last_replied_at", "last_contacted_at", "last_email_opened_at",
    "last_email_clicked_at", "ios_last_seen_at", "android_last_seen_at",
)  # fmt: skip
CUSTOMER_FLAGS = ("has_hard_bounced", "marked_email_as_spam", "unsubscribed_from_emails")
PLACES = {
    "country": "location.country", "region": "location.region", "city": "location.city",
    "country_code": "location.country_code", "continent_code": "location.continent_code",
}  # fmt: skip
COMPANY_VALUES = (
    "industry", "size", "monthly_spend", "session_count", "user_count", "remote_created_at", "created_at",
    "last_request_at",
)  # fmt: skip
OWN_OF_CUSTOMERS = frozenset(
    {*CUSTOMER_TEXTS.values(), *CUSTOMER_TIMES, *CUSTOMER_FLAGS, *PLACES.values(), "owner", "email"}
)
OWN_OF_COMPANIES = frozenset({*COMPANY_VALUES, "website", "plan", "external_id", "name", "domain"})
_KINDS = {"phone": ValueKind.PHONE, "website": ValueKind.LINK}


@dataclass(frozen=True, slots=True)
class Known:
    """What records refer to by id: names of tags and of teammates, and the attributes by name."""

    tag_by_id: Mapping[str, str] = field(default_factory=dict)
    teammate_by_id: Mapping[str, str] = field(default_factory=dict)
    customer_attributes: Mapping[str, Attribute] = field(default_factory=dict)
    company_attributes: Mapping[str, Attribute] = field(default_factory=dict)
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """What was fetched besides a contact because its lists were cut: all tags by name, all companies by id; None: not cut."""

    tags: tuple[str, ...] | None = None
    companies: tuple[str, ...] | None = None
    segments: tuple[str, ...] | None = None


def customer_of(raw: Json, known: Known, followed: Followed | None = None) -> CustomerRecord:
    """A contact. Raises RecordError."""
    followed = followed or Followed()
    address = canonical(text_of(raw, "email")) if raw.get("email") else None
    embedded_tags = tuple(known.tag_by_id[key] for key in embedded_ids(raw, "tags") if key in known.tag_by_id)
    return CustomerRecord(
        key_of(raw),
        emails=(address,) if address else (),
        properties=_customer_properties(raw, known),
        company_ids=followed.companies if followed.companies is not None else embedded_ids(raw, "companies"),
        at=moment_of(raw, "updated_at"),
        tags=tuple(dict.fromkeys(followed.tags if followed.tags is not None else embedded_tags)),
        segments=followed.segments,
        source_raw=as_bytes(raw),
    )


def company_of(raw: Json, known: Known) -> CompanyRecord:
    """A company; ``monthly_spend`` is whole, as Intercom keeps it. Raises RecordError."""
    website = text_of(raw, "website").strip()
    values = {name: value_of(name, raw.get(name)) for name in COMPANY_VALUES}
    values["website"] = Value(ValueKind.LINK, website) if "://" in website else value_of("website", website)
    values["plan"] = value_of("plan", line_of(part_of(raw, "plan"), "name"))
    values["external_id"] = value_of("external_id", text_of(raw, "company_id"))
    values |= _custom_values(part_of(raw, "custom_attributes"), known.company_attributes, OWN_OF_COMPANIES)
    return CompanyRecord(
        key_of(raw),
        name=line_of(raw, "name") or None,
        domains=_domains(website),
        properties={name: value for name, value in values.items() if value is not None},
        at=moment_of(raw, "updated_at"),
        tags=tuple(
            dict.fromkeys(filter(None, (line_of(one, "name") for one in objects_in(part_of(raw, "tags"), "tags"))))
        ),
        source_raw=as_bytes(raw),
    )


def note_of(raw: Json, owner_kind: OwnerKind, owner: str) -> NoteRecord:
    """A note on a contact or a company. Raises RecordError."""
    author = part_of(raw, "author")
    return NoteRecord(
        note_key(key_of(raw)), owner_kind, owner, clean(text_of(raw, "body")).text,
        line_of(author, "name") or line_of(author, "email"), known_moment(raw, "created_at"), source_raw=as_bytes(raw),
    )  # fmt: skip


def note_key(note: str) -> str:
    """How a note is called among the notes of the source; those of conversations are parts."""
    return f"note/{note}"


def joined_of(raw: Json) -> tuple[JoinedRecord, ...]:
    """Who was made one with this contact, as ``merge_history`` tells. Raises RecordError."""
    into = key_of(raw)
    return tuple(JoinedRecord(key_of(one, "source_contact_id"), into) for one in objects_in(raw, "merge_history"))


def custom_name(name: str, own: frozenset[str]) -> str:
    """How a custom attribute is called here: one that is called like an attribute of Intercom's own is marked."""
    return f"{CUSTOM}{name}" if name in own else name


def embedded_ids(raw: Json, name: str) -> tuple[str, ...]:
    """The ids of a list inside a contact: ten at most. Raises RecordError."""
    return tuple(key_of(one) for one in objects_in(part_of(raw, name), "data"))


def cut_url(raw: Json, name: str) -> str | None:
    """Where a list inside a contact stands whole, None where it is whole already. Raises RecordError."""
    part = part_of(raw, name)
    total = part.get("total_count")
    is_more = part.get("has_more") is True or (isinstance(total, int) and total > len(list_of(part, "data")))
    return (text_of(part, "url") or f"/contacts/{key_of(raw)}/{name}") if is_more else None


def as_bytes(raw: Json) -> bytes:
    """What the source said, as it is kept."""
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _customer_properties(raw: Json, known: Known) -> dict[str, Value]:
    values: dict[str, Value | None] = {}
    for theirs, ours in CUSTOMER_TEXTS.items():
        text = line_of(raw, theirs)
        values[ours] = Value(_KINDS.get(theirs, ValueKind.STRING), text) if text else None
    values |= {name: _time(raw, name) for name in CUSTOMER_TIMES}
    values |= {name: value_of(name, raw.get(name)) for name in CUSTOMER_FLAGS}
    place = part_of(raw, "location")
    values |= {ours: value_of(ours, line_of(place, theirs)) for theirs, ours in PLACES.items()}
    owner = key_or_none(raw, "owner_id")
    values["owner"] = value_of("owner", known.teammate_by_id.get(owner or ""))
    values |= _custom_values(part_of(raw, "custom_attributes"), known.customer_attributes, OWN_OF_CUSTOMERS)
    return {name: value for name, value in values.items() if value is not None}


def _custom_values(raw: Json, attributes: Mapping[str, Attribute], taken: frozenset[str]) -> dict[str, Value | None]:
    return {custom_name(name, taken): value_of(name, found, attributes.get(name)) for name, found in raw.items()}


def _time(raw: Json, name: str) -> Value | None:
    found: datetime | None = moment_of(raw, name)
    return None if found is None else Value(ValueKind.DATETIME, found)


def _domains(website: str) -> tuple[str, ...]:
    """The host of a website that is one: an address with a path may be a page on somebody else's."""
    try:
        parts = urlsplit(website if "://" in website else f"https://{website}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ()
    return (host,) if "." in host and parts.path in {"", "/"} and not host.replace(".", "").isdigit() else ()
