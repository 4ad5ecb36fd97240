"""The sync process over a real workspace: imports as tasks, dry runs, interruptions, sources that fail."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.domain.edits import AddSource, Edit, Entry, SnoozeConversation, StartImport
from console.domain.ids import ConversationId, EditId, new_edit_id
from console.domain.importing import ImportKind, ImportPlan, plan_to_json
from console.store import workspace as files
from console.store.imports import counts_of, problems
from console.store.source_writes import source_id
from console.store.sources import sources
from console.store.workspace import Role, Workspace
from console.sync.process import SyncProcess
from console.sync.progress import Progress
from console.system import clock
from console.wiring.plans import plan_for

START = datetime(2026, 11, 21, 12, tzinfo=UTC)
CSV = "Email,Plan,MRR\nada@x.example,Pro,12\nbob@x.example,Free,0\nnot an address,Pro,1\n"
MAIL = b"From a@x Thu Jan  1 00:00:00 2026\nFrom: Ada <ada@x.example>\nTo: help@acme.example\nDate: Thu, 1 Jan 2026 10:00:00 +0000\nMessage-ID: <%d@x>\nSubject: Hello %d\n\nHi\n\n"


class Desk:
    """A workspace, its journal's clock, and the sync process run to its end whenever it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.key, self.folder, self.at = os.urandom(32), folder, START
        files.create(folder, self.key)
        self.workspace = Workspace(folder, self.key, Role.SCRIPT)
        self.said: list[Progress] = []

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def keep(self, edit: Edit) -> EditId:
        at = self.now()
        entry = Entry(new_edit_id(at, os.urandom(10)), at, "Nadia", edit)
        self.workspace.journal.append(entry)
        return entry.id

    def process(self) -> SyncProcess:
        return SyncProcess(
            self.workspace, lambda _source: "secret", self.now, clock.monotonic, clock.wait, self.said.append, once=True
        )

    def run(self) -> None:
        self.process().run()

    def start_import(self, path: Path, *, is_dry_run: bool = False, kind: ImportKind | None = None) -> str:
        batch = new_edit_id(self.now(), os.urandom(10))
        plan = plan_for((path,), kind)
        self.keep(StartImport(batch, plan_to_json(plan), is_dry_run))
        return batch

    def count(self, table: str) -> int:
        with self.workspace.database.read() as connection:
            return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "workspace")
    yield made
    made.workspace.close()


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(CSV)
    return path


def test_a_dry_run_counts_and_leaves_nothing_behind(desk: Desk, csv: Path) -> None:
    batch = desk.start_import(csv, is_dry_run=True)

    desk.run()

    with desk.workspace.database.read() as connection:
        state, problem, counts = counts_of(connection, batch)
        left_out = problems(connection, batch)
    assert (state, problem) == ("previewed", "")
    assert (counts.new, counts.left_out) == (2, 1)
    assert [one.reason for one in left_out] == ["“not an address” is not an e-mail address"]
    assert [desk.count(table) for table in ("customers", "claims", "records", "identities")] == [0, 0, 0, 0]


def test_what_the_dry_run_promised_is_what_the_import_does(desk: Desk, csv: Path) -> None:
    dry, wet = desk.start_import(csv, is_dry_run=True), desk.start_import(csv)

    desk.run()

    with desk.workspace.database.read() as connection:
        promised, done = counts_of(connection, dry)[2], counts_of(connection, wet)[2]
    assert promised == done
    assert desk.count("customers") == 2


def test_an_import_that_a_crash_cut_off_goes_on_and_brings_nothing_twice(desk: Desk, csv: Path) -> None:
    batch = desk.start_import(csv)
    desk.run()
    before = [desk.count(table) for table in ("customers", "claims", "records", "quarantine")]
    with desk.workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE import_batches SET state = 'running', finished_at = NULL")

    desk.run()

    with desk.workspace.database.read() as connection:
        assert counts_of(connection, batch)[0] == "done"
    assert [desk.count(table) for table in ("customers", "claims", "records", "quarantine")] == before


def test_an_export_of_delighted_is_imported_as_surveys_of_their_customers_and_once_only(
    desk: Desk, tmp_path: Path
) -> None:
    export = tmp_path / "responses.csv"
    export.write_text(
        "Response ID,Survey Type,Score,Comment,Person Email,Responded At,Plan\n"
        "r1,NPS,9,Great,ari@example.com,2026-05-01 10:00:00 UTC,Free\n"
        "r2,NPS,6,Slower,ari@example.com,2026-05-09 10:00:00 UTC,Pro\n"
    )
    desk.start_import(export)
    desk.run()
    again = desk.start_import(export)
    desk.run()

    with desk.workspace.database.read() as connection:
        surveys = connection.exec_driver_sql("SELECT subject, channel FROM conversations ORDER BY subject").fetchall()
        plans = connection.exec_driver_sql(
            "SELECT value FROM claims WHERE until IS NULL AND value IN ('Free', 'Pro')"
        ).fetchall()
        counts = counts_of(connection, again)[2]
        name = connection.exec_driver_sql("SELECT DISTINCT origin_name FROM claims").scalar_one()
    assert [tuple(row) for row in surveys] == [("NPS 6", "survey"), ("NPS 9", "survey")]
    assert [row[0] for row in plans] == ["Pro"]
    assert desk.count("customers") == 1
    assert (counts.new, counts.updated) == (0, 0)
    assert name == "Imported surveys"


def test_a_watched_folder_brings_what_lies_in_it(desk: Desk, csv: Path) -> None:
    folder = csv.parent / "watched"
    folder.mkdir()
    os.utime(csv.rename(folder / csv.name), (1, 1))
    desk.keep(AddSource(source_id("folder", "Files"), "folder", "Files", json.dumps({"folder": str(folder)})))

    desk.run()

    with desk.workspace.database.read() as connection:
        files = next(row for row in sources(connection) if row.name == "Files")
    assert files.problem == ""
    assert desk.count("customers") == 2


def test_a_file_that_is_gone_is_a_failed_import_with_a_sentence(desk: Desk, csv: Path) -> None:
    batch = desk.start_import(csv)
    csv.unlink()

    desk.run()

    with desk.workspace.database.read() as connection:
        state, problem, _ = counts_of(connection, batch)
    assert state == "failed"
    assert "customers.csv" in problem


def test_a_stopped_import_keeps_what_it_brought_and_says_so(desk: Desk, tmp_path: Path) -> None:
    mbox = tmp_path / "many.mbox"
    mbox.write_bytes(b"".join(MAIL % (n, n) for n in range(2_000)))
    batch = desk.start_import(mbox, kind=ImportKind.CONVERSATIONS)
    process = desk.process()

    def stop_after_the_first_page(progress: Progress) -> None:
        if progress.done:
            process.command({"command": "stop", "task": "import", "name": batch})

    process.tell = process.writer.tell = stop_after_the_first_page
    process.run()

    with desk.workspace.database.read() as connection:
        assert counts_of(connection, batch)[0] == "stopped"
    assert 0 < desk.count("messages") < 2_000


def test_a_source_that_cannot_be_reached_waits_and_delays_nothing_else(desk: Desk, csv: Path) -> None:
    settings = {"host": "127.0.0.1", "port": "1", "security": "plain", "username": "nadia"}
    desk.keep(AddSource(source_id("imap", "Mail"), "imap", "Mail", json.dumps(settings)))
    batch = desk.start_import(csv)

    desk.run()

    with desk.workspace.database.read() as connection:
        assert counts_of(connection, batch)[:2] == ("done", "")
        mail = next(row for row in sources(connection) if row.name == "Mail")
    assert mail.state == "waiting"
    assert "127.0.0.1" in mail.problem


def test_a_snoozed_conversation_opens_by_itself_when_its_time_has_come(desk: Desk, tmp_path: Path) -> None:
    mbox = tmp_path / "one.mbox"
    mbox.write_bytes(MAIL % (1, 1))
    desk.start_import(mbox, kind=ImportKind.CONVERSATIONS)
    desk.run()
    with desk.workspace.database.read() as connection:
        conversation = ConversationId(connection.exec_driver_sql("SELECT id FROM conversations").scalar_one())
    desk.keep(SnoozeConversation(conversation, desk.at + timedelta(hours=1)))
    desk.run()
    assert _state(desk) == "snoozed"

    desk.at += timedelta(hours=2)
    desk.process().writer.wake()

    assert _state(desk) == "open"


def test_a_plan_that_names_no_key_is_refused_before_anything_is_read(desk: Desk, csv: Path) -> None:
    plan = ImportPlan((str(csv),), ImportKind.CUSTOMERS, (), None, "customers.csv")
    batch = new_edit_id(desk.now(), os.urandom(10))
    desk.keep(StartImport(batch, plan_to_json(plan)))

    desk.run()

    with desk.workspace.database.read() as connection:
        state, problem, _ = counts_of(connection, batch)
    assert state == "failed"
    assert problem.startswith("The columns are not known yet")


def _state(desk: Desk) -> str:
    with desk.workspace.database.read() as connection:
        return connection.exec_driver_sql("SELECT state FROM conversations").scalar_one()


def test_while_no_source_can_be_reached_the_connection_is_said_to_be_away(desk: Desk) -> None:
    settings = {"host": "127.0.0.1", "port": "1", "security": "plain", "username": "nadia"}
    desk.keep(AddSource(source_id("imap", "Mail"), "imap", "Mail", json.dumps(settings)))

    desk.run()

    assert [one.state for one in desk.said if one.task.kind == "connection"] == ["offline"]
