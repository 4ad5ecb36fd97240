"""How runs of sources end: removed, renamed, cut off or stopped under way; and what is asked when a profile opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from tests.sync.scripted import Beside, Desk, Script, pages, people, until

from console.connectors.contract import Pulling
from console.domain.edits import RemoveSource, RenameSource
from console.domain.records import CustomerRecord, Page


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


def test_what_a_removed_source_still_brings_is_not_taken_in(desk: Desk, script: Script) -> None:
    removed = Event()

    def pull(_pulling: Pulling) -> Iterator[Page]:
        yield Page("people", people(1), "p1")
        removed.wait(20)
        yield Page("people", people(50), "p2")

    script.pull = pull
    with Beside(desk) as process:
        until(lambda: desk.row("A").held == 1)
        desk.keep(RemoveSource(desk.source("A")))
        process.command({"command": "fold"})
        until(lambda: desk.rows("SELECT state FROM sources WHERE id = ?", desk.source("A")) == [("removed",)])
        removed.set()
        until(lambda: not process.schedule.is_busy() or len(script.pulls) == 1)

    assert desk.count("records", f"source_id = {desk.source('A')}") == 1


def test_a_source_that_is_renamed_while_it_runs_goes_on_under_its_new_name(desk: Desk, script: Script) -> None:
    def pull(pulling: Pulling) -> Iterator[Page]:
        pulling.stop.wait(60)
        return
        yield

    script.pull = pull
    with Beside(desk) as process:
        until(lambda: desk.row("A").state == "syncing")
        script.pull = pages(Page("people", people(1), "p1"))
        desk.keep(RenameSource(desk.source("A"), "Help desk"))
        process.command({"command": "fold"})
        until(lambda: desk.count("sources", "name = 'Help desk'") == 1 and desk.row("Help desk").held == 1)

    assert len(script.pulls) == 2


def test_a_run_that_the_end_of_the_process_cut_off_is_closed_at_the_next_start(desk: Desk) -> None:
    desk.run("B")
    with desk.workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE source_runs SET state = 'running', finished_at = NULL")
        connection.exec_driver_sql("UPDATE sources SET state = 'syncing' WHERE name = 'B'")

    desk.run("A")

    assert desk.report("B").runs[0].state == "interrupted"
    assert desk.row("B").state == "ready"


def test_a_run_that_is_stopped_with_the_process_is_closed_with_what_it_brought(desk: Desk, script: Script) -> None:
    def pull(pulling: Pulling) -> Iterator[Page]:
        yield Page("people", people(2), "p1")
        pulling.stop.wait(60)

    script.pull = pull
    with Beside(desk):
        until(lambda: desk.row("A").held == 2)

    run = desk.report("A").runs[0]
    assert (run.state, run.new) == ("stopped", 2)
    assert desk.row("A").state == "ready"


def test_only_the_last_two_hundred_runs_are_kept(desk: Desk) -> None:
    with desk.workspace.database.write() as connection:
        connection.exec_driver_sql(
            """WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 300)
               INSERT INTO source_runs (source_id, started_at, state) SELECT ?, v, 'done' FROM n""",
            (desk.source("B"),),
        )

    desk.run("B")

    assert desk.count("source_runs", f"source_id = {desk.source('B')}") == 200


def test_what_a_source_only_gives_when_it_is_asked_for_comes_when_a_profile_opens(tmp_path: Path) -> None:
    asked: list[str] = []

    def look_up(_pulling: Pulling, external_id: str) -> Iterator[Page]:
        asked.append(external_id)
        yield Page("summaries", (CustomerRecord(external_id, ("c0@x.example",), tags=("looked up",)),))

    script = Script(pages(Page("people", people(1), "p1")), look_up=look_up)
    desk = Desk(tmp_path / "workspace", {"A": script})
    with Beside(desk) as process:
        until(lambda: desk.count("customers") == 1)
        customer = int(str(desk.rows("SELECT id FROM customers")[0][0]))
        process.command({"command": "look up", "customer": customer})
        until(lambda: desk.count("taggings") == 1)
        process.command({"command": "look up", "customer": customer})

    desk.workspace.close()
    assert asked == ["c0"]
