"""Who stands out: with the most to show, with the least, merged away. The tour opens these."""

from __future__ import annotations

from console.domain.records import OwnerKind
from console.store.connection import Connection
from console.store.errors import NotFound
from console.store.segment_membership import TABLES

_FULLEST = """SELECT u.id FROM customers u WHERE u.merged_into IS NULL
ORDER BY (SELECT count(*) FROM activities a WHERE a.owner_id = u.id) * ?, u.id LIMIT 1"""
_MOST_KINDS = """SELECT a.owner_id FROM activities a JOIN {table} o ON o.id = a.owner_id
GROUP BY a.owner_id ORDER BY count(DISTINCT a.kind) DESC, count(*) DESC, a.owner_id LIMIT 1"""
_MOST_TALKS = """SELECT id FROM customers WHERE merged_into IS NULL AND id <> ?
ORDER BY conversation_count DESC, id LIMIT 1"""


def fullest_customer(connection: Connection) -> int:
    """The customer with the most activities. Raises NotFound where there is none."""
    return _one(connection, _FULLEST, -1)


def emptiest_customer(connection: Connection) -> int:
    """The customer with the fewest activities. Raises NotFound where there is none."""
    return _one(connection, _FULLEST, 1)


def merged_customer(connection: Connection) -> int | None:
    """A customer who is part of another one now; None where nobody was merged."""
    return connection.exec_driver_sql(
        "SELECT id FROM customers WHERE merged_into IS NOT NULL ORDER BY id LIMIT 1"
    ).scalar()


def busiest_but(connection: Connection, customer: int) -> int:
    """Who has the most conversations, beside this customer. Raises NotFound where there is nobody else."""
    return _one(connection, _MOST_TALKS, customer)


def most_varied(connection: Connection, kind: OwnerKind) -> int | None:
    """The customer or company whose activities are of the most kinds; None where there are no activities."""
    return connection.exec_driver_sql(_MOST_KINDS.format(table=TABLES[kind])).scalar()


def _one(connection: Connection, statement: str, argument: int) -> int:
    found = connection.exec_driver_sql(statement, (argument,)).scalar()
    if found is None:
        raise NotFound("There is no customer here to show")
    return found
