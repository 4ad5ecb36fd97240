"""Customers and companies as CSV: one line each, with the values that are shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.domain.records import OwnerKind
from console.domain.safe_cells import safe_row, safe_writer
from console.domain.values import ValueKind, plain, restored
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed
from console.store.moments import moment
from console.store.property_defs import definitions
from console.store.tags import names_by_owner

_A_PAGE = 500
_CUSTOMERS = """SELECT u.id, u.name, u.email, coalesce(o.name, '') AS company, u.first_seen, u.last_seen,
       u.conversation_count,
       (SELECT group_concat(k.written, ', ') FROM identities i JOIN identity_keys k ON k.identity_id = i.id
        WHERE i.owner_id = u.id AND k.kind = 'customer') AS emails
FROM customers u LEFT JOIN companies o ON o.id = u.company_id
WHERE u.merged_into IS NULL AND u.id > ? ORDER BY u.id LIMIT ?"""
_COMPANIES = """SELECT id, name, domain, member_count, last_seen FROM companies
WHERE merged_into IS NULL AND id > ? ORDER BY id LIMIT ?"""
_WINNERS = f"""SELECT w.owner_id, p.name, w.kind, w.text FROM winners w JOIN properties p ON p.id = w.property_id
WHERE w.owner_id IN {IN_LIST} AND w.text IS NOT NULL"""


def write_customers(connection: Connection, descriptor: int) -> int:
    """Write the customers into an open file, which is closed; gives how many there are."""
    columns = ("id", "name", "email", "all_emails", "company", "first_seen", "last_seen", "conversations")
    return _write(connection, descriptor, _Sheet(OwnerKind.CUSTOMER, _CUSTOMERS, columns, _customer_cells))


def write_companies(connection: Connection, descriptor: int) -> int:
    """Write the companies into an open file, which is closed; gives how many there are."""
    columns = ("id", "name", "domain", "members", "last_seen")
    return _write(connection, descriptor, _Sheet(OwnerKind.COMPANY, _COMPANIES, columns, _company_cells))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a file holds: whose, read by which statement, under which first columns, a row's cells for them but tags."""

    owner_kind: OwnerKind
    statement: str
    columns: tuple[str, ...]
    cells: Callable[[Row], list[str]]


def _write(connection: Connection, descriptor: int, sheet: _Sheet) -> int:
    names = [one.name for one in definitions(connection, sheet.owner_kind) if one.name not in sheet.columns]
    count = 0
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", errors="replace", newline="") as stream:
        writer = safe_writer(stream)
        writer.writerow(safe_row([*sheet.columns, "tags", *names]))
        for page in _pages(connection, sheet.statement):
            owners = listed(row.id for row in page)
            values = _values(connection, owners)
            tags = names_by_owner(connection, sheet.owner_kind.value, owners)
            for row in page:
                shown = values.get(row.id, {})
                properties = [shown.get(name, "") for name in names]
                writer.writerow(safe_row([*sheet.cells(row), ", ".join(tags.get(row.id, ())), *properties]))
            count += len(page)
    return count


def _customer_cells(row: Row) -> list[str]:
    seen = [_time(row.first_seen), _time(row.last_seen)]
    return [str(row.id), row.name, row.email, row.emails or "", row.company, *seen, str(row.conversation_count)]


def _company_cells(row: Row) -> list[str]:
    return [str(row.id), row.name, row.domain, str(row.member_count), _time(row.last_seen)]


def _pages(connection: Connection, statement: str) -> Iterator[Sequence[Row]]:
    after = -1
    while page := connection.exec_driver_sql(statement, (after, _A_PAGE)).fetchall():
        yield page
        after = page[-1].id


def _values(connection: Connection, owners: str) -> Mapping[int, Mapping[str, str]]:
    values: dict[int, dict[str, str]] = {}
    for owner, name, kind, text in connection.exec_driver_sql(_WINNERS, (owners,)).fetchall():
        values.setdefault(owner, {})[name] = plain(restored(ValueKind(kind), text))
    return values


def _time(at: int | None) -> str:
    return "" if at is None else moment(at).isoformat()
