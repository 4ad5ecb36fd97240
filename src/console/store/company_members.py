"""The members of a company: all that match in their order, and the rows of those that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from console.domain.company_members import WEEKS, MemberOrder, MemberRow, MemberSight
from console.domain.ids import CustomerId
from console.domain.records import OwnerKind
from console.domain.segment_tests import ago
from console.store.claims import property_id
from console.store.company_facts import SESSION_NAMES, SESSIONS_OF
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros, moment, moment_or_none
from console.store.tags import names_by_owner

_CITIES = tuple(property_id(OwnerKind.CUSTOMER, name) for name in ("location.city", "city"))
_COUNTRIES = tuple(property_id(OwnerKind.CUSTOMER, name) for name in ("location.country", "country"))


def _said(keys: tuple[int, ...]) -> str:
    """The first of these properties that is shown."""
    found = (f"(SELECT nullif(text, '') FROM winners WHERE owner_id = u.id AND property_id = {key})" for key in keys)
    return f"coalesce({', '.join(found)}, '')"


_PLACE = f"trim({_said(_CITIES)} || ', ' || {_said(_COUNTRIES)}, ', ')"
_SESSIONS = SESSIONS_OF.format(customer="u.id")
_ORDERED = """SELECT u.id FROM memberships m JOIN customers u ON u.id = m.customer_id
WHERE m.company_id = ? AND m.until IS NULL AND u.merged_into IS NULL {words} GROUP BY u.id ORDER BY {order}"""
_NAMED = "AND (u.name LIKE ? ESCAPE '\\' OR u.email LIKE ? ESCAPE '\\')"
_SIGHTS = {
    MemberSight.ALL: "",
    MemberSight.RECENT: " AND u.last_seen >= ?",
    MemberSight.QUIET: " AND coalesce(u.last_seen, 0) < ?",
}
_ORDERS = {
    MemberOrder.NAME: "coalesce(nullif(u.name, ''), u.email) = '', lower(coalesce(nullif(u.name, ''), u.email)) {way}",
    MemberOrder.PLACE: f"{_PLACE} = '', lower({_PLACE}) {{way}}",
    MemberOrder.LAST_SEEN: "u.last_seen IS NULL, u.last_seen {way}",
    MemberOrder.SESSIONS: f"{_SESSIONS} IS NULL, {_SESSIONS} {{way}}",
}
_ROWS = f"""SELECT u.id, u.name, u.email, u.last_seen, {_PLACE} AS place, {_SESSIONS} AS sessions
FROM customers u WHERE u.id IN {IN_LIST}"""
_WEEKLY = f"""SELECT a.owner_id, a.at, lower(e.name) IN ({SESSION_NAMES}) FROM activities a JOIN events e ON e.id = a.ref
WHERE a.owner_id IN {IN_LIST} AND a.kind = 3 AND a.at > ? AND a.at <= ?"""


def member_ids(
    connection: Connection,
    company: int,
    order: MemberOrder,
    *,
    is_rising: bool = False,
    words: str = "",
    sight: MemberSight = MemberSight.ALL,
    quiet_since: datetime | None = None,
) -> tuple[CustomerId, ...]:
    """All members whose name or address holds the words, in their order; ``quiet_since`` (aware UTC) parts recent and quiet."""
    named = [f"%{_literal(word)}%" for word in words.split()]
    statement = _ORDERED.format(
        words=" ".join(_NAMED for _ in named) + (_SIGHTS[sight] if quiet_since is not None else ""),
        order=_ORDERS[order].format(way="ASC" if is_rising else "DESC") + ", u.id",
    )
    parted = () if quiet_since is None or sight is MemberSight.ALL else (micros(quiet_since),)
    arguments = (company, *(pattern for pattern in named for _ in range(2)), *parted)
    return tuple(CustomerId(row[0]) for row in connection.exec_driver_sql(statement, arguments).fetchall())


def member_count(connection: Connection, company: int) -> int:
    """How many members a company has; 0 where there is no such company."""
    return connection.exec_driver_sql("SELECT member_count FROM companies WHERE id = ?", (company,)).scalar() or 0


def member_rows(
    connection: Connection, ids: Sequence[int], now: datetime, zone: tzinfo, *, counts_sessions: bool
) -> dict[int, MemberRow]:
    """The rows of some members by their key; ``counts_sessions``: bars count sessions, else all they did in the product."""
    keys = listed(ids)
    weeks = _weeks(connection, keys, now, zone, counts_sessions=counts_sessions)
    tags = names_by_owner(connection, OwnerKind.CUSTOMER.value, keys)
    return {
        row.id: MemberRow(
            CustomerId(row.id),
            row.name,
            row.email,
            row.place,
            moment_or_none(row.last_seen),
            row.sessions if row.sessions is None else int(row.sessions),
            tuple(weeks.get(row.id, (0,) * WEEKS)),
            tags.get(row.id, ()),
        )
        for row in connection.exec_driver_sql(_ROWS, (keys,)).fetchall()
    }


def _weeks(
    connection: Connection, keys: str, now: datetime, zone: tzinfo, *, counts_sessions: bool
) -> dict[int, list[int]]:
    begins = [micros(ago(now, f"{WEEKS - n}w", zone)) for n in range(WEEKS)]
    weeks: dict[int, list[int]] = {}
    for owner, at, is_session in connection.exec_driver_sql(_WEEKLY, (keys, begins[0], micros(now))).fetchall():
        if is_session or not counts_sessions:
            place = next(n for n in range(WEEKS - 1, -1, -1) if n == 0 or at > begins[n])
            weeks.setdefault(owner, [0] * WEEKS)[place] += 1
    return weeks


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def still_there(connection: Connection, ids: Sequence[int]) -> frozenset[int]:
    """Which of these customers there still are; those who were erased or taken out with an import are not."""
    rows = connection.exec_driver_sql(f"SELECT id FROM customers WHERE id IN {IN_LIST}", (listed(ids),)).fetchall()
    return frozenset(row[0] for row in rows)


def export_rows(connection: Connection, ids: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """Name, address, place, last seen (ISO 8601, UTC), sessions and tags of these members, in their order."""
    tags = names_by_owner(connection, OwnerKind.CUSTOMER.value, listed(ids))
    found = {
        row.id: (
            row.name,
            row.email,
            row.place,
            "" if row.last_seen is None else moment(row.last_seen).isoformat(),
            "" if row.sessions is None else str(int(row.sessions)),
            ", ".join(tags.get(row.id, ())),
        )
        for row in connection.exec_driver_sql(_ROWS, (listed(ids),)).fetchall()
    }
    return tuple(found[key] for key in ids if key in found)
