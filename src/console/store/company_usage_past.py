"""How a company used the product up to a moment, told by those who were its members then; the health that followed."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from console.domain.company_figures import SEEN, seen_of, since_of
from console.domain.company_health import QUARTER, QUIET_AFTER, LastSeen, SeenBy, windows
from console.domain.customer_figures import SESSION_EVENTS
from console.domain.ids import CustomerId
from console.domain.records import OwnerKind
from console.domain.segment_tests import ago
from console.store.claims import property_id
from console.store.company_facts import SESSION_NAMES
from console.store.company_past import CompanyThen
from console.store.company_usage import CompanyUsage, Measured, usage_from
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.member_rows_past import did_then
from console.store.members_past import PAIRS, MembersThen, listed_pairs, said_then
from console.store.moments import micros, moment
from console.store.own_clock import zone_of

_SEEN_KEYS = tuple(property_id(OwnerKind.CUSTOMER, name) for name in SEEN)
_COUNTED = f"""SELECT e.at / {QUARTER} AS quarter, (e.at >= ?) + (e.at >= ?) AS part, count(*) AS events,
    sum(lower(e.name) IN ({SESSION_NAMES})) AS sessions
FROM {PAIRS} d CROSS JOIN events e ON e.identity_id = d.identity_id WHERE e.at >= ? AND e.at <= ? GROUP BY quarter, part"""
_ANY = f"SELECT 1 FROM {PAIRS} d CROSS JOIN events e ON e.identity_id = d.identity_id WHERE e.at <= ? LIMIT 1"


def usage_then(connection: Connection, found: CompanyThen, zone: tzinfo | None = None) -> CompanyUsage:
    """The usage at the moment of ``found``, days counted in the team's time zone."""
    members, where = found.members, zone or zone_of(connection)
    then, pairs = members.at, listed_pairs(members.pairs)
    did, told = did_then(connection, members), _told(connection, members)
    seen = {key: max(did.get(key, 0), told.get(key, (0, ""))[0]) for key in members.customers}
    recent, before, first = windows(then, where)
    arguments = (micros(recent), micros(before), pairs, micros(first), micros(then))
    counted = tuple(tuple(row) for row in connection.exec_driver_sql(_COUNTED, arguments).fetchall())
    latest = max(seen, key=lambda key: (seen[key], -key), default=None)
    last_seen = _own(found)
    if last_seen is None and latest is not None and seen[latest]:
        last_seen = _of_member(connection, members, latest, did.get(latest, 0), told.get(latest, (0, "")))
    quiet_since = micros(ago(then, QUIET_AFTER, where))
    is_told = latest is not None and latest in told
    has_events = connection.exec_driver_sql(_ANY, (pairs, micros(then))).scalar() is not None
    is_measured = has_events or seen_of(found.facts) is not None or is_told
    quiet = sum(at < quiet_since for at in seen.values())
    measured = Measured(last_seen, len(seen), quiet, counted, is_measured)
    return usage_from(measured, since_of(found.facts), then, where)


def _own(found: CompanyThen) -> LastSeen | None:
    said = seen_of(found.facts)
    return None if said is None else LastSeen(said[0].astimezone(UTC), SeenBy.SOURCE, origin=said[1])


def _told(connection: Connection, members: MembersThen) -> dict[int, tuple[int, str]]:
    """When a source said that a member was last seen (microseconds, whole seconds), and which one."""
    told: dict[int, tuple[int, str]] = {}
    for (customer, _), one in said_then(connection, members.pairs, _SEEN_KEYS, members.at).items():
        if isinstance(one.value.content, datetime):
            told[customer] = max(told.get(customer, (0, "")), (micros(one.value.content), one.origin.name))
    return told


def _of_member(connection: Connection, members: MembersThen, member: int, did: int, told: tuple[int, str]) -> LastSeen:
    # Whom an undone split had made is nobody any more, and has no name.
    name = (
        connection.exec_driver_sql(
            "SELECT coalesce(nullif(name, ''), email) FROM customers WHERE id = ?", (member,)
        ).scalar()
        or ""
    )
    if told[0] > did:
        return LastSeen(moment(told[0]), SeenBy.SOURCE, name, CustomerId(member), told[1])
    mine = listed(identity for identity, customer in members.pairs if customer == member)
    event = connection.exec_driver_sql(
        f"SELECT lower(name) FROM events WHERE identity_id IN {IN_LIST} AND at = ? ORDER BY lower(name) NOT IN ({SESSION_NAMES}) LIMIT 1",
        (mine, did),
    ).scalar()
    how = SeenBy.MESSAGE if event is None else SeenBy.LOGIN if event in SESSION_EVENTS else SeenBy.EVENT
    return LastSeen(moment(did), how, name, CustomerId(member))
