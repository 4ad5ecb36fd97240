"""Which values a property has, for somebody who types one."""

from __future__ import annotations

import json
from collections.abc import Iterable

from console.domain.records import OwnerKind
from console.domain.values import ValueKind
from console.store.claims import property_id
from console.store.connection import Connection

MOST = 60
# One step in the index for each value, however many have it.
_NEXT = """SELECT text, kind FROM winners WHERE property_id = ? AND text {than} ? ORDER BY text LIMIT 1"""


def values_of(
    connection: Connection, owner_kind: OwnerKind, name: str, begins: str = "", limit: int = MOST
) -> tuple[str, ...]:
    """Different values that are shown of a property, by the alphabet: all where there are at most ``limit``, else those that
    begin with ``begins``, in small letters, capitals or as it is typed."""
    prop = property_id(owner_kind, name)
    found = _read(connection, prop, "", limit)
    if begins and len(found) >= limit:
        ways = dict.fromkeys((begins, begins.capitalize(), begins.title(), begins.upper(), begins.lower()))
        found = {one for way in ways for one in _read(connection, prop, way, limit)}
    return tuple(sorted(found, key=lambda one: (one.casefold(), one)))[:limit]


def _read(connection: Connection, prop: int, begins: str, limit: int) -> set[str]:
    found: set[str] = set()
    row = connection.exec_driver_sql(_NEXT.format(than=">="), (prop, begins)).one_or_none()
    while row is not None and len(found) < limit and row[0].startswith(begins):
        found.update(_words(*row))
        row = connection.exec_driver_sql(_NEXT.format(than=">"), (prop, row[0])).one_or_none()
    return found


def _words(text: str, kind: str) -> Iterable[str]:
    return json.loads(text) if kind == ValueKind.CHOICES else (text,)
