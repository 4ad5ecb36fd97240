"""Segments read: which there are, who is in them, how many, and since when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from console.domain.records import OwnerKind
from console.domain.segment_rules import Rule
from console.domain.segment_tests import lower
from console.domain.segments import Explained, Segment, SegmentKind, built_in, explain
from console.store.connection import Connection
from console.store.errors import NotFound
from console.store.moments import moment, moment_or_none
from console.store.own_clock import time_of, zone_of
from console.store.segment_asking import Asked
from console.store.segment_facts import facts_of
from console.store.segment_membership import TABLES, read_rule
from console.store.segment_planning import planned

_KINDS = {kind.value: kind for kind in OwnerKind}
_SECOND_NAME = {OwnerKind.CUSTOMER: "email", OwnerKind.COMPANY: "domain"}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a segment: ``second`` is the e-mail address or the domain."""

    id: int
    name: str
    second: str


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when (aware UTC) somebody was in a segment; ``until`` None while they are."""

    segment: int
    segment_name: str
    owner: int
    owner_name: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class GivenSegment:
    """A segment that a source keeps; its rule is not known here."""

    name: str
    sources: tuple[str, ...]
    count: int


def our_segments(connection: Connection) -> tuple[Segment, ...]:
    """The segments that teammates made, in their order; those whose rule a newer version wrote are left out."""
    rows = connection.exec_driver_sql("SELECT * FROM segments ORDER BY position, name, id").fetchall()
    read = ((row, read_rule(row.rule)) for row in rows)
    return tuple(
        Segment(row.id, row.name, _KINDS[row.owner_kind], rule, SegmentKind.OURS, row.made_by, moment(row.made_at))
        for row, rule in read
        if rule is not None
    )


def given_segments(connection: Connection) -> tuple[GivenSegment, ...]:
    """The segments that sources keep, by name."""
    rows = connection.exec_driver_sql(
        """SELECT g.name, json_group_array(DISTINCT s.name) AS sources, count(DISTINCT i.owner_id) AS customers
           FROM segments_given g JOIN identities i ON i.id = g.identity_id LEFT JOIN sources s ON s.id = i.source_id
           GROUP BY g.name ORDER BY lower(g.name), g.name"""
    ).fetchall()
    return tuple(
        GivenSegment(row.name, tuple(sorted(filter(None, json.loads(row.sources)))), row.customers) for row in rows
    )


def segment_called(connection: Connection, name: str, owner_kind: OwnerKind | None = None) -> Segment:
    """The segment by rule of that name, in any case, ours or built in. Raises NotFound."""
    wanted = lower(" ".join(name.split()))
    kinds = (owner_kind,) if owner_kind else (OwnerKind.CUSTOMER, OwnerKind.COMPANY)
    for kind in kinds:
        every = (*(one for one in our_segments(connection) if one.owner_kind is kind), *built_in(kind))
        for one in every:
            if lower(one.name) == wanted:
                return one
    raise NotFound(f"There is no segment “{name}” by rule; “segment list” shows all there are")


def count(connection: Connection, owner_kind: OwnerKind, rule: Rule, now: datetime | None = None) -> int:
    """How many meet a rule now (aware UTC). Raises ValueProblem where a value of the rule is none."""
    where, arguments = _where(connection, owner_kind, rule, now)
    return connection.exec_driver_sql(
        f"SELECT count(*) FROM {TABLES[owner_kind]} u WHERE {where}", arguments
    ).scalar_one()


def standing_count(connection: Connection, segment: int) -> int:
    """How many are in a segment of ours, as it is kept."""
    return connection.exec_driver_sql(
        "SELECT count(*) FROM segment_spans WHERE segment_id = ? AND until IS NULL", (segment,)
    ).scalar_one()


def event_names(connection: Connection) -> tuple[str, ...]:
    """What customers have done lately, by name."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT name FROM (SELECT name FROM events ORDER BY rowid DESC LIMIT 50000) ORDER BY lower(name), name"
    ).fetchall()
    return tuple(row[0] for row in rows)


def source_names(connection: Connection) -> tuple[str, ...]:
    """The sources that know somebody, by name."""
    rows = connection.exec_driver_sql("SELECT name FROM sources WHERE id > 0 ORDER BY lower(name)").fetchall()
    return tuple(row[0] for row in rows)


def total(connection: Connection, owner_kind: OwnerKind) -> int:
    """How many customers or companies there are."""
    return connection.exec_driver_sql(
        f"SELECT count(*) FROM {TABLES[owner_kind]} WHERE merged_into IS NULL"
    ).scalar_one()


def members(
    connection: Connection,
    owner_kind: OwnerKind,
    rule: Rule,
    limit: int,
    after: tuple[str, int] | None = None,
    *,
    now: datetime | None = None,
) -> tuple[Member, ...]:
    """Who meets a rule, by name, after the name and key where a page ended. Raises ValueProblem."""
    where, arguments = _where(connection, owner_kind, rule, now)
    beyond = "" if after is None else " AND (u.name, u.id) > (?, ?)"
    rows = connection.exec_driver_sql(
        f"""SELECT u.id, u.name, u.{_SECOND_NAME[owner_kind]} AS second FROM {TABLES[owner_kind]} u
            WHERE {where}{beyond} ORDER BY u.name, u.id LIMIT ?""",
        (*arguments, *(after or ()), limit),
    ).fetchall()
    return tuple(Member(row.id, row.name, row.second) for row in rows)


def given_members(
    connection: Connection, name: str, limit: int, after: tuple[str, int] | None = None
) -> tuple[Member, ...]:
    """Who is in a segment that sources keep, by name, after the name and key where a page ended."""
    beyond = "" if after is None else " AND (u.name, u.id) > (?, ?)"
    rows = connection.exec_driver_sql(
        f"""SELECT u.id, u.name, u.email AS second FROM customers u WHERE u.merged_into IS NULL AND u.id IN
            (SELECT i.owner_id FROM segments_given g JOIN identities i ON i.id = g.identity_id WHERE g.name = ?){beyond}
            ORDER BY u.name, u.id LIMIT ?""",
        (name, *(after or ()), limit),
    ).fetchall()
    return tuple(Member(row.id, row.name, row.second) for row in rows)


def member(connection: Connection, owner_kind: OwnerKind, owner: int) -> Member:
    """A customer or a company as lists show one. Raises NotFound."""
    second = _SECOND_NAME[owner_kind]
    row = connection.exec_driver_sql(
        f"SELECT id, name, {second} AS second FROM {TABLES[owner_kind]} WHERE id = ?", (owner,)
    ).one_or_none()
    if row is None:
        raise NotFound(f"There is no {owner_kind.value} {owner}")
    return Member(row.id, row.name, row.second)


def given_to(connection: Connection, customer: int) -> tuple[str, ...]:
    """The segments that sources keep in which a customer is, by name."""
    rows = connection.exec_driver_sql(
        """SELECT DISTINCT g.name FROM segments_given g JOIN identities i ON i.id = g.identity_id
           WHERE i.owner_id = ? ORDER BY g.name""",
        (customer,),
    ).fetchall()
    return tuple(row[0] for row in rows)


def sample(
    connection: Connection, owner_kind: OwnerKind, rule: Rule, limit: int, *, turn: int = 0, now: datetime | None = None
) -> tuple[Member, ...]:
    """Some who meet a rule; another ``turn`` gives others. Raises ValueProblem."""
    where, arguments = _where(connection, owner_kind, rule, now)
    rows = connection.exec_driver_sql(
        f"""SELECT u.id, u.name, u.{_SECOND_NAME[owner_kind]} AS second FROM {TABLES[owner_kind]} u
            WHERE {where} ORDER BY (u.id % 1000003) * (2 * ? + 1) % 1000003, u.id LIMIT ?""",
        (*arguments, turn, limit),
    ).fetchall()
    return tuple(Member(row.id, row.name, row.second) for row in rows)


def why(
    connection: Connection, owner_kind: OwnerKind, owner: int, rule: Rule, now: datetime | None = None
) -> Explained:
    """Why somebody is in it, or is not, line by line. Raises NotFound, and ValueProblem where a value of the rule is none."""
    return explain(rule, facts_of(connection, owner_kind, owner, rule), time_of(connection, now), zone_of(connection))


def spans_of_segment(connection: Connection, segment: int, limit: int) -> tuple[Span, ...]:
    """Who joined and left a segment of ours, the latest first."""
    return _spans(connection, "p.segment_id = ?", (segment, limit))


def spans_of_owner(connection: Connection, owner: int, segment: int | None = None) -> tuple[Span, ...]:
    """Which segments of ours somebody joined and left, the latest first; of all, or of one."""
    if segment is None:
        return _spans(connection, "p.owner_id = ?", (owner, -1))
    return _spans(connection, "p.owner_id = ? AND p.segment_id = ?", (owner, segment, -1))


def _spans(connection: Connection, where: str, arguments: tuple[int, ...]) -> tuple[Span, ...]:
    rows = connection.exec_driver_sql(
        f"""SELECT p.segment_id, s.name AS segment_name, p.owner_id, p.since, p.until,
                coalesce(nullif(u.name, ''), u.email, nullif(o.name, ''), o.domain, '') AS owner_name
            FROM segment_spans p JOIN segments s ON s.id = p.segment_id
            LEFT JOIN customers u ON u.id = p.owner_id LEFT JOIN companies o ON o.id = p.owner_id
            WHERE {where} ORDER BY coalesce(p.until, p.since) DESC, p.id DESC LIMIT ?""",
        arguments,
    ).fetchall()
    return tuple(
        Span(
            row.segment_id, row.segment_name, row.owner_id, row.owner_name, moment(row.since), moment_or_none(row.until)
        )
        for row in rows
    )


def _where(
    connection: Connection, owner_kind: OwnerKind, rule: Rule, now: datetime | None
) -> tuple[str, tuple[object, ...]]:
    clause = planned(connection, rule, owner_kind, Asked(time_of(connection, now), zone_of(connection)))
    return f"u.merged_into IS NULL AND {clause.sql}", clause.arguments
