"""The order of the directory: keys of customers or companies, filtered and sorted by any column, page by page.

A page begins behind the value and the key of the row where the last one ended, so that it costs the same at any depth.
Rows without a value come last in either direction, by their keys.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.directory import FIELDS, Column, Listing, Measure, SortKey
from console.domain.records import OwnerKind
from console.domain.values import ValueKind
from console.store.claims import property_id
from console.store.connection import Connection
from console.store.expressions import clauses_of

PLACES = {
    "city": ("city", "location.city", "location_city"),
    "country": ("country", "location.country", "location_country"),
}
"""By what names sources call the parts of a place."""
_NUMBERS = (ValueKind.NUMBER, ValueKind.MONEY, ValueKind.BOOLEAN, ValueKind.DATE, ValueKind.DATETIME)
_TABLES = {OwnerKind.CUSTOMER: "customers u", OwnerKind.COMPANY: "companies u"}


@dataclass(frozen=True, slots=True)
class _Order:
    """How one sorts: rows that have a value come from ``source`` and meet ``known``; the others meet ``missing``."""

    source: str
    value: str
    known: str
    missing: str
    is_text: bool = True


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """The filter, as it goes on behind another condition."""

    sql: str
    arguments: tuple[object, ...]


def page(connection: Connection, listing: Listing, limit: int, after: SortKey | None = None) -> tuple[SortKey, ...]:
    """The next ``limit`` keys of a listing, behind the key where a page ended. Raises BadExpression, and KeyError for a column
    that they do not have."""
    narrowed, order = _narrowed(connection, listing), _order_of(listing.owner_kind, listing.sort)
    found: list[SortKey] = []
    if after is None or after.value is not None:
        found += _known(connection, listing, order, narrowed, limit, after)
    if len(found) < limit:
        last = after.id if after is not None and after.value is None else None
        found += _unknown(connection, listing, order, narrowed, limit - len(found), last)
    return tuple(found)


def _narrowed(connection: Connection, listing: Listing) -> _Narrowed:
    clauses = clauses_of(connection, listing.owner_kind, "u", listing.expression)
    arguments = tuple(argument for clause in clauses for argument in clause.arguments)
    return _Narrowed("".join(f" AND {clause.sql}" for clause in clauses), arguments)


def _known(
    connection: Connection, listing: Listing, order: _Order, narrowed: _Narrowed, limit: int, after: SortKey | None
) -> list[SortKey]:
    way, sign = ("DESC", "<") if listing.is_descending else ("ASC", ">")
    value = f"{order.value} COLLATE NOCASE" if order.is_text else order.value
    beyond, begin = "", ()
    if after is not None:
        # Plain comparisons: row values of which one has a collation of its own use no index.
        beyond = f" AND {value} {sign}= ? AND ({value} {sign} ? OR u.id {sign} ?)"
        begin = (after.value, after.value, after.id)
    rows = connection.exec_driver_sql(
        f"""SELECT {order.value} AS value, u.id FROM {order.source}
            WHERE u.merged_into IS NULL AND {order.known}{narrowed.sql}{beyond}
            ORDER BY {value} {way}, u.id {way} LIMIT ?""",
        (*narrowed.arguments, *begin, limit),
    ).fetchall()
    return [SortKey(row[0], row[1]) for row in rows]


def _unknown(
    connection: Connection, listing: Listing, order: _Order, narrowed: _Narrowed, limit: int, after: int | None
) -> list[SortKey]:
    way, sign = ("DESC", "<") if listing.is_descending else ("ASC", ">")
    beyond = "" if after is None else f" AND u.id {sign} ?"
    rows = connection.exec_driver_sql(
        f"""SELECT u.id FROM {_TABLES[listing.owner_kind]} WHERE u.merged_into IS NULL AND {order.missing}{narrowed.sql}
            {beyond} ORDER BY u.id {way} LIMIT ?""",
        (*narrowed.arguments, *(() if after is None else (after,)), limit),
    ).fetchall()
    return [SortKey(None, row[0]) for row in rows]


def _order_of(owner_kind: OwnerKind, column: Column) -> _Order:
    name = column.property_name
    if name is not None:
        return _by_property(_TABLES[owner_kind], property_id(owner_kind, name), column.kind)
    measure, source = FIELDS[owner_kind][column.key], _TABLES[owner_kind]
    match column.key:
        case "name" | "email" | "domain" as text:
            # What is not known is an empty text in these columns.
            return _Order(source, f"u.{text}", f"u.{text} > ''", f"u.{text} = ''")
        case "conversations" | "members":
            number = {"conversations": "u.conversation_count", "members": "u.member_count"}[column.key]
            return _Order(source, number, "1", "0", is_text=False)
        case "company":
            value = "(SELECT nullif(o.name, '') FROM companies o WHERE o.id = u.company_id)"
        case "place":
            value = _place(owner_kind)
        case "tags":
            value = f"""(SELECT min(t.name COLLATE NOCASE) FROM taggings g JOIN tags t ON t.id = g.tag_id
                WHERE g.owner_id = u.id AND g.owner_kind = '{owner_kind.value}')"""
        case "segments":
            value = """(SELECT min(s.name COLLATE NOCASE) FROM segment_spans p JOIN segments s ON s.id = p.segment_id
                WHERE p.owner_id = u.id AND p.until IS NULL)"""
        case _:
            value = f"u.{column.key}"
    return _Order(source, value, f"{value} IS NOT NULL", f"{value} IS NULL", is_text=measure is not Measure.MOMENT)


def _by_property(table: str, key: int, kind: ValueKind) -> _Order:
    """By the typed column of the winners: SQLite sorts any text above any number."""
    column = "number" if kind in _NUMBERS else "text"
    own = f"SELECT 1 FROM winners w WHERE w.owner_id = u.id AND w.property_id = {key} AND w.{column} IS NOT NULL"
    return _Order(
        f"winners w JOIN {table} ON u.id = w.owner_id",
        f"w.{column}",
        f"w.property_id = {key} AND w.{column} IS NOT NULL",
        f"NOT EXISTS ({own})",
        is_text=column == "text",
    )


def _place(owner_kind: OwnerKind) -> str:
    """The city, then the country, where sources say them."""
    known = []
    for names in PLACES.values():
        keys = [property_id(owner_kind, name) for name in names]
        order = " ".join(f"WHEN {key} THEN {place}" for place, key in enumerate(keys))
        known.append(
            f"""(SELECT nullif(w.text, '') FROM winners w WHERE w.owner_id = u.id AND w.text IS NOT NULL
            AND w.property_id IN ({", ".join(map(str, keys))}) ORDER BY CASE w.property_id {order} END LIMIT 1)"""
        )
    return f"coalesce({', '.join(known)})"
