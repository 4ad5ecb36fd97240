"""Rows for tests of readers: what taking in and folding would have written, said in one line each."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, insert
from sqlalchemy.dialects.sqlite import dialect

from console.domain.ids import stable_id, time_ordered_id
from console.domain.records import OwnerKind
from console.store.claims import define, property_id
from console.store.connection import Connection
from console.store.identities import create_owner, home_of
from console.store.moments import micros
from console.store.refreshing import Touched, refresh
from console.store.schema import workspace as tables

_DIALECT = dialect(paramstyle="qmark")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def put(connection: Connection, table: Table, **values: object) -> None:
    """One row; what is not said has its default."""
    statement = insert(table).values(**values).compile(dialect=_DIALECT)
    connection.exec_driver_sql(str(statement), tuple(statement.params[name] for name in statement.positiontup or ()))


def source(connection: Connection, key: int = 1, name: str = "Helpdesk", kind: str = "imap") -> int:
    put(connection, tables.sources, id=key, kind=kind, name=name, created_at=micros(NOW))
    return key


def customer(connection: Connection, name: str, *emails: str, source_id: int = 1, created: datetime = NOW) -> int:
    """A customer known to a source under the e-mail (or the name), with a name claimed by it; gives the key."""
    external = emails[0] if emails else name
    owner = stable_id("customer", external)
    create_owner(connection, OwnerKind.CUSTOMER, owner, micros(created))
    known = identity(connection, OwnerKind.CUSTOMER, owner, external, *emails, source_id=source_id, created=created)
    claim(connection, known, "name", name, at=created)
    refresh(connection, Touched(customers={owner}))
    return owner


def company(connection: Connection, name: str, *, created: datetime = NOW) -> int:
    owner = stable_id("company", name)
    create_owner(connection, OwnerKind.COMPANY, owner, micros(created))
    claim(connection, home_of(OwnerKind.COMPANY, owner), "name", name, owner_kind=OwnerKind.COMPANY, at=created)
    refresh(connection, Touched(companies={owner}))
    return owner


def identity(
    connection: Connection,
    kind: OwnerKind,
    owner: int,
    external_id: str,
    *emails: str,
    source_id: int = 1,
    created: datetime = NOW,
) -> int:
    key = stable_id("identity", str(source_id), kind.value, external_id)
    put(
        connection,
        tables.identities,
        id=key,
        source_id=source_id,
        external_id=external_id,
        kind=kind.value,
        owner_id=owner,
        created_at=micros(created),
    )
    for email in emails:
        put(connection, tables.identity_keys, identity_id=key, kind=kind.value, key=email.lower(), written=email)
    return key


def claim(
    connection: Connection,
    identity_id: int,
    name: str,
    value: str | None,
    *,
    kind: str = "string",
    rank: int = 1,
    state: str = "value",
    origin: str = "source",
    origin_name: str = "Helpdesk",
    owner_kind: OwnerKind = OwnerKind.CUSTOMER,
    at: datetime = NOW,
    until: datetime | None = None,
) -> None:
    """A claim and, where it is new, the property."""
    define(connection, [(owner_kind, name, kind)], 0)
    put(
        connection,
        tables.claims,
        identity_id=identity_id,
        property_id=property_id(owner_kind, name),
        rank=rank,
        state=state,
        kind=kind,
        value=value,
        origin_kind=origin,
        origin_name=origin_name,
        origin_key=f"{origin}:{origin_name}",
        acted_at=micros(at),
        since=micros(at),
        until=None if until is None else micros(until),
    )


def member(connection: Connection, customer_id: int, company_id: int, *, since: datetime = NOW) -> None:
    put(
        connection,
        tables.memberships,
        id=stable_id("membership", str(customer_id), str(company_id)),
        customer_identity=home_of(OwnerKind.CUSTOMER, customer_id),
        company_identity=home_of(OwnerKind.COMPANY, company_id),
        customer_id=customer_id,
        company_id=company_id,
        is_main=True,
        origin="source",
        since=micros(since),
    )
    refresh(connection, Touched(customers={customer_id}, companies={company_id}))


def conversation(
    connection: Connection,
    subject: str,
    *texts: str,
    customer_id: int | None = None,
    at: datetime = NOW,
    source_id: int = 1,
    **columns: object,
) -> int:
    """A conversation with a message of the customer for each text, a minute apart, the last one at ``at``."""
    key = stable_id("conversation", subject)
    home = None if customer_id is None else home_of(OwnerKind.CUSTOMER, customer_id)
    values = {
        "id": key,
        "source_id": source_id,
        "external_id": subject,
        "channel": "email",
        "subject": subject,
        "identity_id": home,
        "first_at": micros(at),
        "last_at": micros(at),
    }
    put(connection, tables.conversations, **(values | columns))
    for place, text in enumerate(texts):
        message(connection, key, text, at=at - timedelta(minutes=len(texts) - 1 - place), identity_id=home)
    refresh(connection, Touched(conversations={key}))
    return key


def message(
    connection: Connection, conversation_id: int, text: str, *, at: datetime, identity_id: int | None, **columns: object
) -> int:
    last = connection.exec_driver_sql("SELECT max(id) FROM messages WHERE id / 64 = ?", (int(at.timestamp()),)).scalar()
    key = time_ordered_id(at, 0) if last is None else last + 1
    values = {
        "id": key,
        "key": f"message:{key}",
        "conversation_id": conversation_id,
        "source_id": 1,
        "at": micros(at),
        "author_kind": "customer",
        "author_identity": identity_id,
        "text": text,
    }
    put(connection, tables.messages, **(values | columns))
    return key


def tag(
    connection: Connection, kind: OwnerKind, owner: int, name: str, *, by: str = "Marta", at: datetime = NOW
) -> None:
    key = stable_id("tag", name)
    connection.exec_driver_sql("INSERT OR IGNORE INTO tags (id, name, created_at) VALUES (?, ?, 0)", (key, name))
    subject = owner if kind is OwnerKind.CONVERSATION else home_of(kind, owner)
    put(
        connection,
        tables.taggings,
        id=stable_id("tagging", str(key), str(subject)),
        tag_id=key,
        owner_kind=kind.value,
        subject_id=subject,
        owner_id=owner,
        by=by,
        at=micros(at),
    )


def note(
    connection: Connection, kind: OwnerKind, owner: int, key: str, text: str, *, at: datetime = NOW, **columns: object
) -> None:
    subject = owner if kind is OwnerKind.CONVERSATION else home_of(kind, owner)
    values = {
        "id": key,
        "owner_kind": kind.value,
        "subject_id": subject,
        "owner_id": owner,
        "text": text,
        "author": "Marta",
        "at": micros(at),
    }
    put(connection, tables.notes, **(values | columns))


def event(connection: Connection, customer_id: int, name: str, at: datetime, **metadata: object) -> None:
    put(
        connection,
        tables.events,
        id=stable_id("event", str(customer_id), name, at.isoformat()),
        source_id=1,
        external_id=f"{customer_id}/{name}/{at.isoformat()}",
        identity_id=home_of(OwnerKind.CUSTOMER, customer_id),
        owner_id=customer_id,
        name=name,
        at=micros(at),
        metadata=json.dumps(metadata),
    )


def attachment(connection: Connection, message_id: int, key: int, name: str, content: bytes, **columns: object) -> None:
    values = {"id": key, "message_id": message_id, "name": name, "media_type": "text/plain", "size": len(content)}
    put(connection, tables.attachments, **(values | {"is_inline": False} | columns))
    put(connection, tables.attachment_contents, attachment_id=key, content=content)
