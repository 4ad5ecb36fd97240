"""The segments that a company is in now."""

from __future__ import annotations

from console.store.connection import Connection


def segments_of_company(connection: Connection, company: int) -> tuple[str, ...]:
    """The names of the segments by rule that hold the company, in their order."""
    rows = connection.exec_driver_sql(
        """SELECT s.name FROM segment_spans p JOIN segments s ON s.id = p.segment_id
           WHERE p.owner_id = ? AND p.until IS NULL AND s.owner_kind = 'company' ORDER BY s.position, lower(s.name)""",
        (company,),
    ).fetchall()
    return tuple(row[0] for row in rows)
