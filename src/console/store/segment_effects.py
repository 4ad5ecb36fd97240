"""What a tag starts: which segments would be joined and left if it were stuck on, or taken off. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
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
    pretend = Pretend(owner.kind, owner.id, tidy(tag), is_added)
    asked = Asked(time_of(connection, now), zone_of(connection), is_narrow=True)
    effects = []
    for segment in our_segments(connection):
        if not _asks_for_tags(segment.rule):
            continue
        ids = _whom(connection, owner, segment)
        if ids is None:
            continue
        before = _meeting(connection, segment, ids, asked)
        after = _meeting(connection, segment, ids, Asked(asked.now, asked.zone, is_narrow=True, pretend=pretend))
        if before != after:
            joined, left = len(after - before), len(before - after)
            effects.append(TagEffect(segment.id, segment.name, segment.owner_kind, joined, left))
    return tuple(effects)


def _asks_for_tags(rule: Rule) -> bool:
    return any(one.subject in (Subject.TAG, Subject.OWN_TAG) for one in conditions_of(rule))


def _whom(connection: Connection, owner: Owner, segment: Segment) -> str | None:
    """Whom the tag can move in this segment, as a list for SQL; None where nobody."""
    if segment.owner_kind is owner.kind:
        return listed([owner.id])
    if segment.owner_kind is OwnerKind.COMPANY:
        return None
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT customer_id FROM memberships WHERE company_id = ? AND until IS NULL", (owner.id,)
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
