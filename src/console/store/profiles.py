"""Profiles of customers and companies, today or on another day; and which one is meant by a word."""

from __future__ import annotations

from datetime import datetime

from console.domain.address import is_deceptive
from console.domain.conversation import CustomerCard
from console.domain.edits import Owner
from console.domain.ids import CompanyId, CustomerId
from console.domain.profile_view import CompanyCard, CompanyProfile, IdentityRow, Profile
from console.domain.records import OwnerKind
from console.store.connection import Connection, Row
from console.store.conversations import notes
from console.store.customer_cards import COLUMNS, JOINED, card
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros, moment_or_none
from console.store.own_clock import time_of
from console.store.profile_activity import conversations_of, events_of
from console.store.profile_calling import company_called as company_called
from console.store.profile_calling import customer_called as customer_called
from console.store.profile_identities import emails_of, linked, location_of, surviving
from console.store.profile_properties import properties_of, properties_of_company
from console.store.profile_properties import property_history as property_history
from console.store.profiles_past import profile_at as profile_at
from console.store.tags import tags_on

_CONVERSATIONS, _MEMBERS = 50, 100
_SEGMENTS = f"""SELECT name, max(ours) AS is_ours FROM (
    SELECT name, 0 AS ours FROM segments_given WHERE identity_id IN {IN_LIST}
    UNION ALL SELECT s.name, 1 FROM segment_spans p JOIN segments s ON s.id = p.segment_id WHERE p.owner_id = ? AND p.until IS NULL)
    GROUP BY name ORDER BY name"""
_MERGED_FROM = f"""SELECT {COLUMNS} FROM {JOINED} WHERE u.id IN
    (SELECT h.from_id FROM identity_history h WHERE h.identity_id IN {IN_LIST})
AND u.id <> ? AND u.merged_into IS NOT NULL ORDER BY u.id"""


def profile(connection: Connection, customer: int, *, now: datetime | None = None) -> Profile:
    """All that is shown of a customer; a merged one answers with the survivor. Raises NotFound."""
    row = surviving(connection, "customers", customer)
    return _profile(connection, row, linked(connection, row.id), time_of(connection, now))


def company(connection: Connection, company_id: int, *, now: datetime | None = None) -> CompanyProfile:
    """All that is shown of a company; a merged one answers with the survivor. Raises NotFound."""
    row = surviving(connection, "companies", company_id)
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
    identities = linked(connection, row.id)
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


def _profile(connection: Connection, row: Row, identities: tuple[IdentityRow, ...], now: datetime) -> Profile:
    owner = Owner(OwnerKind.CUSTOMER, row.id)
    keys = listed(one.id for one in identities)
    properties = properties_of(connection, keys)
    segments = _segments(connection, row.id, keys)
    return Profile(
        id=CustomerId(row.id),
        name=row.name,
        emails=tuple(dict.fromkeys([*([row.email] if row.email else []), *emails_of(identities)])),
        identities=identities,
        properties=properties,
        tags=tags_on(connection, owner),
        segments=tuple(segments),
        segments_by_rule=tuple(name for name, is_ours in segments.items() if is_ours),
        notes=notes(connection, owner),
        companies=_companies(connection, row, now),
        conversations=conversations_of(connection, "customer_id", row.id, _CONVERSATIONS, now),
        conversation_count=row.conversation_count,
        events=events_of(connection, row.id, now),
        first_seen=moment_or_none(row.first_seen),
        last_seen=moment_or_none(row.last_seen),
        location=location_of(properties),
        merged_from=_merged_from(connection, row.id, keys),
        is_role=bool(row.is_role),
        is_shared=bool(row.is_shared),
        is_deceptive=is_deceptive(row.name),
        merged_into=None if row.merged_into is None else CustomerId(row.merged_into),
        as_of=None,
    )


def _segments(connection: Connection, customer: int, identities: str) -> dict[str, bool]:
    """The names of the segments they are in, each with whether it is one of ours, by rule."""
    rows = connection.exec_driver_sql(_SEGMENTS, (identities, customer)).fetchall()
    return {row.name: bool(row.is_ours) for row in rows}


def _companies(connection: Connection, customer: Row, now: datetime) -> tuple[CompanyCard, ...]:
    end = micros(now)
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


def _merged_from(connection: Connection, customer: int, identities: str) -> tuple[CustomerCard, ...]:
    rows = connection.exec_driver_sql(_MERGED_FROM, (identities, customer)).fetchall()
    return tuple(card(row) for row in rows)
