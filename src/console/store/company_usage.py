"""How a company uses the product: when it was last seen and by whom, sessions a day, and the health that follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from console.domain.company_figures import SEEN, Fact, seen_of, since_of
from console.domain.company_health import (
    QUARTER,
    QUIET_AFTER,
    Health,
    LastSeen,
    SeenBy,
    Usage,
    health_of,
    heat,
    windows,
)
from console.domain.customer_figures import SESSION_EVENTS
from console.domain.ids import CustomerId
from console.domain.records import OwnerKind
from console.domain.segment_tests import ago
from console.store.claims import property_id
from console.store.company_facts import SESSION_NAMES, facts_of
from console.store.connection import Connection, Row
from console.store.moments import micros, moment
from console.store.own_clock import time_of, zone_of

_SEEN_KEYS = ", ".join(str(property_id(OwnerKind.CUSTOMER, name)) for name in SEEN)
# The members with when they were seen: what they did themselves, or what a source says; each member once.
_SEEN = f"""SELECT DISTINCT u.id, coalesce(nullif(u.name, ''), u.email) AS name, u.last_seen AS did,
        (SELECT max(w.number) FROM winners w WHERE w.owner_id = u.id AND w.property_id IN ({_SEEN_KEYS})
            AND w.kind = 'datetime') * 1000000 AS said
    FROM memberships m JOIN customers u ON u.id = m.customer_id
    WHERE m.company_id = ? AND m.until IS NULL AND u.merged_into IS NULL"""
# Next to a single max() SQLite fills the other columns from the row that has it.
_LATEST = f"""SELECT count(*) AS members, sum(at < ?) AS quiet, max(at) AS at, id, name, did, CAST(said AS INTEGER) AS said
    FROM (SELECT *, max(coalesce(did, 0), coalesce(said, 0)) AS at FROM ({_SEEN}))"""
# Counted where it lies: a large company has tens of thousands of events in half a year.
_COUNTED = f"""SELECT a.at / {QUARTER} AS quarter, (a.at >= ?) + (a.at >= ?) AS part, count(*) AS events,
        sum(lower(e.name) IN ({SESSION_NAMES})) AS sessions
    FROM activities a JOIN events e ON e.id = a.ref
    WHERE a.owner_id = ? AND a.kind = 3 AND a.at >= ? AND a.at <= ? GROUP BY quarter, part"""
_SAID_BY = f"""SELECT c.origin_name FROM winners w JOIN claims c ON c.id = w.claim_id
    WHERE w.owner_id = ? AND w.property_id IN ({_SEEN_KEYS}) AND w.kind = 'datetime' ORDER BY w.number DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class CompanyUsage:
    """The health of a company with what it rests on.

    ``weeks``: how much was done on each day of 26 weeks, Monday first, the oldest week first; ``counts_sessions``: it counts
    sessions, else, where no source tells of those, everything that members did in the product.
    """

    health: Health
    last_seen: LastSeen | None
    weeks: tuple[tuple[int, ...], ...]
    counts_sessions: bool
    recent: int
    before: int
    members: int
    quiet: int


def usage_of(
    connection: Connection,
    company: int,
    *,
    now: datetime | None = None,
    zone: tzinfo | None = None,
    facts: dict[str, Fact] | None = None,
) -> CompanyUsage:
    """How a company is at ``now`` (aware UTC; None for the clock's), days counted in the team's time zone."""
    then, where = time_of(connection, now), zone or zone_of(connection)
    said = facts_of(connection, company) if facts is None else facts
    row = connection.exec_driver_sql(_LATEST, (micros(ago(then, QUIET_AFTER, where)), company)).one()
    counted = _counted(connection, company, then, where)
    last_seen = _last_seen(connection, row, said)
    is_measured = bool(counted) or seen_of(said) is not None or bool(row.said) or _has_events(connection, company)
    found = Measured(last_seen, row.members, row.quiet or 0, tuple(counted), is_measured)
    return usage_from(found, since_of(said), then, where)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was counted of a company's use: (quarter of an hour, 2 for the last four weeks and 1 for the four before, events, sessions)."""

    last_seen: LastSeen | None
    members: int
    quiet: int
    counted: tuple[tuple[int, int, int, int], ...]
    is_measured: bool


def usage_from(found: Measured, since: datetime | date | None, now: datetime, zone: tzinfo) -> CompanyUsage:
    """The usage that follows; sessions, or, where nobody tells of those, everything members did in the product."""
    sessions = [(quarter, part, count) for quarter, part, _, count in found.counted if count]
    counted = sessions or [(quarter, part, events) for quarter, part, events, _ in found.counted]
    recent, before = (sum(count for _, part, count in counted if part == wanted) for wanted in (2, 1))
    usage = Usage(found.last_seen, since, recent, before, found.members, found.quiet, found.is_measured)
    return CompanyUsage(
        health=health_of(usage, now, zone),
        last_seen=found.last_seen,
        weeks=heat(((quarter, count) for quarter, _, count in counted), now, zone),
        counts_sessions=bool(sessions),
        recent=recent,
        before=before,
        members=found.members,
        quiet=found.quiet,
    )


def _last_seen(connection: Connection, row: Row, facts: dict[str, Fact]) -> LastSeen | None:
    """What the source says of the company, else the latest of the members (facts: semantics §5, rule 5)."""
    own = seen_of(facts)
    if own is not None:
        return LastSeen(own[0].astimezone(UTC), SeenBy.SOURCE, origin=own[1])
    if not row.at:
        return None
    member = CustomerId(row.id)
    if (row.did or 0) < row.at:
        origin = connection.exec_driver_sql(_SAID_BY, (member,)).scalar() or ""
        return LastSeen(moment(row.at), SeenBy.SOURCE, row.name, member, origin)
    event = connection.exec_driver_sql(
        "SELECT lower(name) FROM events WHERE owner_id = ? AND at = ? ORDER BY lower(name) NOT IN "
        f"({SESSION_NAMES}) LIMIT 1",
        (member, row.at),
    ).scalar()
    how = SeenBy.MESSAGE if event is None else SeenBy.LOGIN if event in SESSION_EVENTS else SeenBy.EVENT
    return LastSeen(moment(row.at), how, row.name, member)


def _counted(connection: Connection, company: int, now: datetime, zone: tzinfo) -> list[tuple[int, int, int, int]]:
    """What all members did in half a year, as ``Measured.counted`` has it."""
    recent, before, first = windows(now, zone)
    arguments = (micros(recent), micros(before), company, micros(first), micros(now))
    return [tuple(row) for row in connection.exec_driver_sql(_COUNTED, arguments).fetchall()]


def _has_events(connection: Connection, company: int) -> bool:
    return (
        connection.exec_driver_sql(
            "SELECT 1 FROM activities WHERE owner_id = ? AND kind = 3 LIMIT 1", (company,)
        ).scalar()
        is not None
    )
