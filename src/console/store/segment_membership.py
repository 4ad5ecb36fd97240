"""Who is in which segment of ours, kept as intervals: asked again for whoever was touched, and for everybody as time goes by.

``refreshing.refresh`` calls ``follow`` at the end of each transaction, with one question per segment over whom it touched.
What only time brings about, and what reaches members through their company's activity, ``settle`` finds (``sync.segments``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from console.domain.records import OwnerKind
from console.domain.segment_rules import BadRule, Rule, depends_on_companies, rule_from_json
from console.domain.values import ValueProblem
from console.store.changes import Stale, note_changes
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros, moment
from console.store.own_clock import time_of, zone_of
from console.store.segment_asking import Asked
from console.store.segment_planning import planned
from console.store.segment_sql import clause_of

TABLES = {OwnerKind.CUSTOMER: "customers", OwnerKind.COMPANY: "companies"}
_MARKS = f"""SELECT o.id, o.name, o.domain, o.member_count, o.merged_into,
    (SELECT group_concat(w.property_id || ':' || w.kind || ':' || coalesce(w.text, ''), char(1) ORDER BY w.property_id)
        FROM winners w WHERE w.owner_id = o.id)
    FROM companies o WHERE o.id IN {IN_LIST}"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A segment whose members are kept."""

    id: int
    owner_kind: OwnerKind
    rule: Rule


@lru_cache(maxsize=512)
def read_rule(text: str) -> Rule | None:
    """The rule of a row; None where it comes from a newer version."""
    try:
        return rule_from_json(text)
    except BadRule:
        return None


def kept_segments(connection: Connection) -> tuple[Kept, ...]:
    """The segments of ours, in their order."""
    rows = connection.exec_driver_sql("SELECT id, owner_kind, rule FROM segments ORDER BY position, id").fetchall()
    read = ((row, read_rule(row.rule)) for row in rows)
    return tuple(Kept(row.id, OwnerKind(row.owner_kind), rule) for row, rule in read if rule is not None)


def marks_of(connection: Connection, companies: Iterable[int]) -> Mapping[int, tuple[object, ...]]:
    """What members' segments can ask of these companies; empty where no segment asks anything."""
    asked = listed(companies)
    if asked == "[]" or not any(depends_on_companies(one.rule) for one in kept_segments(connection)):
        return {}
    rows = connection.exec_driver_sql(_MARKS, (asked,)).fetchall()
    return {row[0]: tuple(row[1:]) for row in rows}


def follow(
    connection: Connection, customers: set[int], companies: set[int], changed: set[int], whole: set[int]
) -> None:
    """Ask again for these customers and companies, and for everybody where a segment itself was changed (``whole``).

    ``changed``: companies whose members may join or leave because something happened to the company itself.
    """
    segments = kept_segments(connection)
    for gone in whole - {one.id for one in segments}:
        _write(connection, gone, set(), _standing(connection, gone), _acting(connection))
    if not segments:
        return
    _forget_gone(connection, customers | companies)
    members: set[int] | None = None
    for one in segments:
        if one.id in whole:
            settle(connection, one, _acting(connection))
            continue
        asked = companies if one.owner_kind is OwnerKind.COMPANY else customers
        if changed and one.owner_kind is OwnerKind.CUSTOMER and depends_on_companies(one.rule):
            members = _members_of(connection, changed) if members is None else members
            asked = customers | members
        if asked:
            _ask(connection, one, asked)


def settle(connection: Connection, segment: Kept, now: int) -> int:
    """Ask everybody again (``now`` in microseconds); gives how many joined or left."""
    found = _meeting(connection, segment, now, None)
    return 0 if found is None else _write(connection, segment.id, found, _standing(connection, segment.id), now)


def _ask(connection: Connection, segment: Kept, owners: set[int]) -> None:
    now, ids = _acting(connection), listed(owners)
    found = _meeting(connection, segment, now, ids)
    if found is not None:
        _write(connection, segment.id, found, _standing(connection, segment.id, ids), now)


def _meeting(connection: Connection, segment: Kept, now: int, ids: str | None) -> set[int] | None:
    """Who meets the rule, None where it cannot be asked."""
    try:
        if ids is None:
            asked = Asked(moment(now), zone_of(connection))
            clause = planned(connection, segment.rule, segment.owner_kind, asked)
        else:
            asked = Asked(moment(now), zone_of(connection), is_narrow=True)
            clause = clause_of(segment.rule, segment.owner_kind, "u", asked)
    except ValueProblem:
        return None
    among = "" if ids is None else f"u.id IN {IN_LIST} AND "
    rows = connection.exec_driver_sql(
        f"SELECT u.id FROM {TABLES[segment.owner_kind]} u WHERE {among}u.merged_into IS NULL AND {clause.sql}",
        (*(() if ids is None else (ids,)), *clause.arguments),
    ).fetchall()
    return {row[0] for row in rows}


def _standing(connection: Connection, segment: int, ids: str | None = None) -> set[int]:
    """Who is in it so far."""
    statement = "SELECT owner_id FROM segment_spans WHERE segment_id = ? AND until IS NULL"
    if ids is None:
        rows = connection.exec_driver_sql(statement, (segment,)).fetchall()
    else:
        rows = connection.exec_driver_sql(f"{statement} AND owner_id IN {IN_LIST}", (segment, ids)).fetchall()
    return {row[0] for row in rows}


def _write(connection: Connection, segment: int, found: set[int], standing: set[int], now: int) -> int:
    joined, left = sorted(found - standing), sorted(standing - found)
    if left:
        connection.exec_driver_sql(
            "UPDATE segment_spans SET until = max(since, ?) WHERE segment_id = ? AND owner_id = ? AND until IS NULL",
            [(now, segment, owner) for owner in left],
        )
    if joined:
        connection.exec_driver_sql(
            "INSERT INTO segment_spans (segment_id, owner_id, since) VALUES (?, ?, ?)",
            [(segment, owner, now) for owner in joined],
        )
    if joined or left:
        note_changes(connection, Stale.SEGMENT, [segment])
    return len(joined) + len(left)


def _forget_gone(connection: Connection, owners: set[int]) -> None:
    """Whoever is there no more (an import that was taken out) has been in no segment either."""
    connection.exec_driver_sql(
        f"""DELETE FROM segment_spans WHERE owner_id IN {IN_LIST} AND owner_id NOT IN (SELECT id FROM customers WHERE id = owner_id)
            AND owner_id NOT IN (SELECT id FROM companies WHERE id = owner_id)""",
        (listed(owners),),
    )


def _members_of(connection: Connection, companies: Iterable[int]) -> set[int]:
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT customer_id FROM memberships WHERE company_id IN {IN_LIST}", (listed(companies),)
    ).fetchall()
    return {row[0] for row in rows}


def _acting(connection: Connection) -> int:
    """The moment at which the running transaction acts."""
    at = connection.exec_driver_sql("SELECT at FROM acting").scalar()
    return at or micros(time_of(connection, None))
