"""The export: everything, countable by somebody who does not know us (P55), and kept from other eyes."""

from __future__ import annotations

import csv
import json
import zlib
from pathlib import Path

import pytest
from tests.store import rows as put
from tests.store.rows import NOW

from console.domain.records import OwnerKind
from console.store.connection import Connection
from console.store.errors import StoreError
from console.store.exports import export
from console.store.moments import micros
from console.store.refreshing import Touched, refresh
from console.store.schema import workspace as tables
from console.store.workspace import Workspace

_MAIL = b"From: Ada <ada@north.example>\r\nSubject: Lamp\r\n\r\nbroken \xff\r\n"


def test_an_independent_count_of_lines_and_files_equals_the_rows_of_every_table(
    workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.database.write() as connection:
        _fill(connection)

    counts = export(workspace, tmp_path / "out")

    with workspace.database.read() as connection:
        for name in tables.metadata.tables.keys() - {"changes", "attachment_contents"}:
            rows = connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            lines = (tmp_path / "out" / "tables" / f"{name}.jsonl").read_text("utf-8").splitlines()
            assert [rows] * 2 == [len(lines), counts[name]], name
            assert all(isinstance(json.loads(line), dict) for line in lines)
    assert counts["files of attachments"] == len(_files(tmp_path / "out" / "attachments")) == 2
    assert len(_files(tmp_path / "out" / "records")) == 1


def test_mails_are_as_they_came_and_attachments_have_harmless_names(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.database.write() as connection:
        _fill(connection)
    export(workspace, tmp_path / "out")

    record = next(one for one in _table(tmp_path / "out", "records") if "raw_file" in one)
    parts = _table(tmp_path / "out", "attachments")
    customer = next(one for one in _table(tmp_path / "out", "records") if "raw_file" not in one)

    assert (tmp_path / "out" / str(record["raw_file"])).read_bytes() == _MAIL
    assert [(tmp_path / "out" / str(part["file"])).read_bytes() for part in parts] == [b"one", b"two"]
    assert all(path.resolve().is_relative_to(tmp_path / "out") for path in _files(tmp_path / "out"))
    assert customer["raw"] == {"name": "Ada"}
    assert _table(tmp_path / "out", "messages")[0]["at"] == NOW.isoformat()


def test_no_secret_leaves_and_nobody_else_may_read_the_files(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.database.write() as connection:
        _fill(connection)
        connection.exec_driver_sql("UPDATE sources SET secret = 'canary-password'")
    export(workspace, tmp_path / "out")

    assert not [path for path in _files(tmp_path / "out") if b"canary-password" in path.read_bytes()]
    assert {path.stat().st_mode & 0o777 for path in _files(tmp_path / "out")} == {0o600}
    folders = [tmp_path / "out", *(path for path in (tmp_path / "out").rglob("*") if path.is_dir())]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_the_tables_for_spreadsheets_hold_what_is_shown_and_run_nothing(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.database.write() as connection:
        ada = _fill(connection)
        known = put.stable_id("identity", "1", "customer", "ada@north.example")
        put.claim(connection, known, "plan", "=1+1")
        put.claim(connection, known, "mrr", "-5", kind="number")
        put.tag(connection, OwnerKind.CUSTOMER, ada, "vip")
        refresh(connection, Touched(customers={ada}))
    export(workspace, tmp_path / "out")

    with (tmp_path / "out" / "customers.csv").open(encoding="utf-8-sig", newline="") as stream:
        row = next(csv.DictReader(stream))

    assert (row["name"], row["email"], row["plan"], row["mrr"], row["tags"]) == (
        "Ada",
        "ada@north.example",
        "'=1+1",
        "-5",
        "vip",
    )


def test_a_folder_that_holds_something_is_refused_and_left_alone(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep")

    with pytest.raises(StoreError, match="not empty"):
        export(workspace, tmp_path / "out")

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def _fill(connection: Connection) -> int:
    put.source(connection)
    ada = put.customer(connection, "Ada", "ada@north.example")
    talk = put.conversation(connection, "Lamp", "broken", customer_id=ada)
    message = connection.exec_driver_sql("SELECT id FROM messages WHERE conversation_id = ?", (talk,)).scalar_one()
    put.attachment(connection, message, 1, "../../etc/passwd", b"one")
    put.attachment(connection, message, 2, "NUL.txt", b"two")
    for place, (kind, raw) in enumerate((("MailRecord", _MAIL), ("CustomerRecord", b'{"name":"Ada"}'))):
        put.put(
            connection,
            tables.records,
            source_id=1,
            external_id=str(place),
            kind=kind,
            raw=zlib.compress(raw),
            hash=b"\x00\xff",
            fetched_at=micros(NOW),
        )
    reason = {"source_id": 1, "reason": "odd", "raw": zlib.compress(b"\xff\xfe"), "at": micros(NOW)}
    put.put(connection, tables.quarantine, external_id="q", **reason)
    return ada


def _table(folder: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "tables" / f"{name}.jsonl").read_text("utf-8").splitlines()]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
