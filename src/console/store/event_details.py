"""What the newest event of a name said: typed values, as a window unfolds them."""

from __future__ import annotations

import json
from datetime import datetime

from console.domain.values import Value, ValueKind, restored
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros

_MOST = 40
_NEWEST = f"""SELECT metadata FROM events WHERE identity_id IN {IN_LIST} AND name = ? AND at <= ? ORDER BY at DESC, id DESC LIMIT 1"""
_KINDS = {kind.value for kind in ValueKind}


def newest_details(
    connection: Connection, identities: tuple[int, ...], name: str, until: datetime
) -> tuple[tuple[str, Value], ...]:
    """The values of the newest event of this name of these records until then (aware UTC), by name; at most forty."""
    text = connection.exec_driver_sql(_NEWEST, (listed(identities), name, micros(until))).scalar()
    held = json.loads(text) if text else {}
    return tuple((key, _value(held[key])) for key in sorted(held)[:_MOST])


def _value(held: object) -> Value:
    """A value with its kind; whatever else a source may have left there, as text."""
    if isinstance(held, list) and len(held) == 2 and held[0] in _KINDS:
        try:
            return restored(ValueKind(held[0]), str(held[1]))
        except ValueError:
            return Value(ValueKind.STRING, str(held[1]))
    return Value(ValueKind.STRING, held if isinstance(held, str) else json.dumps(held, ensure_ascii=False))
