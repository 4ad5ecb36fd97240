"""What a tag starts: which segments would be joined and left if it were stuck on, or taken off. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.domain.segment_rules import Rule, Subject, conditions_of
from console.domain.segments import Segment
from console.domain.tags import tidy
from console.domain.values import ValueProblem
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.own_clock import time_of, zone_of
from console.store.segment_asking import Asked, Pretend
from console.store.segment_membership import TABLES
from console.store.segment_sql import clause_of
from console.store.segments import our_segments

MOST_ASKED = 5_000
"""For so many at most it is quick enough to be asked while somebody types."""

_FEW = 20


@dataclass(frozen=True, slots=True)
class TagEffect:
    """How many join a segment and how many leave it."""

    segment: int
    name: str
    owner_kind: OwnerKind
    joined: int
    left: int


def effect_of_tag(
    connection: Connection, owner: Owner, tag: str, *, is_added: bool = True, now: datetime | None = None
) -> tuple[TagEffect, ...]:
    """The segments that somebody would join or leave by this tag on a customer or a company; of a company its members too."""
    if owner.kind is OwnerKind.CONVERSATION:
        return ()
    return effects_of_tag(connection, owner.kind, (owner.id,), tag, is_added=is_added, now=now)


def effects_of_tag(
    connection: Connection,
    owner_kind: OwnerKind,
    owners: Sequence[int],
    tag: str,
    *,
    is_added: bool = True,
    now: datetime | None = None,
) -> tuple[TagEffect, ...]:
    """How many would join and leave which segment by this tag on all of these customers, or companies and their members.

    It asks for each of them: of very many, ask for the first ``MOST_ASKED``.
    """
    pretend = Pretend(owner_kind, listed(owners), tidy(tag), is_added)
    # Of one, the few rows are looked up; of many, a list that is thought up has no index, so it is gone through once.
    asked = Asked(time_of(connection, now), zone_of(connection), is_narrow=len(owners) <= _FEW)
    effects = []
    for segment in our_segments(connection):
        if not _asks_for_tags(segment.rule):
            continue
        ids = _whom(connection, owner_kind, pretend.owners, segment)
        if ids is None:
            continue
        before = _meeting(connection, segment, ids, asked)
        after = _meeting(connection, segment, ids, replace(asked, pretend=pretend))
        if before != after:
            joined, left = len(after - before), len(before - after)
            effects.append(TagEffect(segment.id, segment.name, segment.owner_kind, joined, left))
    return tuple(effects)


def _asks_for_tags(rule: Rule) -> bool:
    return any(one.subject in (Subject.TAG, Subject.OWN_TAG) for one in conditions_of(rule))


def _whom(connection: Connection, owner_kind: OwnerKind, owners: str, segment: Segment) -> str | None:
    """Whom the tag can move in this segment, as a list for SQL; None where nobody."""
    if segment.owner_kind is owner_kind:
        return owners
    if segment.owner_kind is OwnerKind.COMPANY:
        return None
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT customer_id FROM memberships WHERE company_id IN {IN_LIST} AND until IS NULL", (owners,)
    ).fetchall()
    return listed(row[0] for row in rows)


def _meeting(connection: Connection, segment: Segment, ids: str, asked: Asked) -> set[int]:
    try:
        clause = clause_of(segment.rule, segment.owner_kind, "u", asked)
    except ValueProblem:
        return set()
    rows = connection.exec_driver_sql(
        f"""SELECT u.id FROM {TABLES[segment.owner_kind]} u
            WHERE u.id IN {IN_LIST} AND u.merged_into IS NULL AND {clause.sql}""",
        (ids, *clause.arguments),
    ).fetchall()
    return {row[0] for row in rows}
