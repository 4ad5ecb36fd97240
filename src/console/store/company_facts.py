"""What is shown of a company in facts, and what its members say of it: read from the winners, so cheap at any size."""

from __future__ import annotations

from console.domain.company_figures import CompanySessions, Fact, Voices, counted_sessions
from console.domain.customer_figures import SESSION_EVENTS, SESSION_PROPERTIES
from console.domain.profile import Origin, OriginKind
from console.domain.records import OwnerKind
from console.domain.values import ValueKind, restored
from console.store.claims import property_id
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.kinds import by_value
from console.store.moments import moment

_KINDS, _ORIGINS = by_value(ValueKind), by_value(OriginKind)
_FACTS = """SELECT p.name, w.kind, w.text, c.origin_kind, c.origin_name, c.origin_key, coalesce(c.source_time, c.since) AS since
FROM winners w JOIN properties p ON p.id = w.property_id JOIN claims c ON c.id = w.claim_id
WHERE w.owner_id = ? AND w.text IS NOT NULL"""
_VOICES = """SELECT p.name, w.kind, w.text, count(*) AS members
FROM customers u JOIN winners w ON w.owner_id = u.id JOIN properties q ON q.id = w.property_id
JOIN properties p ON p.id = q.company_property_id
WHERE u.company_id = ? AND u.merged_into IS NULL AND w.text IS NOT NULL
GROUP BY p.name, w.kind, w.text ORDER BY p.name, members DESC, w.text"""
MEMBERS = """SELECT DISTINCT m.customer_id FROM memberships m JOIN customers u ON u.id = m.customer_id
    WHERE m.company_id = ? AND m.until IS NULL AND u.merged_into IS NULL"""
"""The members of a company, each once."""

SESSION_NAMES = ", ".join(f"'{name}'" for name in SESSION_EVENTS)
_SESSION_KEYS = ", ".join(str(property_id(OwnerKind.CUSTOMER, name)) for name in SESSION_PROPERTIES)
SESSIONS_OF = f"""coalesce((SELECT max(w.number) FROM winners w WHERE w.owner_id = {{customer}}
        AND w.property_id IN ({_SESSION_KEYS}) AND w.kind = 'number'),
    (SELECT nullif(count(*), 0) FROM events e WHERE e.owner_id = {{customer}} AND lower(e.name) IN ({SESSION_NAMES})))"""
"""The sessions of one customer: the source's number, else how many session events there are; NULL where there is neither."""


def facts_of(connection: Connection, company: int) -> dict[str, Fact]:
    """What is shown of a company, by the name of the property."""
    return {
        row.name: Fact(
            row.name,
            restored(_KINDS[row.kind], row.text),
            Origin(_ORIGINS[row.origin_kind], row.origin_name, row.origin_key),
            moment(row.since),
        )
        for row in connection.exec_driver_sql(_FACTS, (company,)).fetchall()
    }


def voices_of(connection: Connection, company: int) -> dict[str, tuple[Voices, ...]]:
    """How many members say what of the company, the most frequent value first; of those whose main company it is."""
    found: dict[str, list[Voices]] = {}
    for row in connection.exec_driver_sql(_VOICES, (company,)).fetchall():
        found.setdefault(row.name, []).append(Voices(restored(_KINDS[row.kind], row.text), row.members))
    return {name: tuple(voices) for name, voices in found.items()}


def speakers_of(
    connection: Connection, company: int, name: str, values: tuple[str, ...], limit: int
) -> tuple[str, ...]:
    """The names of some members who say one of these values (as ``values.stored`` writes them) of a property."""
    rows = connection.exec_driver_sql(
        f"""SELECT coalesce(nullif(u.name, ''), u.email) FROM customers u JOIN winners w ON w.owner_id = u.id
            JOIN properties q ON q.id = w.property_id JOIN properties p ON p.id = q.company_property_id
            WHERE u.company_id = ? AND u.merged_into IS NULL AND p.name = ? AND w.text IN {IN_LIST}
            ORDER BY lower(u.name), u.id LIMIT ?""",
        (company, name, listed(values), limit),
    ).fetchall()
    return tuple(row[0] for row in rows)


def sessions_of_company(connection: Connection, company: int, facts: dict[str, Fact]) -> CompanySessions | None:
    """The source's own number, else the sum over the members; None where nobody's are known."""
    counted = counted_sessions(facts)
    if counted is not None:
        return counted
    total = connection.exec_driver_sql(
        f"SELECT sum({SESSIONS_OF.format(customer='m.customer_id')}) FROM ({MEMBERS}) m", (company,)
    ).scalar()
    return None if total is None else CompanySessions(int(total), "")
