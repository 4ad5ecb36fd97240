"""``list customers|companies`` in another order or with other columns: the same rows as the directory's."""

from __future__ import annotations

import argparse
from datetime import datetime

from console.command_line.errors import BadInput
from console.command_line.words import value_json, when
from console.domain.directory import FIELDS, Cell, Column, Listing
from console.domain.records import OwnerKind
from console.domain.values import Value
from console.store import directory_pages, directory_rows
from console.store.connection import Connection

_PAGE = 500
_KINDS = {"customers": OwnerKind.CUSTOMER, "companies": OwnerKind.COMPANY}
_COLUMNS = {
    OwnerKind.CUSTOMER: ("name", "email", "company", "conversations", "first_seen", "last_seen", "tags"),
    OwnerKind.COMPANY: ("name", "domain", "members", "last_seen", "tags"),
}


def is_asked(options: argparse.Namespace) -> bool:
    """Whether an order or columns were named."""
    return bool(options.sort or options.columns or options.descending)


def rows(connection: Connection, options: argparse.Namespace, limit: int) -> list[dict[str, object]]:
    """The list as JSON says it, a key for each column. Raises BadInput where a column is not known, and BadExpression."""
    kind = _KINDS.get(options.what)
    if kind is None:
        raise BadInput(
            "Conversations are listed newest first; --sort, --descending and --columns are for customers and companies"
        )
    known = {column.property_name: column for column in directory_rows.columns(connection, kind)}
    lowered = {str(name).lower(): column for name, column in known.items()}
    listing = Listing(kind, options.filter, _called(kind, lowered, options.sort or "name"), options.descending)
    names = [name.strip() for name in options.columns.split(",")] if options.columns else _COLUMNS[kind]
    shown = [_called(kind, lowered, name) for name in names]
    found: list[dict[str, object]] = []
    after = None
    while len(found) < limit:
        size = min(_PAGE, limit - len(found))
        keys = directory_pages.page(connection, listing, size, after)
        read = directory_rows.rows(connection, kind, [key.id for key in keys], shown)
        for row in (read[key.id] for key in keys if key.id in read):
            said = {name.strip(): _said(cell) for name, cell in zip(names, row.cells, strict=True)}
            found.append({"id": str(row.id), **said})
        if len(keys) < size:
            break
        after = keys[-1]
    return found


def _called(kind: OwnerKind, properties: dict[str, Column], name: str) -> Column:
    lowered = name.lower()
    if lowered in FIELDS[kind]:
        return Column(lowered)
    if lowered not in properties:
        there = ", ".join(FIELDS[kind])
        raise BadInput(f"There is no column “{name}”. Besides properties there are {there}")
    return properties[lowered]


def _said(cell: Cell) -> object:
    match cell:
        case Value():
            return value_json(cell)
        case datetime():
            return when(cell)
        case tuple():
            return list(cell)
        case _:
            return cell
