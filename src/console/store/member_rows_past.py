"""The members of a company as rows of another day: place, last seen, sessions and tags as they were then."""

from __future__ import annotations

from datetime import tzinfo
from decimal import Decimal

from console.domain.company_members import WEEKS, MemberRow
from console.domain.customer_figures import SESSION_PROPERTIES
from console.domain.ids import CustomerId
from console.domain.records import OwnerKind
from console.domain.segment_tests import ago
from console.domain.values import plain
from console.store.claims import property_id
from console.store.company_facts import SESSION_NAMES
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.members_past import PAIRS, MembersThen, SaidThen, listed_pairs, said_then
from console.store.moments import micros, moment_or_none

_NAME = property_id(OwnerKind.CUSTOMER, "name")
_CITIES = tuple(property_id(OwnerKind.CUSTOMER, name) for name in ("location.city", "city"))
_COUNTRIES = tuple(property_id(OwnerKind.CUSTOMER, name) for name in ("location.country", "country"))
_SESSIONS = tuple(property_id(OwnerKind.CUSTOMER, name) for name in SESSION_PROPERTIES)
_SEEN = f"""SELECT d.customer_id, max(coalesce((SELECT max(m.id) / 64 * 1000000 FROM messages m
        WHERE m.author_identity = d.identity_id AND m.at <= ?), 0),
    coalesce((SELECT max(e.at) FROM events e WHERE e.identity_id = d.identity_id AND e.at <= ?), 0)) AS at FROM {PAIRS} d"""
_COUNTED = f"""SELECT d.customer_id, count(*) FROM {PAIRS} d CROSS JOIN events e ON e.identity_id = d.identity_id
WHERE e.at <= ? AND lower(e.name) IN ({SESSION_NAMES}) GROUP BY d.customer_id"""
_WEEKLY = f"""SELECT d.customer_id, e.at, lower(e.name) IN ({SESSION_NAMES}) FROM {PAIRS} d
CROSS JOIN events e ON e.identity_id = d.identity_id WHERE e.at > ? AND e.at <= ?"""
_TAGS = f"""SELECT DISTINCT d.customer_id, w.word FROM {PAIRS} d CROSS JOIN word_spans w ON w.subject_id = d.identity_id
WHERE w.kind = 'tag' AND w.since <= ? AND (w.until IS NULL OR w.until > ?) ORDER BY lower(w.word), w.word"""
Said = dict[tuple[int, int], SaidThen]


def member_rows_then(
    connection: Connection, members: MembersThen, zone: tzinfo, *, counts_sessions: bool
) -> tuple[MemberRow, ...]:
    """All members of then; ``counts_sessions``: bars count sessions, else all they did. Addresses are those of now."""
    pairs, at = listed_pairs(members.pairs), micros(members.at)
    said = said_then(connection, members.pairs, (_NAME, *_CITIES, *_COUNTRIES), members.at)
    seen, sessions = did_then(connection, members), sessions_then(connection, members)
    weeks = _weeks(connection, members, zone, counts_sessions=counts_sessions)
    tags: dict[int, list[str]] = {}
    for customer, word in connection.exec_driver_sql(_TAGS, (pairs, at, at)).fetchall():
        tags.setdefault(customer, []).append(word)
    found = connection.exec_driver_sql(
        f"SELECT id, email FROM customers WHERE id IN {IN_LIST} ORDER BY id", (listed(members.customers),)
    ).fetchall()
    return tuple(
        MemberRow(
            CustomerId(key),
            _first(said, key, (_NAME,)),
            email,
            ", ".join(filter(None, (_first(said, key, _CITIES), _first(said, key, _COUNTRIES)))),
            moment_or_none(seen.get(key)),
            sessions.get(key),
            tuple(weeks.get(key, (0,) * WEEKS)),
            tuple(tags.get(key, ())),
        )
        for key, email in found
    )


def did_then(connection: Connection, members: MembersThen) -> dict[int, int]:
    """When each member had last written or done something (microseconds); who had not is left out."""
    at, seen = micros(members.at), dict[int, int]()
    for customer, did in connection.exec_driver_sql(_SEEN, (at, at, listed_pairs(members.pairs))).fetchall():
        if did:
            seen[customer] = max(seen.get(customer, 0), did)
    return seen


def sessions_then(connection: Connection, members: MembersThen) -> dict[int, int]:
    """The sessions of each member by then: the source's number, else how many session events; who has neither is left out."""
    rows = connection.exec_driver_sql(_COUNTED, (listed_pairs(members.pairs), micros(members.at))).fetchall()
    counted = {row[0]: row[1] for row in rows}
    told: dict[int, int] = {}
    for (customer, _), one in said_then(connection, members.pairs, _SESSIONS, members.at).items():
        if isinstance(one.value.content, Decimal):
            told[customer] = max(told.get(customer, 0), int(one.value.content))
    return {**counted, **told}


def _weeks(
    connection: Connection, members: MembersThen, zone: tzinfo, *, counts_sessions: bool
) -> dict[int, list[int]]:
    begins = [micros(ago(members.at, f"{WEEKS - n}w", zone)) for n in range(WEEKS)]
    weeks: dict[int, list[int]] = {}
    arguments = (listed_pairs(members.pairs), begins[0], micros(members.at))
    for customer, at, is_session in connection.exec_driver_sql(_WEEKLY, arguments).fetchall():
        if is_session or not counts_sessions:
            place = next(n for n in range(WEEKS - 1, -1, -1) if n == 0 or at > begins[n])
            weeks.setdefault(customer, [0] * WEEKS)[place] += 1
    return weeks


def _first(said: Said, customer: int, properties: tuple[int, ...]) -> str:
    found = (plain(said[customer, key].value) for key in properties if (customer, key) in said)
    return next(filter(None, found), "")
