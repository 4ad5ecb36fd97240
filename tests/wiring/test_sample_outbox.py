"""What is on its way in the sample workspace."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.domain.outbox import SendingState
from console.domain.outbox_rows import WaitsFor
from console.store.outbox import outbox, outbox_counts
from console.store.outbox_sending import due_sources
from console.store.sources import report_of, sources
from console.store.workspace import Role, Workspace, create
from console.wiring.filling import fill_with_sample

_KEY = bytes(range(32))
_NOW = datetime(2026, 11, 20, 11, 8, tzinfo=UTC)


def test_the_sample_shows_each_state_and_nothing_of_it_can_leave(tmp_path: Path) -> None:
    create(tmp_path / "w", _KEY)
    workspace = Workspace(tmp_path / "w", _KEY, Role.SCRIPT)
    try:
        fill_with_sample(workspace, _NOW)
        with workspace.database.read() as connection:
            rows = outbox(connection, now=_NOW)
            counts = outbox_counts(connection, done_since=_NOW - timedelta(days=1))
            due = due_sources(connection, _NOW + timedelta(days=1))
            report = next(report_of(connection, one.id) for one in sources(connection) if one.name == "Intercom")
    finally:
        workspace.close()

    states = Counter(row.state for row in rows)
    assert states[SendingState.CONFLICT] == 2
    assert states[SendingState.REFUSED] == states[SendingState.UNKNOWN] == 1
    assert states[SendingState.HELD] == states[SendingState.SENT] == 2
    assert (counts.needs_you, counts.done) == (3, 2)
    assert {row.waits_for for row in rows if row.state is SendingState.QUEUED} == {WaitsFor.CHOICE}
    assert due == frozenset()
    assert [run.read for run in report.runs] == [run.new + run.changed for run in report.runs]
    limited = [one.stream for one in report.source.streams if one.coverage is not None and one.coverage.remark]
    assert limited == ["events"]
