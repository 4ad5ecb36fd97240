"""The rows of the directory: what stands in the columns that are shown, of the customers or companies on screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from console.domain.address import is_deceptive
from console.domain.directory import PROPERTY, Cell, Column, DirectoryRow
from console.domain.records import OwnerKind
from console.domain.values import Value, ValueKind, restored
from console.store.claims import property_id
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.directory_pages import PLACES
from console.store.moments import moment_or_none
from console.store.tags import names_by_owner

_ROWS = {
    OwnerKind.CUSTOMER: f"""SELECT u.id, u.name, u.email AS second, coalesce(o.name, '') AS company,
        u.conversation_count AS conversations, u.first_seen, u.last_seen, u.is_role, u.is_shared
        FROM customers u LEFT JOIN companies o ON o.id = u.company_id WHERE u.id IN {IN_LIST}""",
    OwnerKind.COMPANY: f"""SELECT u.id, u.name, u.domain AS second, u.member_count AS members, u.last_seen,
        0 AS is_role, 0 AS is_shared FROM companies u WHERE u.id IN {IN_LIST}""",
}
_SEGMENTS = f"""SELECT p.owner_id, s.name FROM segment_spans p JOIN segments s ON s.id = p.segment_id
    WHERE p.owner_id IN {IN_LIST} AND p.until IS NULL ORDER BY s.name COLLATE NOCASE, s.name"""
_MOMENTS = ("first_seen", "last_seen")
_OWN_NAMES = {"email": "second", "domain": "second"}

Answers = Mapping[int, Cell]


def columns(connection: Connection, owner_kind: OwnerKind) -> tuple[Column, ...]:
    """A column for each property that is known of customers or companies, those on top first, then by name."""
    rows = connection.exec_driver_sql(
        "SELECT name, kind FROM properties WHERE owner_kind = ? ORDER BY is_on_top DESC, lower(name), name",
        (owner_kind.value,),
    ).fetchall()
    return tuple(Column(f"{PROPERTY}{name}", ValueKind(kind)) for name, kind in rows)


def rows(
    connection: Connection, owner_kind: OwnerKind, ids: Sequence[int], shown: Sequence[Column]
) -> dict[int, DirectoryRow]:
    """The rows of these customers or companies by key, with a cell for each column; those that are gone are left out."""
    asked = listed(ids)
    found = connection.exec_driver_sql(_ROWS[owner_kind], (asked,)).fetchall()
    said = _properties(connection, owner_kind, asked, shown)
    answers = [_answers(connection, owner_kind, asked, column, said) for column in shown]
    made = {}
    for row in found:
        own = row.by_name()
        cells = tuple(
            _own(own, column) if answer is None else answer.get(row.id)
            for column, answer in zip(shown, answers, strict=True)
        )
        made[row.id] = DirectoryRow(
            row.id, row.name, row.second, bool(row.is_role), bool(row.is_shared), is_deceptive(row.name), cells
        )
    return made


def _own(row: Mapping[str, object], column: Column) -> Cell:
    """What stands in the row of the customer or company itself."""
    value = row[_OWN_NAMES.get(column.key, column.key)]
    if column.key in _MOMENTS:
        return moment_or_none(value if isinstance(value, int) else None)
    return value if isinstance(value, int) else str(value or "")


def _answers(
    connection: Connection, owner_kind: OwnerKind, ids: str, column: Column, said: Mapping[int, Mapping[int, Value]]
) -> Answers | None:
    """The cells of a column that stand elsewhere; None for those of the row itself."""
    name = column.property_name
    if name is not None:
        return said.get(property_id(owner_kind, name), {})
    match column.key:
        case "tags":
            return names_by_owner(connection, owner_kind.value, ids)
        case "segments":
            return _segments(connection, ids)
        case "place":
            return _places(owner_kind, said)
        case _:
            return None


def _segments(connection: Connection, ids: str) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for owner, name in connection.exec_driver_sql(_SEGMENTS, (ids,)).fetchall():
        found[owner] = (*found.get(owner, ()), name)
    return found


def _properties(
    connection: Connection, owner_kind: OwnerKind, ids: str, shown: Sequence[Column]
) -> dict[int, dict[int, Value]]:
    """By property, then by owner: what is shown of it."""
    names = [column.property_name for column in shown if column.property_name is not None]
    if any(column.key == "place" for column in shown):
        names += [name for part in PLACES.values() for name in part]
    if not names:
        return {}
    found: dict[int, dict[int, Value]] = {}
    wanted = listed(property_id(owner_kind, name) for name in names)
    for owner, key, kind, text in connection.exec_driver_sql(
        f"""SELECT owner_id, property_id, kind, text FROM winners WHERE owner_id IN {IN_LIST}
            AND property_id IN {IN_LIST} AND text IS NOT NULL""",
        (ids, wanted),
    ).fetchall():
        found.setdefault(key, {})[owner] = restored(ValueKind(kind), text)
    return found


def _places(owner_kind: OwnerKind, said: Mapping[int, Mapping[int, Value]]) -> dict[int, str]:
    """City and country, as sources say them."""
    found: dict[int, str] = {}
    for names in PLACES.values():
        part: dict[int, str] = {}
        for name in reversed(names):
            part.update(
                {owner: str(value.content) for owner, value in said.get(property_id(owner_kind, name), {}).items()}
            )
        for owner, words in part.items():
            found[owner] = f"{found[owner]}, {words}" if owner in found else words
    return found
