"""Definitions of properties, in the order in which they are shown, and how many owners have each."""

from __future__ import annotations

import json

from console.domain.property_defs import Definition
from console.domain.records import OwnerKind
from console.domain.values import ValueKind
from console.store.connection import Connection

_DEFINITIONS = """SELECT p.name, p.kind, p.choices, p.is_on_top,
       (SELECT count(*) FROM winners w WHERE w.property_id = p.id) AS use_count
FROM properties p WHERE p.owner_kind = ? ORDER BY p.is_on_top DESC, p.position, p.name"""


def definitions(connection: Connection, owner_kind: OwnerKind) -> tuple[Definition, ...]:
    """The properties that customers (or companies) can have: those on top first, then by place and name."""
    rows = connection.exec_driver_sql(_DEFINITIONS, (owner_kind.value,)).fetchall()
    return tuple(
        Definition(name, ValueKind(kind), tuple(json.loads(choices)), bool(is_on_top), use_count)
        for name, kind, choices, is_on_top, use_count in rows
    )
