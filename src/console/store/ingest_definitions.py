"""Taking in what a source says of its properties: their types and the values one can choose from."""

from __future__ import annotations

import json
from collections.abc import Sequence

from console.domain.records import DefinitionRecord
from console.store.changes import Stale
from console.store.claims import define, property_id
from console.store.taking import Taking


def take_definitions(taking: Taking, records: Sequence[DefinitionRecord]) -> None:
    """Properties are made where they are new; choices are added where nobody has said any. What teammates defined stays."""
    if not records:
        return
    define(taking.connection, [(one.owner_kind, one.name, one.kind.value) for one in records], taking.now)
    rows = [
        (json.dumps(one.choices, ensure_ascii=False), property_id(one.owner_kind, one.name))
        for one in records
        if one.choices
    ]
    if rows:
        taking.connection.exec_driver_sql(
            "UPDATE properties SET choices = ? WHERE id = ? AND choices = '[]'", sorted(rows)
        )
    taking.touched.also(Stale.PROPERTY)
