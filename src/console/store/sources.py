"""Sources: how each one stands, how far its streams came, how much it brought."""

from __future__ import annotations

import json

from console.domain.ids import SourceId
from console.domain.sources import SourceRow, StreamRow
from console.store.connection import Connection
from console.store.moments import moment_or_none

_COUNTS = """SELECT source_id, kind, count(*) FROM records WHERE gone_at IS NULL GROUP BY source_id, kind
UNION ALL SELECT source_id, 'quarantined', count(*) FROM quarantine GROUP BY source_id"""


def sources(connection: Connection) -> tuple[SourceRow, ...]:
    """Every configured source in the order of names; secrets are left where they are."""
    rows = connection.exec_driver_sql(
        "SELECT id, kind, name, state, problem, synced_at, is_paused, settings FROM sources WHERE state <> 'removed' ORDER BY lower(name), id"
    ).fetchall()
    streams = _streams(connection)
    counts = _counts(connection)
    return tuple(
        SourceRow(
            id=SourceId(row.id),
            kind=row.kind,
            name=row.name,
            state=row.state,
            problem=row.problem,
            synced_at=moment_or_none(row.synced_at),
            is_paused=bool(row.is_paused),
            settings=_as_text(row.settings),
            streams=tuple(streams.get(row.id, ())),
            counts=counts.get(row.id, {}),
        )
        for row in rows
    )


def _as_text(settings: str) -> dict[str, str]:
    values = json.loads(settings or "{}")
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}


def _streams(connection: Connection) -> dict[int, list[StreamRow]]:
    rows = connection.exec_driver_sql(
        "SELECT source_id, stream, done, total, synced_at FROM streams ORDER BY source_id, stream"
    ).fetchall()
    streams: dict[int, list[StreamRow]] = {}
    for source, stream, done, total, synced_at in rows:
        streams.setdefault(source, []).append(StreamRow(stream, done, total, moment_or_none(synced_at)))
    return streams


def _counts(connection: Connection) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {}
    for source, kind, count in connection.exec_driver_sql(_COUNTS).fetchall():
        counts.setdefault(source, {})[kind] = count
    return counts
