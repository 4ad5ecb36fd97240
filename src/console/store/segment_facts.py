"""Facts: what a rule asks of one customer or company, read from the store for ``domain.segments`` to judge and explain."""

from __future__ import annotations

from dataclasses import replace

from console.domain.customer_figures import SIGNED_UP
from console.domain.records import OwnerKind
from console.domain.segment_facts import Facts, Shown
from console.domain.segment_rules import Rule, Subject, conditions_of
from console.domain.values import ValueKind
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.errors import NotFound

_MICROSECONDS = 1_000_000
_TEXTS = {
    Subject.EMAIL: """SELECT DISTINCT k.key FROM identities i JOIN identity_keys k ON k.identity_id = i.id
        WHERE i.owner_id = ?1 AND k.kind = 'customer' ORDER BY k.key""",
    Subject.OWN_TAG: """SELECT DISTINCT g.name FROM taggings t JOIN tags g ON g.id = t.tag_id
        WHERE t.owner_id = ?1 AND t.owner_kind = ?2 ORDER BY g.name""",
    Subject.SOURCE: """SELECT DISTINCT s.name FROM identities i JOIN sources s ON s.id = i.source_id
        WHERE i.owner_id = ?1 AND i.kind = ?2 ORDER BY s.name""",
    Subject.SEGMENT: """SELECT s.name FROM identities i JOIN segments_given s ON s.identity_id = i.id
        WHERE i.owner_id = ?1 AND i.kind = ?2
        UNION SELECT s.name FROM segment_spans p JOIN segments s ON s.id = p.segment_id
        WHERE p.owner_id = ?1 AND p.until IS NULL AND s.owner_kind = ?2 ORDER BY 1""",
    Subject.CHANNEL: """SELECT DISTINCT channel FROM conversations
        WHERE CASE ?2 WHEN 'customer' THEN customer_id ELSE company_id END = ?1 AND merged_into IS NULL ORDER BY channel""",
}
_OF_TALKS = "FROM conversations WHERE {owner}_id = ? AND merged_into IS NULL"
_SPOKEN = """SELECT max(m.at) FROM activities a JOIN messages m ON m.id = a.ref
    WHERE a.owner_id = ? AND a.kind IN (1, 2) AND m.author_kind = ?"""
_EVENTS = {
    OwnerKind.CUSTOMER: f"SELECT name, at FROM events WHERE owner_id = ? AND name IN {IN_LIST} ORDER BY at",
    OwnerKind.COMPANY: f"""SELECT e.name, e.at FROM activities a JOIN events e ON e.id = a.ref
        WHERE a.owner_id = ? AND a.kind = 3 AND e.name IN {IN_LIST} ORDER BY e.at""",
}
_WHOLE = {
    OwnerKind.CUSTOMER: "SELECT * FROM customers WHERE id = ?",
    OwnerKind.COMPANY: "SELECT * FROM companies WHERE id = ?",
}


def facts_of(connection: Connection, owner_kind: OwnerKind, owner: int, rule: Rule) -> Facts:
    """What the rule asks of this customer or company. Raises NotFound."""
    subjects = {condition.subject for condition in conditions_of(rule)}
    names = {one.name for one in conditions_of(rule) if one.subject in _OF_EVENTS}
    facts = _facts(connection, owner_kind, owner, subjects, names)
    if owner_kind is not OwnerKind.CUSTOMER:
        return facts
    companies = connection.exec_driver_sql(
        """SELECT DISTINCT o.id, o.name FROM memberships m JOIN companies o ON o.id = m.company_id
           WHERE m.customer_id = ? AND m.until IS NULL AND o.merged_into IS NULL ORDER BY o.name, o.id""",
        (owner,),
    ).fetchall()
    known = tuple(_facts(connection, OwnerKind.COMPANY, row.id, subjects, names) for row in companies)
    return replace(facts, companies=known)


_OF_EVENTS = (Subject.EVENT_COUNT, Subject.EVENT_FIRST, Subject.EVENT_LAST)


def _facts(
    connection: Connection, owner_kind: OwnerKind, owner: int, subjects: set[Subject], events: set[str]
) -> Facts:
    row = connection.exec_driver_sql(_WHOLE[owner_kind], (owner,)).one_or_none()
    if row is None:
        raise NotFound(f"There is no {owner_kind.value} {owner}")
    columns = row.by_name()
    properties = _properties(connection, owner)
    return Facts(
        owner_kind,
        owner,
        row.name,
        _texts(connection, owner_kind, owner, columns),
        _numbers(connection, owner_kind, owner, columns, properties, subjects),
        properties,
        _events(connection, owner_kind, owner, events),
    )


def _properties(connection: Connection, owner: int) -> dict[str, Shown]:
    rows = connection.exec_driver_sql(
        """SELECT p.name, w.kind, w.text, w.number FROM winners w JOIN properties p ON p.id = w.property_id
           WHERE w.owner_id = ? AND w.text IS NOT NULL""",
        (owner,),
    ).fetchall()
    return {name: Shown(ValueKind(kind), text, number) for name, kind, text, number in rows}


def _texts(
    connection: Connection, owner_kind: OwnerKind, owner: int, columns: dict[str, object]
) -> dict[Subject, tuple[str, ...]]:
    found = {
        subject: tuple(
            row[0]
            for row in connection.exec_driver_sql(
                sql, (owner, owner_kind.value) if "?2" in sql else (owner,)
            ).fetchall()
        )
        for subject, sql in _TEXTS.items()
        if subject is not Subject.EMAIL or owner_kind is OwnerKind.CUSTOMER
    }
    if owner_kind is OwnerKind.COMPANY:
        found[Subject.DOMAIN] = (str(columns["domain"]),)
    else:
        found[Subject.FLAG] = tuple(name for name in ("role", "shared") if columns[f"is_{name}"])
    return found


def _numbers(
    connection: Connection,
    owner_kind: OwnerKind,
    owner: int,
    columns: dict[str, object],
    properties: dict[str, Shown],
    subjects: set[Subject],
) -> dict[Subject, int]:
    talks = _OF_TALKS.format(owner=owner_kind.value)
    asked = {
        Subject.CONVERSATIONS: (f"SELECT count(*) {talks}", (owner,)),
        Subject.OPEN_CONVERSATIONS: (f"SELECT count(*) {talks} AND state = 'open'", (owner,)),
        Subject.LAST_CONVERSATION: (f"SELECT max(last_at) {talks}", (owner,)),
        Subject.LAST_CONTACTED: (_SPOKEN, (owner, "teammate")),
        Subject.LAST_HEARD: (_SPOKEN, (owner, "customer")),
    }
    found: dict[Subject, object] = {
        subject: connection.exec_driver_sql(*statement).scalar()
        for subject, statement in asked.items()
        if subject in subjects
    }
    found[Subject.LAST_SEEN] = columns["last_seen"]
    found[Subject.SIGNED_UP] = _signed_up(properties)
    if owner_kind is OwnerKind.COMPANY:
        found[Subject.MEMBERS] = columns["member_count"]
        found[Subject.FIRST_SEEN] = connection.exec_driver_sql(
            """SELECT min(u.first_seen) FROM memberships m JOIN customers u ON u.id = m.customer_id
               WHERE m.company_id = ? AND m.until IS NULL""",
            (owner,),
        ).scalar()
    else:
        found[Subject.FIRST_SEEN] = columns["first_seen"]
    return {subject: number for subject, number in found.items() if isinstance(number, int)}


def _signed_up(properties: dict[str, Shown]) -> int | None:
    dated = (properties.get(name) for name in SIGNED_UP)
    kinds = (ValueKind.DATE, ValueKind.DATETIME)
    return next(
        (int(one.number) * _MICROSECONDS for one in dated if one and one.number is not None and one.kind in kinds), None
    )


def _events(connection: Connection, owner_kind: OwnerKind, owner: int, names: set[str]) -> dict[str, tuple[int, ...]]:
    times: dict[str, list[int]] = {}
    if names:
        for name, at in connection.exec_driver_sql(_EVENTS[owner_kind], (owner, listed(names))).fetchall():
            times.setdefault(name, []).append(at)
    return {name: tuple(found) for name, found in times.items()}
