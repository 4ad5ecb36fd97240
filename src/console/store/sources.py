"""Sources: how each one stands, how far its streams came, what they hold, how its runs went, what was put aside."""

from __future__ import annotations

import json
import zlib

from console.domain.ids import SourceId
from console.domain.records import Coverage
from console.domain.source_settings import every, streams_off
from console.domain.sources import QUARANTINED, AsideRow, ReasonRow, RunRow, SourceReport, SourceRow, StreamRow
from console.store.connection import Connection, Row
from console.store.errors import NotFound
from console.store.moments import moment, moment_or_none

_COUNTS = f"""SELECT source_id, kind, sum(held) FROM record_counts GROUP BY source_id, kind
UNION ALL SELECT source_id, '{QUARANTINED}', count(*) FROM quarantine GROUP BY source_id"""

_STREAMS = """SELECT s.source_id, s.stream, s.done, s.total, s.synced_at, s.changed_at, v.since, v.remark,
    (SELECT sum(held) FROM record_counts c WHERE c.source_id = s.source_id AND c.stream = s.stream) AS held
FROM streams s LEFT JOIN coverage v ON v.source_id = s.source_id AND v.stream = s.stream ORDER BY s.source_id, s.stream"""

_SOURCES = """SELECT id, kind, name, state, problem, synced_at, is_paused, settings, next_at, trust FROM sources
WHERE state NOT LIKE 'removed%' ORDER BY lower(name), id"""

_RUN = "r.id, r.started_at, r.finished_at, r.state, r.problem, r.new, r.changed, r.unchanged, r.gone, r.quarantined, r.requests, r.waits"
_RUNS = f"SELECT {_RUN} FROM source_runs r WHERE source_id = ? ORDER BY started_at DESC, id DESC LIMIT ?"
_RUNS_AFTER = (
    f"SELECT {_RUN}, s.name FROM source_runs r JOIN sources s ON s.id = r.source_id WHERE r.id > ? ORDER BY r.id"
)

_REASONS = "SELECT reason, count(*) FROM quarantine WHERE source_id = ? GROUP BY reason ORDER BY count(*) DESC, reason"


def sources(connection: Connection) -> tuple[SourceRow, ...]:
    """Every configured source in the order of names; secrets are left where they are."""
    rows = connection.exec_driver_sql(_SOURCES).fetchall()
    streams = _streams(connection)
    counts = _counts(connection)
    return tuple(_source(row, streams.get(row.id, []), counts.get(row.id, {})) for row in rows)


def report_of(connection: Connection, source: SourceId, most_runs: int = 20) -> SourceReport:
    """Everything about one source, with its last runs, newest first. Raises NotFound where it was removed."""
    found = next((row for row in sources(connection) if row.id == source), None)
    if found is None:
        raise NotFound("This source is not connected any more")
    reasons = connection.exec_driver_sql(_REASONS, (source,)).fetchall()
    return SourceReport(found, runs_of(connection, source, most_runs), tuple(ReasonRow(*row) for row in reasons))


def runs_of(connection: Connection, source: SourceId, most: int = 20) -> tuple[RunRow, ...]:
    """The last runs of a source, newest first."""
    rows = connection.exec_driver_sql(_RUNS, (source, most)).fetchall()
    return tuple(_run(row) for row in rows)


def last_run(connection: Connection) -> int:
    """The key of the newest run, 0 where there was none."""
    return connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM source_runs").scalar_one()


def runs_after(connection: Connection, run: int) -> tuple[tuple[str, RunRow], ...]:
    """The runs after that one in their order, each with the name of its source."""
    rows = connection.exec_driver_sql(_RUNS_AFTER, (run,)).fetchall()
    return tuple((row.name, _run(row)) for row in rows)


def aside(connection: Connection, source: SourceId | None = None, most: int = 1_000) -> tuple[AsideRow, ...]:
    """The newest records that could not be read, of one source or of all; those of imports are not among them."""
    rows = connection.exec_driver_sql(
        """SELECT id, source_id, external_id, coalesce(stream, '') AS stream, reason, at, raw FROM quarantine
           WHERE batch_id IS NULL AND (?1 IS NULL OR source_id = ?1) ORDER BY at DESC, id DESC LIMIT ?2""",
        (source, most),
    ).fetchall()
    return tuple(
        AsideRow(
            row.id, SourceId(row.source_id), row.external_id, row.stream, row.reason, moment(row.at), zlib.decompress(row.raw)
        )
        for row in rows
    )  # fmt: skip


def _run(row: Row) -> RunRow:
    return RunRow(
        row.id, moment(row.started_at), moment_or_none(row.finished_at), row.state, row.problem, row.new, row.changed,
        row.unchanged, row.gone, row.quarantined, row.requests, row.waits,
    )  # fmt: skip


def _source(row: Row, streams: list[StreamRow], counts: dict[str, int]) -> SourceRow:
    settings = _as_text(row.settings)
    off = streams_off(settings)
    known = {one.stream for one in streams}
    return SourceRow(
        id=SourceId(row.id),
        kind=row.kind,
        name=row.name,
        state=row.state,
        problem=row.problem,
        synced_at=moment_or_none(row.synced_at),
        is_paused=bool(row.is_paused),
        settings=settings,
        streams=(
            *(_switched(one, is_off=one.stream in off) for one in streams),
            *(StreamRow(name, 0, None, None, is_off=True) for name in sorted(off - known)),
        ),
        counts=counts,
        every=every(settings),
        next_at=moment_or_none(row.next_at),
        trust=row.trust,
    )


def _as_text(settings: str) -> dict[str, str]:
    values = json.loads(settings or "{}")
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}


def _switched(row: StreamRow, *, is_off: bool) -> StreamRow:
    return StreamRow(row.stream, row.done, row.total, row.synced_at, row.held, row.changed_at, row.coverage, is_off)


def _streams(connection: Connection) -> dict[int, list[StreamRow]]:
    streams: dict[int, list[StreamRow]] = {}
    for row in connection.exec_driver_sql(_STREAMS).fetchall():
        coverage = None if row.remark is None else Coverage(moment_or_none(row.since), row.remark)
        streams.setdefault(row.source_id, []).append(
            StreamRow(
                row.stream, row.done, row.total, moment_or_none(row.synced_at), row.held or 0, moment_or_none(row.changed_at), coverage
            )
        )  # fmt: skip
    return streams


def _counts(connection: Connection) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {}
    for source, kind, count in connection.exec_driver_sql(_COUNTS).fetchall():
        counts.setdefault(source, {})[kind] = count
    return counts
