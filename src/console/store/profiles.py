"""Profiles of customers and companies, today or on another day; and which one is meant by a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.address import is_deceptive
from console.domain.conversation import CustomerCard
from console.domain.edits import Owner
from console.domain.ids import CompanyId, CustomerId, IdentityId
from console.domain.profile_view import CompanyCard, CompanyProfile, IdentityRow, Location, Profile, ShownProperty
from console.domain.records import OwnerKind
from console.domain.values import plain
from console.store.connection import Connection, Row
from console.store.conversations import notes
from console.store.customer_cards import COLUMNS, JOINED, card
from console.store.dialect import IN_LIST, listed
from console.store.errors import NotFound
from console.store.moments import micros, moment, moment_or_none
from console.store.own_clock import time_of
from console.store.profile_activity import conversations_of, events_of, seen_between
from console.store.profile_calling import company_called as company_called
from console.store.profile_calling import customer_called as customer_called
from console.store.profile_properties import properties_of, properties_of_company
from console.store.profile_properties import property_history as property_history
from console.store.tags import tags_on

_CONVERSATIONS, _MEMBERS = 50, 100
_PLACE = {
    "city": ("city", "location.city", "location_city"),
    "country": ("country", "location.country", "location_country"),
    "time_zone": ("time_zone", "timezone", "location.time_zone", "location.timezone"),
}
_IDENTITIES = """SELECT i.id, coalesce(s.name, '') AS source_name, coalesce(s.kind, '') AS source_kind, i.external_id,
       i.source_id, i.gone_at, i.created_at, k.written
FROM identities i LEFT JOIN sources s ON s.id = i.source_id
LEFT JOIN identity_keys k ON k.identity_id = i.id AND k.kind = 'customer'
WHERE {condition} ORDER BY i.source_id = 0, i.created_at, i.id, k.key"""
_LINKED_THEN = """i.created_at <= ? AND
    (i.owner_id = ? OR i.id IN (SELECT identity_id FROM identity_history WHERE ? IN (from_id, to_id)))
AND coalesce(
    (SELECT h.to_id FROM identity_history h WHERE h.identity_id = i.id AND h.at <= ? ORDER BY h.id DESC LIMIT 1),
    (SELECT h.from_id FROM identity_history h WHERE h.identity_id = i.id AND h.at > ? ORDER BY h.id LIMIT 1),
    i.owner_id) = ?"""
_MERGED_FROM = f"""SELECT {COLUMNS} FROM {JOINED} WHERE u.id IN
    (SELECT h.from_id FROM identity_history h WHERE h.identity_id IN {IN_LIST} AND h.at <= ?)
AND u.id <> ? AND u.merged_into IS NOT NULL ORDER BY u.id"""


@dataclass(frozen=True, slots=True)
class _Then:
    """The day a profile is of: ``now`` is when it is read, ``as_of`` the day, None for today."""

    now: datetime
    as_of: datetime | None = None

    @property
    def end(self) -> datetime:
        return self.as_of or self.now


def profile(connection: Connection, customer: int, *, now: datetime | None = None) -> Profile:
    """All that is shown of a customer; a merged one answers with the survivor. Raises NotFound."""
    row = _surviving(connection, "customers", customer)
    return _profile(connection, row, _identities(connection, row.id), _Then(time_of(connection, now)))


def profile_at(connection: Connection, customer: int, moment_then: datetime) -> Profile:
    """The profile as it stood at a moment (aware UTC): identities linked then, claims standing then, what was there by then.

    Raises NotFound. Tags that were taken off since, and addresses that a source withdrew, are not remembered.
    """
    identities = _identities_at(connection, customer, moment_then)
    if identities:
        row = _row(connection, "customers", customer)
    else:
        row = _surviving(connection, "customers", customer)
        identities = _identities_at(connection, row.id, moment_then)
    then = _Then(moment_then, moment_then)
    shown = _profile(connection, row, identities, then)
    first, last = seen_between(connection, listed(one.id for one in identities), moment_then)
    name = next((plain(one.value) for one in shown.properties if one.name == "name" and one.value), "")
    return replace(
        shown,
        name=name,
        first_seen=first,
        last_seen=last,
        conversation_count=len(shown.conversations),
        tags=tuple(tag for tag in shown.tags if tag.at <= moment_then),
        notes=tuple(note for note in shown.notes if note.at <= moment_then),
    )


def company(connection: Connection, company_id: int, *, now: datetime | None = None) -> CompanyProfile:
    """All that is shown of a company; a merged one answers with the survivor. Raises NotFound."""
    row = _surviving(connection, "companies", company_id)
    owner = Owner(OwnerKind.COMPANY, row.id)
    members = connection.exec_driver_sql(
        f"""SELECT {COLUMNS} FROM {JOINED} WHERE u.merged_into IS NULL AND u.id IN
            (SELECT customer_id FROM memberships WHERE company_id = ? AND until IS NULL)
            ORDER BY lower(u.name), u.id LIMIT ?""",
        (row.id, _MEMBERS),
    ).fetchall()
    first_seen = connection.exec_driver_sql(
        """SELECT min(u.first_seen) FROM memberships m JOIN customers u ON u.id = m.customer_id
           WHERE m.company_id = ? AND m.until IS NULL""",
        (row.id,),
    ).scalar()
    identities = _identities(connection, row.id)
    return CompanyProfile(
        id=CompanyId(row.id),
        name=row.name,
        domain=row.domain,
        properties=properties_of_company(connection, row.id, listed(one.id for one in identities)),
        tags=tags_on(connection, owner),
        notes=notes(connection, owner),
        members=tuple(card(member) for member in members),
        member_count=row.member_count,
        conversations=conversations_of(connection, "company_id", row.id, _CONVERSATIONS, time_of(connection, now)),
        identities=identities,
        first_seen=moment_or_none(first_seen),
        last_seen=moment_or_none(row.last_seen),
    )


def _profile(connection: Connection, row: Row, identities: tuple[IdentityRow, ...], then: _Then) -> Profile:
    owner = Owner(OwnerKind.CUSTOMER, row.id)
    keys = listed(one.id for one in identities)
    properties = properties_of(connection, keys, then.as_of)
    return Profile(
        id=CustomerId(row.id),
        name=row.name,
        emails=tuple(dict.fromkeys([*([row.email] if row.email else []), *_emails(identities)])),
        identities=identities,
        properties=properties,
        tags=tags_on(connection, owner),
        segments=_segments(connection, keys),
        notes=notes(connection, owner),
        companies=_companies(connection, row, then),
        conversations=conversations_of(connection, "customer_id", row.id, _CONVERSATIONS, then.end),
        conversation_count=row.conversation_count,
        events=events_of(connection, row.id, then.end),
        first_seen=moment_or_none(row.first_seen),
        last_seen=moment_or_none(row.last_seen),
        location=_location(properties),
        merged_from=_merged_from(connection, row.id, keys, then),
        is_role=bool(row.is_role),
        is_shared=bool(row.is_shared),
        is_deceptive=is_deceptive(row.name),
        merged_into=None if row.merged_into is None else CustomerId(row.merged_into),
        as_of=then.as_of,
    )


def _surviving(connection: Connection, table: str, key: int) -> Row:
    row = _row(connection, table, key)
    seen = {row.id}
    while row.merged_into is not None and row.merged_into not in seen:
        seen.add(row.merged_into)
        row = _row(connection, table, row.merged_into)
    return row


def _row(connection: Connection, table: str, key: int) -> Row:
    row = connection.exec_driver_sql(f"SELECT * FROM {table} WHERE id = ?", (key,)).one_or_none()
    if row is None:
        raise NotFound(f"There is no {'customer' if table == 'customers' else 'company'} {key}")
    return row


def _identities(connection: Connection, owner: int) -> tuple[IdentityRow, ...]:
    return _identity_rows(
        connection.exec_driver_sql(_IDENTITIES.format(condition="i.owner_id = ?"), (owner,)).fetchall()
    )


def _identities_at(connection: Connection, owner: int, moment_then: datetime) -> tuple[IdentityRow, ...]:
    """The identities linked to the owner then: where a link moved later, the history says where it came from."""
    at = micros(moment_then)
    statement = _IDENTITIES.format(condition=_LINKED_THEN)
    return _identity_rows(connection.exec_driver_sql(statement, (at, owner, owner, at, at, owner)).fetchall())


def _identity_rows(rows: Sequence[Row]) -> tuple[IdentityRow, ...]:
    """The identities in rows of ``_IDENTITIES``, which repeat an identity for each of its addresses."""
    emails: dict[int, list[str]] = {}
    for row in rows:
        emails.setdefault(row.id, []).extend([row.written] if row.written is not None else ())
    return tuple(
        IdentityRow(
            id=IdentityId(key),
            source_name=row.source_name,
            source_kind=row.source_kind,
            external_id=row.external_id,
            emails=tuple(emails[key]),
            is_home=row.source_id == 0,
            is_gone=row.gone_at is not None,
            since=moment(row.created_at),
        )
        for key, row in {row.id: row for row in rows}.items()
    )


def _emails(identities: Sequence[IdentityRow]) -> list[str]:
    return [email for identity in identities for email in identity.emails]


def _segments(connection: Connection, identities: str) -> tuple[str, ...]:
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT name FROM segments_given WHERE identity_id IN {IN_LIST} ORDER BY name", (identities,)
    ).fetchall()
    return tuple(row[0] for row in rows)


def _companies(connection: Connection, customer: Row, then: _Then) -> tuple[CompanyCard, ...]:
    end = micros(then.end)
    rows = connection.exec_driver_sql(
        """SELECT DISTINCT o.id, o.name, o.domain, o.member_count FROM memberships m JOIN companies o ON o.id = m.company_id
           WHERE m.customer_id = ? AND m.since <= ? AND (m.until IS NULL OR m.until > ?)
           ORDER BY o.id <> ?, lower(o.name), o.id""",
        (customer.id, end, end, customer.company_id or 0),
    ).fetchall()
    return tuple(
        CompanyCard(CompanyId(key), name, domain, count, key == customer.company_id)
        for key, name, domain, count in rows
    )


def _merged_from(connection: Connection, customer: int, identities: str, then: _Then) -> tuple[CustomerCard, ...]:
    rows = connection.exec_driver_sql(_MERGED_FROM, (identities, micros(then.end), customer)).fetchall()
    return tuple(card(row) for row in rows)


def _location(properties: Sequence[ShownProperty]) -> Location | None:
    shown = {one.name: one for one in properties if one.value is not None}
    parts = {part: next((shown[name] for name in names if name in shown), None) for part, names in _PLACE.items()}
    known = [one for one in parts.values() if one is not None]
    if not known:
        return None
    words = {part: plain(one.value) if one and one.value else "" for part, one in parts.items()}
    newest = max(known, key=lambda one: one.winner.since)
    return Location(**words, origin=newest.winner.origin.name, since=newest.winner.since)
