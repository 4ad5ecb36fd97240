"""What only SQLite says this way; the rest of the store stays portable."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeVar

from console.store.connection import Connection

Key = TypeVar("Key", int, str)

IN_LIST = "(SELECT value FROM json_each(?))"
"""A set of keys as one argument made by ``listed``: no limit on their number, one prepared statement."""


def listed(keys: Iterable[Key]) -> str:
    """The argument for ``IN_LIST``: the keys once each, in order, as JSON."""
    return json.dumps(sorted(set(keys)))


def act(connection: Connection, now: int, by: str) -> None:
    """Say when and under which name the running transaction acts; triggers write it down (``schema.derived``)."""
    connection.exec_driver_sql("UPDATE acting SET at = ?, by = ?", (now, by))
