"""Attributes of contacts and companies written back: under their own names and types, never over what changed there meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from console.connectors.errors import RecordError
from console.connectors.kinds.intercom_client import Asking, said_by
from console.connectors.kinds.intercom_customers import (
    CUSTOM,
    OWN_OF_COMPANIES,
    OWN_OF_CUSTOMERS,
    Known,
    company_of,
    customer_of,
)
from console.connectors.kinds.intercom_reference import attributes_by_name, teammate_called, teammates_by_id
from console.connectors.kinds.intercom_values import Attribute
from console.domain.channels import OwnerKind
from console.domain.outbox import Sending, SendingState, Settled
from console.domain.values import Value, ValueKind, restored, stored

_SENT = Settled(SendingState.SENT)
_PATHS = {OwnerKind.CUSTOMER: "/contacts", OwnerKind.COMPANY: "/companies"}
# Ours → theirs, of those that the API may write (description 2.16, update_contact_request and update_company_request).
_WRITABLE = {
    OwnerKind.CUSTOMER: {
        "name": "name", "email": "email", "phone": "phone", "external_id": "external_id", "owner": "owner_id", "signed_up_at": "signed_up_at",
        "last_seen_at": "last_seen_at", "unsubscribed_from_emails": "unsubscribed_from_emails",
    },
    OwnerKind.COMPANY: {
        "name": "name", "plan": "plan", "size": "size", "website": "website", "industry": "industry", "monthly_spend": "monthly_spend",
    },
}  # fmt: skip
_WHOLE = frozenset({"size", "monthly_spend"})
_LARGEST_WHOLE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a property is written: among the custom attributes, or as a field of its own."""

    field: str
    is_custom: bool
    is_whole: bool


def write_property(asking: Asking, sending: Sending) -> Settled:
    """Write one property, unless it changed at Intercom since the teammate looked. Raises Missing, RecordError, UncertainError."""
    attributes = attributes_by_name(asking, sending.target_kind)
    place = _place_of(sending, attributes)
    now, version = _there(asking, sending, attributes)
    wanted = _wanted(sending)
    if now == wanted:
        return _SENT
    if sending.base is not None and now != sending.base.get("value"):
        name = str(sending.body["name"])
        reason = "It was changed at Intercom as well."
        return Settled(SendingState.CONFLICT, reason, theirs={name: now, "version": version})
    value = _written(asking, sending, place)
    body = {"custom_attributes": {place.field: value}} if place.is_custom else {place.field: value}
    answer = asking.write("PUT", f"{_PATHS[sending.target_kind]}/{sending.target}", body)
    if answer.status in {404, 410}:
        return Settled(SendingState.REFUSED, "Intercom no longer has what this was meant for.")
    if answer.status in {409, 412}:
        now, version = _there(asking, sending, attributes)
        return Settled(
            SendingState.CONFLICT,
            "It was changed at Intercom as well.",
            theirs={str(sending.body["name"]): now, "version": version},
        )
    return _SENT if answer.is_good else Settled(SendingState.REFUSED, f"Intercom said no: {said_by(answer)}.")


def is_written(asking: Asking, sending: Sending) -> bool:
    """Whether Intercom says now what was to be written. Raises Missing, RecordError."""
    now, _ = _there(asking, sending, attributes_by_name(asking, sending.target_kind))
    return now == _wanted(sending)


def _place_of(sending: Sending, attributes: Mapping[str, Attribute]) -> _Place:
    """Raises RecordError for what Intercom does not let anybody write."""
    name = str(sending.body.get("name", ""))
    writable = _WRITABLE.get(sending.target_kind, {})
    own = OWN_OF_CUSTOMERS if sending.target_kind is OwnerKind.CUSTOMER else OWN_OF_COMPANIES
    if name in writable:
        return _Place(writable[name], is_custom=False, is_whole=name in _WHOLE)
    if name in own:
        raise RecordError(f"Intercom keeps {name} itself; nobody else can write it.")
    custom = name.removeprefix(CUSTOM) if name.removeprefix(CUSTOM) in own else name
    attribute = attributes.get(custom)
    if attribute is None or not attribute.is_custom:
        raise RecordError(f"Intercom has no attribute called {custom}; make it there first.")
    if not attribute.is_writable:
        raise RecordError(f"Intercom does not let programs write {custom}.")
    return _Place(custom, is_custom=True, is_whole=attribute.is_whole)


def _there(asking: Asking, sending: Sending, attributes: Mapping[str, Attribute]) -> tuple[str | None, str]:
    """What Intercom says now, in stored form, and when it last changed."""
    raw = asking.get(f"{_PATHS[sending.target_kind]}/{sending.target}")
    names = {key: str(one.get("name") or "") for key, one in teammates_by_id(asking).items()}
    if sending.target_kind is OwnerKind.COMPANY:
        company = company_of(raw, Known(company_attributes=attributes))
        values: dict[str, Value] = dict(company.properties)
        if company.name:
            values["name"] = Value(ValueKind.STRING, company.name)
    else:
        customer = customer_of(raw, Known(teammate_by_id=names, customer_attributes=attributes))
        values = dict(customer.properties)
        if customer.emails:
            values["email"] = Value(ValueKind.STRING, customer.emails[0])
    found = values.get(str(sending.body.get("name", "")))
    return (None if found is None else stored(found)), str(raw.get("updated_at") or "")


def _wanted(sending: Sending) -> str | None:
    value = sending.body.get("value")
    return None if value is None else str(value)


def _written(asking: Asking, sending: Sending, place: _Place) -> Any:
    """The value as Intercom takes it. Raises RecordError for one that it could only keep changed."""
    text = _wanted(sending)
    if text is None:
        return None
    if place.field == "owner_id":
        owner = teammate_called(teammates_by_id(asking), text)
        if owner is None:
            raise RecordError(f"Nobody at Intercom is called {text}.")
        return owner
    value = restored(ValueKind(str(sending.body.get("kind") or "string")), text)
    match value.content:
        case bool():
            return value.content
        case Decimal():
            return _number(value.content, place)
        case datetime():
            return int(value.content.timestamp())
        case str():
            return value.content
        case tuple():
            raise RecordError("Intercom keeps one value, not several.")
        case _ if value.kind is ValueKind.DATE:
            return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
        case _:
            return _number(Decimal(text.split(" ")[0]), place)


def _number(number: Decimal, place: _Place) -> int | float:
    if number == number.to_integral_value():
        if place.is_whole and abs(number) > _LARGEST_WHOLE:
            raise RecordError("Intercom keeps whole numbers up to 2,147,483,647 here.")
        return int(number)
    if place.is_whole:
        raise RecordError(f"Intercom keeps whole numbers here and would make {int(number)} of {number}.")
    return float(number)
