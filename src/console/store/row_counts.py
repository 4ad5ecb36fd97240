"""How much a workspace holds, as one says it of a whole workspace."""

from __future__ import annotations

from console.store.connection import Connection

_COUNTED = ("customers", "companies", "conversations", "messages", "events")


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows by table; those that were merged away or are gone at their source count too."""
    return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in _COUNTED}
