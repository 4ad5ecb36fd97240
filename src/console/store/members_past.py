"""Who belonged to a company at a moment, by which records, whose main company it was, and what was said of them then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.domain.profile import Origin, OriginKind
from console.domain.records import OwnerKind
from console.domain.values import Value, ValueKind, restored
from console.store.claims import property_id
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.kinds import by_value
from console.store.moments import micros
from console.store.profile_identities import OWNER_THEN
from console.store.rewinding import Rewound

_KINDS, _ORIGINS = by_value(ValueKind), by_value(OriginKind)
_FIRM = property_id(OwnerKind.CUSTOMER, "company.name")
_ROWS = f"""SELECT id, customer_identity, company_identity, is_main, origin, since, until FROM memberships
WHERE {{side}} IN {IN_LIST}"""
_OWNERS = f"""SELECT i.id, {OWNER_THEN.format(identity="i")} AS owner FROM identities i
WHERE i.id IN {IN_LIST} AND i.created_at <= ?"""
_IDENTITIES = f"""SELECT i.id, {OWNER_THEN.format(identity="i")} AS owner FROM identities i
WHERE i.created_at <= ? AND (i.owner_id IN {IN_LIST} OR i.id IN
    (SELECT identity_id FROM identity_history WHERE from_id IN {IN_LIST} OR to_id IN {IN_LIST})) ORDER BY i.id"""
PAIRS = """(SELECT json_extract(value, '$[0]') AS identity_id, json_extract(value, '$[1]') AS customer_id FROM json_each(?))"""
"""(identity, customer) as ``listed_pairs`` writes them."""

# Who wins among the records of one customer: the order of ``domain.profile.strength``.
_SAID = f"""SELECT customer_id, property_id, kind, value, origin_kind, origin_name, origin_key, identity_id FROM (
    SELECT d.customer_id, c.property_id, c.kind, c.value, c.state, c.origin_kind, c.origin_name, c.origin_key, c.identity_id,
        row_number() OVER (PARTITION BY d.customer_id, c.property_id ORDER BY c.rank DESC, c.trust DESC, c.acted_at DESC, c.origin_key DESC,
            c.state DESC, c.kind || ':' || c.value DESC, c.id) AS place
    FROM {PAIRS} d CROSS JOIN claims c ON c.identity_id = d.identity_id
    WHERE c.property_id IN {IN_LIST} AND c.since <= ? AND (c.until IS NULL OR c.until > ?))
WHERE place = 1 AND state = 'value' AND value IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class SaidThen:
    """What was shown of one property of a customer, who said it, and of which record of theirs."""

    value: Value
    origin: Origin
    identity: int


@dataclass(frozen=True, slots=True)
class MembersThen:
    """The members of a company at a moment (aware UTC).

    ``pairs``: (identity, member) of all their records then; ``describing``: those whose ``company.`` properties describe it;
    ``mains``: the members whose main company it was.
    """

    at: datetime
    pairs: tuple[tuple[int, int], ...]
    describing: tuple[tuple[int, int], ...]
    mains: frozenset[int]

    @property
    def customers(self) -> frozenset[int]:
        """Each member once."""
        return frozenset(customer for _, customer in self.pairs)

    def of_mains(self) -> tuple[tuple[int, int], ...]:
        """The pairs of those whose main company it was."""
        return tuple(pair for pair in self.pairs if pair[1] in self.mains)


def listed_pairs(pairs: Iterable[tuple[int, int]]) -> str:
    """The argument for ``PAIRS``."""
    return json.dumps(sorted(set(pairs)))


def members_then(connection: Connection, company: int, identities: Iterable[int], then: datetime) -> MembersThen:
    """The members at ``then`` (aware UTC) of a company that had these identities; links, mains and origins are those of then."""
    rewound, mine = Rewound(connection, "memberships", then), set(identities)
    standing = _standing(connection, rewound, "company_identity", mine, then)
    owners = _owners(connection, {row["customer_identity"] for row in standing}, then)
    customers = set(owners.values())
    who, at = listed(customers), micros(then)
    found = connection.exec_driver_sql(_IDENTITIES, (at, at, at, who, who, who)).fetchall()
    pairs = tuple((row.id, row.owner) for row in found if row.owner in customers)
    whole = _standing(connection, rewound, "customer_identity", {identity for identity, _ in pairs}, then)
    owner_by_identity, firms = dict(pairs), _owners(connection, {row["company_identity"] for row in whole}, then)
    mains = _mains(connection, whole, owner_by_identity, firms, pairs, then)
    ours = frozenset(customer for customer, firm in mains.items() if firm == company)
    spoken = {row["customer_identity"] for row in whole if _describes(row)}
    by_record = {
        (row["customer_identity"], owner_by_identity[row["customer_identity"]])
        for row in whole
        if _describes(row) and row["company_identity"] in mine and row["customer_identity"] in owner_by_identity
    }
    by_main = {pair for pair in pairs if pair[1] in ours and pair[0] not in spoken}
    return MembersThen(then, pairs, tuple(sorted(by_record | by_main)), ours)


def said_then(
    connection: Connection, pairs: Iterable[tuple[int, int]], properties: Iterable[int], then: datetime
) -> dict[tuple[int, int], SaidThen]:
    """What was shown of customers (``MembersThen.pairs``) at a moment, by (customer, property)."""
    at = micros(then)
    rows = connection.exec_driver_sql(_SAID, (listed_pairs(pairs), listed(properties), at, at)).fetchall()
    return {
        (row.customer_id, row.property_id): SaidThen(
            restored(_KINDS[row.kind], row.value),
            Origin(_ORIGINS[row.origin_kind], row.origin_name, row.origin_key),
            row.identity_id,
        )
        for row in rows
    }


def _standing(
    connection: Connection, rewound: Rewound, side: str, identities: set[int], then: datetime
) -> list[Mapping[str, Any]]:
    at = micros(then)
    now = connection.exec_driver_sql(_ROWS.format(side=side), (listed(identities),)).fetchall()
    return [
        row
        for row in rewound.rows(one.by_name() for one in now)
        if row[side] in identities and row["since"] <= at and (row.get("until") is None or row["until"] > at)
    ]


def _owners(connection: Connection, identities: set[int], then: datetime) -> dict[int, int]:
    at = micros(then)
    return {
        row.id: row.owner for row in connection.exec_driver_sql(_OWNERS, (at, at, listed(identities), at)).fetchall()
    }


def _describes(row: Mapping[str, Any]) -> bool:
    return bool(row["is_main"]) or row["origin"] == "derived"


def _mains(
    connection: Connection,
    memberships: Iterable[Mapping[str, Any]],
    owners: Mapping[int, int],
    firms: Mapping[int, int],
    pairs: Iterable[tuple[int, int]],
    then: datetime,
) -> dict[int, int]:
    """The main company of each customer: the order of ``owner_rows``."""
    named = {customer: said.identity for (customer, _), said in said_then(connection, pairs, [_FIRM], then).items()}
    mains: dict[int, tuple[tuple[Any, ...], int]] = {}
    for row in memberships:
        customer, firm = owners.get(row["customer_identity"]), firms.get(row["company_identity"])
        if customer is None or firm is None:
            continue
        is_named = named.get(customer) == row["customer_identity"]
        order = (
            not row["is_main"],
            row["origin"] != "manual",
            not is_named,
            row["origin"] != "source",
            row["since"],
            firm,
        )
        mains[customer] = min(mains.get(customer, (order, firm)), (order, firm))
    return {customer: firm for customer, (_, firm) in mains.items()}
