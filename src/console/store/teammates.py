"""The teammates that the workspace has heard of."""

from __future__ import annotations

from console.store.connection import Connection


def known_teammates(connection: Connection) -> tuple[str, ...]:
    """Who a conversation was ever given to, or who looks after a customer, by name."""
    rows = connection.exec_driver_sql(
        """SELECT DISTINCT assignee FROM conversations WHERE assignee IS NOT NULL AND assignee <> ''
           UNION SELECT DISTINCT w.text FROM winners w JOIN properties p ON p.id = w.property_id
           WHERE p.name = 'owner' AND w.text IS NOT NULL AND w.text <> '' ORDER BY 1"""
    ).fetchall()
    return tuple(row[0] for row in rows)
