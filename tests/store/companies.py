"""Companies, their members and what those did, as a source says it; and which company is which afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tests.store.world import World, text

from console.domain.ids import CompanyId
from console.domain.records import CompanyRecord, CustomerRecord, EventRecord
from console.domain.values import Value, ValueKind

NOW = datetime(2026, 1, 20, 12, tzinfo=UTC)


def number(count: int) -> Value:
    return Value(ValueKind.NUMBER, Decimal(count))


def moment(at: datetime) -> Value:
    return Value(ValueKind.DATETIME, at)


def yes() -> Value:
    return Value(ValueKind.BOOLEAN, True)


def firm(external_id: str, name: str, *domains: str, **properties: Value) -> CompanyRecord:
    return CompanyRecord(external_id, name, domains, properties)


def member(name: str, *firms: str, email: str | Value = "", **properties: Value) -> CustomerRecord:
    return CustomerRecord(name, (str(email) or f"{name}@acme.example",), {"name": text(name), **properties}, firms)


def login(name: str, days: float, event: str = "Logged in") -> EventRecord:
    """What a member did so many days before `NOW`."""
    return EventRecord(f"{name}/{event}/{days}", event, NOW - timedelta(days=days), customer_id=name)


def key_of(world: World, name: str) -> CompanyId:
    ((key,),) = world.rows("SELECT id FROM companies WHERE name = ? AND merged_into IS NULL", name)
    return CompanyId(int(str(key)))
