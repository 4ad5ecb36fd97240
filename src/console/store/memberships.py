"""Memberships: who belongs to which company, said by a source, by hand, or by ``company.`` properties where nothing else does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from console.domain.ids import stable_id
from console.domain.records import OwnerKind
from console.store.claims import property_id
from console.store.company_keys import SAID, company_keys
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.identities import HOME_SOURCE, Wanted, owners_of, settle

_MAIN = "m.until IS NULL AND (m.is_main = 1 OR m.origin = 'derived')"
DESCRIBING = f"""SELECT m.customer_identity AS identity_id, m.company_id, m.customer_id FROM memberships m
        WHERE m.company_id IN {IN_LIST} AND {_MAIN}
    UNION SELECT i.id, u.company_id, u.id FROM customers u JOIN identities i ON i.owner_id = u.id
        WHERE u.company_id IN {IN_LIST} AND u.merged_into IS NULL
        AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.customer_identity = i.id AND {_MAIN})"""
"""Whose ``company.`` claims describe which of these companies (one list, given twice): those of the identity that belongs to
it, so that merged customers of two companies still describe each their own; else those of the customer's main company."""

DESCRIBED_BY = f"""SELECT m.customer_identity AS identity_id, m.company_id FROM memberships m
        WHERE m.customer_id IN {IN_LIST} AND +m.company_id IN {IN_LIST} AND {_MAIN}
    UNION SELECT i.id, u.company_id FROM customers u JOIN identities i ON i.owner_id = u.id
        WHERE u.id IN {IN_LIST} AND +u.company_id IN {IN_LIST} AND u.merged_into IS NULL
        AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.customer_identity = i.id AND {_MAIN})"""
"""The part of ``DESCRIBING`` that is about some customers (customers and companies, both lists given twice); the signs keep
SQLite from looking through all members."""

_NAME = property_id(OwnerKind.CUSTOMER, "company.name")
_DOMAIN = property_id(OwnerKind.CUSTOMER, "company.domain")
BUILDING = (_NAME, _DOMAIN)
"""The properties of customers by which companies are built."""


def put_memberships(
    connection: Connection,
    wanted: Mapping[int, tuple[int, ...]],
    now: int,
    batch_id: str | None,
    origin: str = "source",
) -> set[int]:
    """Make the memberships of customer identities exactly ``wanted`` (company identities, the main one first).

    Gives the companies that gained or lost a member.
    """
    rows = connection.exec_driver_sql(
        f"""SELECT id, customer_identity, company_identity, company_id, is_main FROM memberships
            WHERE customer_identity IN {IN_LIST} AND origin = ? AND until IS NULL""",
        (listed(wanted), origin),
    ).fetchall()
    standing = {(row[1], row[2]): row for row in rows}
    asked = {
        (identity, company): place == 0
        for identity, companies in wanted.items()
        for place, company in enumerate(companies)
    }
    ended = [row for pair, row in standing.items() if pair not in asked]
    if ended:
        connection.exec_driver_sql("UPDATE memberships SET until = ? WHERE id = ?", [(now, row[0]) for row in ended])
    moved = [(asked[pair], row) for pair, row in standing.items() if pair in asked and bool(row[4]) != asked[pair]]
    if moved:
        connection.exec_driver_sql(
            "UPDATE memberships SET is_main = ? WHERE id = ?", [(is_main, row[0]) for is_main, row in moved]
        )
    begun = {pair: is_main for pair, is_main in asked.items() if pair not in standing}
    joined = _begin(connection, begun, now, batch_id, origin)
    return {row[3] for row in ended} | {row[3] for _, row in moved} | joined


def _begin(
    connection: Connection, begun: Mapping[tuple[int, int], bool], now: int, batch_id: str | None, origin: str
) -> set[int]:
    customers = owners_of(connection, (pair[0] for pair in begun))
    companies = owners_of(connection, (pair[1] for pair in begun))
    rows = [
        (stable_id("membership", str(pair[0]), str(pair[1]), origin, str(now)), *pair, customers[pair[0]], companies[pair[1]], is_main, origin, now, batch_id)
        for pair, is_main in begun.items()
    ]  # fmt: skip
    if rows:
        connection.exec_driver_sql(
            """INSERT INTO memberships (id, customer_identity, company_identity, customer_id, company_id, is_main, origin, since, batch_id)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET until = NULL""",
            sorted(rows),
        )
    return set(companies.values())


class Derived(NamedTuple):
    """Companies that ``derive_memberships`` made, joined or gave a key, and those that gained or lost a member by it."""

    changed: set[int]
    members_of: set[int]


def derive_memberships(
    connection: Connection, identities: Iterable[int], now: int, batch_id: str | None = None
) -> Derived:
    """Build companies from ``company.name`` and ``company.domain`` of identities whose source names no company itself."""
    asked = sorted(set(identities))
    if not asked:
        return Derived(set(), set())
    said = _said(connection, asked)
    given = _given(connection, asked)
    wanted: dict[int, tuple[int, ...]] = dict.fromkeys(asked, ())
    companies: dict[int, Wanted] = {}
    for identity, (name, domain) in said.items():
        keys = company_keys(name, [domain] if domain else [])
        if keys and identity not in given:
            company = Wanted(OwnerKind.COMPANY, HOME_SOURCE, f"{SAID}{keys[0][0]}", keys)
            companies[company.id] = company
            wanted[identity] = (company.id,)
    settled = settle(connection, list(companies.values()), now, batch_id)
    return Derived(settled.touched, put_memberships(connection, wanted, now, batch_id, origin="derived"))


def _said(connection: Connection, identities: Iterable[int]) -> dict[int, tuple[str | None, str | None]]:
    rows = connection.exec_driver_sql(
        f"""SELECT identity_id, property_id, value FROM claims
            WHERE identity_id IN {IN_LIST} AND property_id IN (?, ?) AND until IS NULL AND state = 'value' ORDER BY rank, acted_at""",
        (listed(identities), _NAME, _DOMAIN),
    ).fetchall()
    said: dict[int, tuple[str | None, str | None]] = {}
    for identity, prop, value in rows:
        name, domain = said.get(identity, (None, None))
        said[identity] = (value, domain) if prop == _NAME else (name, value)
    return said


def _given(connection: Connection, identities: Iterable[int]) -> set[int]:
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT customer_identity FROM memberships WHERE customer_identity IN {IN_LIST} AND origin = 'source' AND until IS NULL",
        (listed(identities),),
    ).fetchall()
    return {row[0] for row in rows}
