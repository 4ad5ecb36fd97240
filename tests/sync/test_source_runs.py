"""Runs of sources over a real workspace: what is counted, who waits, who rests, and that nobody delays anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from tests.sync.scripted import START, Beside, Desk, Script, pages, people, until

from console.connectors.contract import Pulling
from console.connectors.errors import SourceError, TemporaryError
from console.domain.edits import ChooseStreams, PauseSource, ReadAgain, SetSourcePace
from console.domain.records import Coverage, DeletionRecord, Page, Rejected


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def desk(tmp_path: Path, script: Script) -> Iterator[Desk]:
    made = Desk(
        tmp_path / "workspace", {"A": script, "B": Script(pages(Page("people", people(3), "b1", is_last=True)))}
    )
    yield made
    made.workspace.close()


def test_a_run_is_a_row_with_everything_it_came_to(desk: Desk, script: Script) -> None:
    def pull(pulling: Pulling) -> Iterator[Page]:
        pulling.count_request()
        yield Page(
            "people", people(4), "p1", (Rejected("c9", "No date.", b"{}"),), done=4, total=4, coverage=Coverage(START)
        )
        pulling.count_request()
        pulling.count_wait(0.1)

    script.pull = pull
    desk.run("A")
    script.pull = pages(
        Page("people", (*people(1, plan="free"), *people(2, first=1), DeletionRecord("customer:c3")), "p2")
    )
    desk.run("A")

    second, first = desk.report("A").runs
    assert (first.state, first.new, first.changed, first.unchanged, first.quarantined) == ("done", 4, 0, 0, 1)
    assert (first.requests, first.waits, first.read) == (2, 1, 5)
    assert first.finished_at is not None
    assert (second.new, second.changed, second.unchanged, second.gone) == (0, 1, 2, 1)
    row = desk.row("A")
    assert [(one.stream, one.held, one.coverage) for one in row.streams] == [("people", 3, Coverage(START))]
    assert (row.state, row.counts["CustomerRecord"], row.counts["quarantined"], row.held) == ("ready", 3, 1, 3)
    assert [(one.reason, one.count) for one in desk.report("A").reasons] == [("No date.", 1)]


def test_a_revoked_token_leaves_the_cursor_where_it_was_asks_once_and_others_go_on(desk: Desk, script: Script) -> None:
    def pull(_pulling: Pulling) -> Iterator[Page]:
        for n in range(3):
            yield Page("people", people(2, first=2 * n), f"page {n + 1}")
        raise SourceError("The token was revoked.", "Sign in again.")

    script.pull = pull
    with Beside(desk) as process:
        until(lambda: desk.row("A").state == "needs you" and desk.row("B").synced_at is not None)
        for _ in range(3):
            process.command({"command": "fold"})
        until(lambda: not process.writer.is_behind())

    assert desk.rows("SELECT cursor FROM streams WHERE source_id = ?", desk.source("A")) == [("page 3",)]
    assert len(script.pulls) == 1
    assert desk.row("A").problem == "The token was revoked. Sign in again."
    assert len([one for one in desk.said if one.task.name == "A" and one.state == "failed"]) == 1
    assert desk.count("customers") == 9 - 3


def test_a_source_that_failed_rests_after_a_restart_too_and_another_secret_wakes_it(desk: Desk, script: Script) -> None:
    def refuse(_pulling: Pulling) -> Iterator[Page]:
        raise SourceError("The token was revoked.", "Sign in again.")
        yield

    script.pull = refuse
    desk.run("A")
    script.pull = pages(Page("people", people(1), "p1"))
    with Beside(desk) as process:
        until(lambda: desk.row("B").synced_at is not None)
        assert len(script.pulls) == 1
        desk.keep(PauseSource(desk.source("A"), is_paused=False))
        process.command({"command": "fold"})
        until(lambda: desk.row("A").state == "ready" and desk.row("A").synced_at is not None)

    assert len(script.pulls) == 2


def test_a_source_that_hangs_delays_no_other_and_ends_at_once_when_it_is_paused(desk: Desk, script: Script) -> None:
    began = Event()

    def hang(pulling: Pulling) -> Iterator[Page]:
        began.set()
        pulling.stop.wait(60)
        return
        yield

    script.pull = hang
    with Beside(desk) as process:
        assert began.wait(20)
        until(lambda: desk.row("B").state == "ready" and desk.row("B").held == 3)
        assert desk.row("A").state == "syncing"
        desk.keep(PauseSource(desk.source("A"), is_paused=True))
        process.command({"command": "fold"})
        until(lambda: desk.report("A").runs[0].finished_at is not None, 5)

    assert desk.report("A").runs[0].state == "stopped"
    assert (desk.row("A").is_paused, desk.row("A").state, desk.row("A").synced_at) == (True, "ready", None)
    assert len(script.pulls) == 1


def test_a_source_that_asks_to_wait_says_until_when_and_goes_on_by_itself(desk: Desk, script: Script) -> None:
    again = Event()

    def pull(pulling: Pulling) -> Iterator[Page]:
        yield Page("people", people(1), "p1")
        pulling.count_wait(90.0)
        again.wait(20)
        yield Page("people", people(1, first=1), "p2")

    script.pull = pull
    with Beside(desk):
        until(lambda: desk.row("A").state == "waiting")
        waiting = desk.row("A")
        again.set()
        until(lambda: desk.row("A").state == "ready" and desk.row("A").synced_at is not None)

    assert waiting.next_at is not None
    assert waiting.next_at - START > timedelta(seconds=89)
    told = next(one for one in desk.said if one.task.name == "A" and one.state == "waiting")
    assert told.until == waiting.next_at.timestamp()
    assert desk.report("A").runs[0].waits == 1


def test_a_passing_trouble_is_tried_again_at_the_time_that_the_source_named_or_when_a_teammate_asks(desk: Desk, script: Script) -> None:  # fmt: skip
    def fail(_pulling: Pulling) -> Iterator[Page]:
        raise TemporaryError("The server is overloaded.", retry_at=desk.at + timedelta(minutes=5))
        yield

    script.pull = fail
    with Beside(desk) as process:
        until(lambda: desk.row("A").state == "waiting")
        next_at = desk.row("A").next_at
        script.pull = pages(Page("people", people(1), "p1"))
        process.command({"command": "sync", "source": "A"})
        until(lambda: desk.row("A").state == "ready" and desk.row("A").synced_at is not None)

    assert next_at is not None
    assert timedelta(minutes=4) < next_at - START < timedelta(minutes=6)
    assert [run.state for run in desk.report("A").runs] == ["done", "waiting"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_mistake_of_a_connector_is_told_and_the_source_rests(desk: Desk, script: Script) -> None:
    script.pull = pages(Page("people", people(1), "p1"))
    desk.run("A")

    def stumble(_pulling: Pulling) -> Iterator[Page]:
        raise KeyError("id")
        yield

    script.pull = stumble
    desk.run("A")

    assert desk.row("A").state == "needs you"
    assert "made a mistake" in desk.report("A").runs[0].problem
    assert desk.row("A").held == 1


def test_streams_that_are_off_reach_the_connector_and_its_own_settings_alone(desk: Desk, script: Script) -> None:
    desk.keep(ChooseStreams(desk.source("A"), ("events",)))
    desk.keep(SetSourcePace(desk.source("A"), 7))
    desk.run("A")

    assert script.pulls[0].streams_off == {"events"}
    assert dict(script.pulls[0].settings) == {"base_url": "https://x.example"}
    assert desk.row("A").every == 7


def test_the_next_run_is_due_at_the_pace_that_a_teammate_chose(desk: Desk) -> None:
    desk.keep(SetSourcePace(desk.source("A"), 7))
    with Beside(desk):
        until(lambda: desk.row("A").next_at is not None and desk.row("B").next_at is not None)
        rows = [desk.row("A"), desk.row("B")]

    waits = [row.next_at - row.synced_at for row in rows if row.next_at is not None and row.synced_at is not None]
    assert [round(wait / timedelta(minutes=1)) for wait in waits] == [7, 60]


def test_reading_again_after_a_lost_cursor_brings_nothing_twice(desk: Desk, script: Script) -> None:
    def pull(pulling: Pulling) -> Iterator[Page]:
        at = int(pulling.cursor_by_stream.get("people", "0"))
        for n in range(at, 3):
            yield Page("people", people(2, first=2 * n), str(n + 1))

    script.pull = pull
    desk.run("A")
    before = {
        table: desk.rows(f"SELECT * FROM {table} ORDER BY 1")
        for table in ("customers", "claims", "identities", "records")
    }
    desk.keep(ReadAgain(desk.source("A")))
    desk.run("A")

    assert {table: desk.rows(f"SELECT * FROM {table} ORDER BY 1") for table in before} == before
    assert desk.report("A").runs[0].unchanged == 6
    assert [dict(one.cursor_by_stream) for one in script.pulls] == [{}, {}]
