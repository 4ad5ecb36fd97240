"""Keys of sendings: counted up, and never given twice, since edits name them."""

from __future__ import annotations

from console.store.connection import Connection

_LAST = "last_sending"


def next_sending(connection: Connection) -> int:
    """The key of the next row of the outbox; one that was deleted is not given again."""
    known = connection.exec_driver_sql("SELECT value FROM meta WHERE name = ?", (_LAST,)).scalar()
    most = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM outbox").scalar_one()
    key = max(int(known or 0), most) + 1
    connection.exec_driver_sql(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_LAST, str(key)),
    )
    return key
