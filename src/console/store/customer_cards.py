"""Customers in one line each, as lists, heads and suggestions show them."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.address import is_deceptive
from console.domain.conversation import CustomerCard
from console.domain.ids import CustomerId
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed

COLUMNS = "u.id, u.name, u.email, coalesce(o.name, '') AS company, u.is_role, u.is_shared"
"""What ``card`` needs, of ``customers u LEFT JOIN companies o ON o.id = u.company_id``."""

JOINED = "customers u LEFT JOIN companies o ON o.id = u.company_id"


def cards(connection: Connection, customers: Iterable[int]) -> dict[int, CustomerCard]:
    """The cards of these customers by key; unknown ones are left out."""
    rows = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM {JOINED} WHERE u.id IN {IN_LIST}", (listed(customers),)
    ).fetchall()
    return {row[0]: card(row) for row in rows}


def card(row: Row) -> CustomerCard:
    """The card of a row that begins with ``COLUMNS``."""
    key, name, email, company, is_role, is_shared = row[:6]
    return CustomerCard(CustomerId(key), name, email, company, bool(is_role), bool(is_shared), is_deceptive(name))
