"""The sample workspace: its sources' pages taken in, then what its teammates did."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import itemgetter
from pathlib import Path

from console.connectors.kinds.sample.sources import SampleSource, sample_sources
from console.domain.ids import SourceId
from console.domain.profile import Origin, OriginKind
from console.domain.records import Coverage, Page
from console.domain.sources import RunState
from console.store import search_index
from console.store.connection import Connection
from console.store.fold import fold_pending
from console.store.ingest import take_in
from console.store.moments import micros
from console.store.source_runs import Ended, begin_run, finish_run
from console.store.source_writes import ensure_source, set_state
from console.store.taking import Intake, Taken
from console.store.workspace import Role, Workspace
from console.system import clock
from console.wiring import opening
from console.wiring.sample_outbox import send_sample
from console.wiring.sample_work import keep_sample_steps, write_sample_edits

_INDEX_ROWS = 5_000
_RUN = timedelta(minutes=4)
_LIMITS = {("Intercom", "events"): (90, "Events older than 90 days are not given by this source.")}


def make_sample(folder: Path, passphrase: str | None) -> opening.Made:
    """Make a workspace and fill it with the sample as of now."""
    made = opening.make(folder, passphrase)
    fill_folder(folder, made.key)
    return made


def fill_folder(folder: Path, key: bytes) -> None:
    """Fill a workspace that was just made with the sample as of now."""
    lock = opening.writer_lock(folder)
    lock.take()
    workspace = opening.open_for(folder, key, Role.SCRIPT)
    try:
        fill_with_sample(workspace, clock.now())
    finally:
        workspace.close()
        lock.give_back()


def fill_with_sample(workspace: Workspace, now: datetime) -> None:
    """Fill a new workspace (opened as Role.SCRIPT) with the sample as of ``now`` (aware UTC), edits and index included."""
    taken: dict[str, Taken] = {}
    streams: dict[str, set[str]] = {}
    pages = heapq.merge(*(_dated(source) for source in sample_sources(now)), key=itemgetter(0))
    intakes: dict[str, Intake] = {}
    for at, source, page in pages:
        with workspace.database.write() as connection:
            if source.name not in intakes:
                intakes[source.name] = _intake(
                    source, ensure_source(connection, source.kind, source.name, micros(at), source.own_addresses)
                )
            taken.setdefault(source.name, Taken()).add(take_in(connection, page, intakes[source.name], at))
            streams.setdefault(source.name, set()).add(page.stream)
    with workspace.database.write() as connection:
        for name, intake in intakes.items():
            _finish(connection, intake, sorted(streams[name]), taken[name], now)
    write_sample_edits(workspace, now)
    fold_pending(workspace, lambda: now)
    send_sample(workspace, now)
    keep_sample_steps(workspace)
    while search_index.index(workspace, _INDEX_ROWS):
        pass


def _finish(connection: Connection, intake: Intake, streams: list[str], taken: Taken, now: datetime) -> None:
    """How far back each stream is whole, and the run that brought it all."""
    source = SourceId(intake.source_id)
    for stream in streams:
        days, remark = _LIMITS.get((intake.origin.name, stream), (0, ""))
        coverage = Coverage(now - timedelta(days=days) if days else None, remark)
        take_in(connection, Page(stream, (), coverage=coverage), intake, now)
    run = begin_run(connection, source, micros(now - _RUN))
    finish_run(connection, run, Ended(RunState.DONE, requests=len(streams)), taken, micros(now))
    set_state(connection, source, "ready", "", micros(now), is_synced=True)


def _dated(source: SampleSource) -> Iterator[tuple[datetime, SampleSource, Page]]:
    return ((at, source, page) for at, page in source.dated_pages())


def _intake(source: SampleSource, key: int) -> Intake:
    is_sheet = source.origin_kind is OriginKind.SPREADSHEET
    origin = Origin(source.origin_kind, source.name, f"spreadsheet:{source.name}" if is_sheet else f"source:{key}")
    return Intake(key, source.rank, origin, frozenset(source.own_addresses), is_partial=is_sheet)
