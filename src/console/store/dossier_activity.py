"""Companies and events in a dossier."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.dossier import Field, Item, Part, Shape
from console.store.connection import Connection
from console.store.conversations import readable
from console.store.moments import moment, moment_or_none

_A_PAGE = 500
_BEFORE_ALL = -(1 << 62)
_COMPANIES = """SELECT o.name, o.domain, m.is_main, m.origin, m.since, m.until, o.id FROM memberships m
JOIN companies o ON o.id = m.company_id WHERE m.customer_id = ? ORDER BY m.since, m.id"""
_EVENTS = """SELECT a.at, a.ref, e.name, e.metadata, coalesce(s.name, '') AS source FROM activities a JOIN events e ON e.id = a.ref
LEFT JOIN sources s ON s.id = e.source_id
WHERE a.owner_id = ? AND a.kind = 3 AND (a.at, a.ref) > (?, ?) ORDER BY a.at, a.ref LIMIT ?"""


def companies(connection: Connection, customer: int) -> Part:
    """Every company they belong or belonged to, and who says so."""
    rows = connection.exec_driver_sql(_COMPANIES, (customer,)).fetchall()
    items = [
        Item(
            (
                Field("company", "Company", row.name),
                Field("domain", "Domain", row.domain),
                Field("id", "ID", str(row.id), is_for_programs=True),
                Field("is_main", "Main one", bool(row.is_main)),
                Field("origin", "Said by", row.origin),
                Field("since", "Since", moment(row.since)),
                Field("until", "Until", moment_or_none(row.until)),
            ),
            is_past=row.until is not None,
        )
        for row in rows
    ]
    return Part("companies", "Companies", Shape.TABLE, items, len(items))


def events(connection: Connection, customer: int) -> Part:
    """Everything they did, the oldest first, with what the source said of it."""
    counted = connection.exec_driver_sql(
        "SELECT count(*) FROM activities WHERE owner_id = ? AND kind = 3", (customer,)
    ).scalar()
    return Part("events", "Events", Shape.TABLE, _events(connection, customer), counted)


def _events(connection: Connection, customer: int) -> Iterator[Item]:
    at, ref = _BEFORE_ALL, _BEFORE_ALL
    while rows := connection.exec_driver_sql(_EVENTS, (customer, at, ref, _A_PAGE)).fetchall():
        for row in rows:
            said = tuple(f"{name}: {text}" for name, text in readable(row.metadata).items())
            yield Item((
                Field("at", "When", moment(row.at)),
                Field("event", "Event", row.name),
                Field("source", "Source", row.source),
                Field("metadata", "What the source said of it", said),
            ))  # fmt: skip
        at, ref = rows[-1].at, rows[-1].ref
