"""Clocks and zones: what runs ahead is flagged and never hidden, and no zone moves a line (promise P13)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.stream.shown import said, settle, show
from tests.ui.workspaces import NOW, SyncSide

from console.domain.records import EventRecord
from console.ui.session import Session
from console.ui.stream.jump import end_of
from console.ui.stream.rows import EntryRow, rows_of
from console.ui.stream.view import StreamView

ZONES = ("UTC", "Europe/Paris", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Marquesas")


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """This desktop in another part of the world."""
    with monkeypatch.context() as moved:
        moved.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.parametrize("zone", ZONES, indirect=True)
def test_what_runs_three_days_ahead_is_flagged_and_nothing_is_hidden_or_moved(
    zone: str, stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    hours = (72, 1, 0, -1, -30, -700, -720)
    side.take(*[EventRecord(f"e{at}", f"Event {at}", NOW + timedelta(hours=at), "p0") for at in hours])
    show(qtbot, session, stream)

    shown = [row.entry.newest for row in rows_of(stream.reading.lines, ()) if isinstance(row, EntryRow)]
    assert [line.key for line in shown] == sorted((line.key for line in stream.reading.lines), reverse=True)
    spoken = said(stream)
    for at in hours:
        (words,) = [one for one in spoken if one.startswith(f"Event {at},")]
        assert ("in the future" in words) == (at > 0)


@pytest.mark.parametrize("zone", ZONES, indirect=True)
def test_a_jump_goes_to_the_end_of_the_day_of_this_desktop_also_when_its_clocks_change(
    zone: str, stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    around = [NOW.replace(month=10, day=day, hour=hour) for day in (24, 25, 26) for hour in range(24)]
    side.take(*[EventRecord(f"e{at:%d%H}", "Logged in", at, "p0") for at in around])
    show(qtbot, session, stream)
    for day in (24, 25):
        wanted = NOW.replace(month=10, day=day).date()
        stream.jump_to(wanted)
        settle(qtbot, session)
        below = [line for line in stream.reading.lines if line.at < end_of(wanted)]
        assert max(line.at for line in below) == max(at for at in around if at < end_of(wanted))
        assert max(line.at for line in below).astimezone().date() == wanted
