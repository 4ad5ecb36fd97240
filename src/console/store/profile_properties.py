"""The properties on a profile: every claim on them, the winner first, now or on another day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.ids import ClaimId, CustomerId, IdentityId
from console.domain.profile import Claim, ClaimState, Origin, OriginKind, Rank, strength
from console.domain.profile_view import MemberValue, ShownProperty
from console.domain.records import OwnerKind
from console.domain.values import ValueKind, restored
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed
from console.store.kinds import by_value
from console.store.members_past import PAIRS, MembersThen, listed_pairs
from console.store.memberships import DESCRIBING
from console.store.moments import micros, moment, moment_or_none

_CLAIM = """c.id, c.identity_id, c.rank, c.state, c.kind, c.value, c.origin_kind, c.origin_name, c.origin_key, c.acted_at,
       c.source_time, c.since, c.until, c.is_pin, c.trust, p.name AS property"""
_DEFINITION = "p.kind AS defined_kind, p.choices, p.is_on_top, p.position"
_STANDING = "(c.since <= ? AND (c.until IS NULL OR c.until > ?))"
_OF_IDENTITIES = f"""SELECT {_CLAIM}, {_DEFINITION} FROM claims c JOIN properties p ON p.id = c.property_id
WHERE c.identity_id IN {IN_LIST} AND """
_OF_OWNERS = f"""SELECT {_CLAIM}, i.owner_id FROM identities i JOIN claims c ON c.identity_id = i.id
JOIN properties p ON p.id = c.property_id WHERE i.owner_id IN {IN_LIST} AND c.until IS NULL"""
_MOST_MEMBERS = 50
_RANKS, _STATES, _ORIGINS, _KINDS = by_value(Rank), by_value(ClaimState), by_value(OriginKind), by_value(ValueKind)
_OF_MEMBERS = f"""SELECT * FROM (
    SELECT {_CLAIM}, {_DEFINITION}, d.customer_id, coalesce(nullif(u.name, ''), u.email) AS customer_name,
        row_number() OVER (PARTITION BY p.id ORDER BY c.rank DESC, c.trust DESC, c.acted_at DESC, c.origin_key DESC, c.state DESC,
            c.kind || ':' || c.value DESC, c.id) AS place
    FROM ({{describing}}) d {{joined}} customers u ON u.id = d.customer_id JOIN claims c ON c.identity_id = d.identity_id
        JOIN properties q ON q.id = c.property_id JOIN properties p ON p.id = q.company_property_id
    WHERE {{standing}} AND c.state = 'value') WHERE place <= ?"""
_OF_MEMBERS_NOW = _OF_MEMBERS.format(describing=DESCRIBING, joined="JOIN", standing="c.until IS NULL")
# Whom an undone split had made is nobody any more, but had told of the company.
_OF_MEMBERS_THEN = _OF_MEMBERS.format(describing=f"SELECT * FROM {PAIRS}", joined="LEFT JOIN", standing=_STANDING)
_HISTORY = f"""SELECT {_CLAIM} FROM identities i JOIN claims c ON c.identity_id = i.id JOIN properties p ON p.id = c.property_id
WHERE i.owner_id = ? AND p.owner_kind = ? AND p.name = ?
ORDER BY c.since DESC, c.id DESC"""


@dataclass(slots=True)
class _Column:
    """What was read of one property: its definition, the owner's claims, and the members'."""

    kind: ValueKind
    choices: tuple[str, ...]
    is_on_top: bool
    position: int
    claims: list[Claim] = field(default_factory=list)
    members: list[MemberValue] = field(default_factory=list)


def properties_of(
    connection: Connection, identities: str, moment_then: datetime | None = None
) -> tuple[ShownProperty, ...]:
    """What the claims of these identities (``dialect.listed``) show, now or as it stood then (aware UTC); removed properties are left out."""
    if moment_then is None:
        rows = connection.exec_driver_sql(_OF_IDENTITIES + "c.until IS NULL", (identities,)).fetchall()
    else:
        at = micros(moment_then)
        rows = connection.exec_driver_sql(_OF_IDENTITIES + _STANDING, (identities, at, at)).fetchall()
    return _shown(_columns(rows))


def properties_of_company(connection: Connection, company: int, identities: str) -> tuple[ShownProperty, ...]:
    """What is shown of a company: its own claims, and the ``company.`` claims of its members (``memberships.DESCRIBING``).

    Of equal rank the company's own claims come first. At most the 50 strongest claims of members are read a property.
    """
    columns = _columns(connection.exec_driver_sql(_OF_IDENTITIES + "c.until IS NULL", (identities,)).fetchall())
    arguments = (listed([company]), listed([company]), _MOST_MEMBERS)
    return _with_members(columns, connection.exec_driver_sql(_OF_MEMBERS_NOW, arguments).fetchall())


def properties_of_company_then(
    connection: Connection, identities: str, members: MembersThen
) -> tuple[ShownProperty, ...]:
    """The same as it stood at the moment of ``members``; ``identities`` are the company's of then."""
    at = micros(members.at)
    columns = _columns(connection.exec_driver_sql(_OF_IDENTITIES + _STANDING, (identities, at, at)).fetchall())
    arguments = (listed_pairs(members.describing), at, at, _MOST_MEMBERS)
    return _with_members(columns, connection.exec_driver_sql(_OF_MEMBERS_THEN, arguments).fetchall())


def _with_members(columns: dict[str, _Column], rows: Iterable[Row]) -> tuple[ShownProperty, ...]:
    for row in rows:
        column = columns.setdefault(row.property, _column(row))
        column.members.append(MemberValue(CustomerId(row.customer_id), row.customer_name or "", claim_of(row)))
    return _shown(columns)


def claims_by_owner(connection: Connection, owners: Iterable[int]) -> dict[int, dict[str, list[Claim]]]:
    """The open claims on each property of these owners."""
    found: dict[int, dict[str, list[Claim]]] = {}
    for row in connection.exec_driver_sql(_OF_OWNERS, (listed(owners),)).fetchall():
        found.setdefault(row.owner_id, {}).setdefault(row.property, []).append(claim_of(row))
    return found


def property_history(connection: Connection, owner_kind: OwnerKind, owner: int, name: str) -> tuple[Claim, ...]:
    """Every claim ever made on a property of an owner, newest first, closed ones too."""
    rows = connection.exec_driver_sql(_HISTORY, (owner, owner_kind.value, name)).fetchall()
    return tuple(claim_of(row) for row in rows)


def claim_of(row: Row) -> Claim:
    """The claim in a row of ``claims`` with its property's name."""
    return Claim(
        id=ClaimId(row.id),
        identity=IdentityId(row.identity_id),
        property=row.property,
        rank=_RANKS[row.rank],
        state=_STATES[row.state],
        value=None if row.value is None else restored(_KINDS[row.kind], row.value),
        origin=Origin(_ORIGINS[row.origin_kind], row.origin_name, row.origin_key),
        acted_at=moment(row.acted_at),
        source_time=moment_or_none(row.source_time),
        since=moment(row.since),
        until=moment_or_none(row.until),
        is_pin=bool(row.is_pin),
        trust=row.trust,
    )


def _columns(rows: Iterable[Row]) -> dict[str, _Column]:
    columns: dict[str, _Column] = {}
    for row in rows:
        column = columns.get(row.property)
        if column is None:
            column = columns[row.property] = _column(row)
        column.claims.append(claim_of(row))
    return columns


def _column(row: Row) -> _Column:
    choices = () if row.choices == "[]" else tuple(json.loads(row.choices))
    return _Column(_KINDS[row.defined_kind], choices, bool(row.is_on_top), row.position)


def _shown(columns: dict[str, _Column]) -> tuple[ShownProperty, ...]:
    ordered = sorted(columns.items(), key=lambda item: (not item[1].is_on_top, item[1].position, item[0]))
    shown = (_property(name, column) for name, column in ordered)
    return tuple(one for one in shown if one.state is not ClaimState.REMOVED)


def _property(name: str, column: _Column) -> ShownProperty:
    ordered = column.claims if len(column.claims) == 1 and not column.members else _ordered(column)
    return ShownProperty(
        name=name,
        kind=column.kind,
        state=ordered[0].state,
        value=ordered[0].value if ordered[0].state is ClaimState.VALUE else None,
        winner=ordered[0],
        losers=tuple(ordered[1:]),
        is_on_top=column.is_on_top,
        choices=column.choices,
        members=tuple(sorted(column.members, key=lambda member: strength(member.claim), reverse=True)),
    )


def _ordered(column: _Column) -> list[Claim]:
    """Rank first, then the owner's own before the members', then as ``strength`` says: the order of ``store.winners``."""
    own = [(claim.rank, True, strength(claim), claim) for claim in column.claims]
    others = [(member.claim.rank, False, strength(member.claim), member.claim) for member in column.members]
    return [found[3] for found in sorted(own + others, key=lambda found: found[:3], reverse=True)]
