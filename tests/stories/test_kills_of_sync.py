"""The real sync process killed in the middle of an import, again and again: every mail is there once (P1)."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.peers.corpus import write_mbox
from tests.stories.test_kills import KEY, ROOT

from console.domain.edits import Entry, StartImport
from console.domain.ids import EditId
from console.domain.importing import ImportKind, ImportPlan, plan_to_json
from console.store.workspace import Role, Workspace, create
from console.system import clock

MAILS, KILLS, SECONDS = 1_500, 8, 120
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "src")}


def mail(number: int) -> bytes:
    return (
        f"From: Customer {number % 200} <c{number % 200}@x.example>\nTo: help@us.example\nSubject: Question {number}\n"
        f"Message-ID: <{number}@x.example>\nDate: Mon, 2 Mar 2026 10:{number % 60:02}:00 +0000\n\nHello {number}\n"
    ).encode()


def served(folder: Path) -> subprocess.Popen[str]:
    """The sync process as the window starts it; it has the key and listens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "console", "--workspace", str(folder), "sync", "--serve"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT, cwd=ROOT,
    )  # fmt: skip
    assert process.stdin
    process.stdin.write(json.dumps({"key": KEY.hex()}) + "\n")
    process.stdin.flush()
    return process


def ended(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        assert pipe
        pipe.close()


def standing(folder: Path) -> tuple[str, int, int]:
    """How the import stands, how many mails are in, and how many of them are different ones; all files are whole."""
    workspace = Workspace(folder, KEY, Role.WINDOW)
    try:
        for database in (workspace.journal.database, workspace.database, workspace.search):
            with database.read() as connection:
                assert connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
        with workspace.database.read() as connection:
            state = connection.exec_driver_sql("SELECT state FROM import_batches").scalar() or ""
            counts = connection.exec_driver_sql("SELECT count(*), count(DISTINCT text) FROM messages").one()
            return state, counts[0], counts[1]
    finally:
        workspace.close()


@pytest.mark.slow
def test_an_import_whose_process_is_killed_again_and_again_brings_every_mail_once(tmp_path: Path) -> None:
    folder, chance = tmp_path / "workspace", random.Random(7)
    create(folder, KEY)
    mbox = write_mbox(tmp_path / "mails.mbox", (mail(number) for number in range(MAILS)))
    plan = ImportPlan((str(mbox),), ImportKind.CONVERSATIONS, ("help@us.example",), origin_name="mails.mbox")
    workspace = Workspace(folder, KEY, Role.WINDOW)
    edit = StartImport("00000000-0000-7000-8000-000000000001", plan_to_json(plan))
    workspace.journal.append(Entry(EditId("00000000-0000-7000-8000-000000000001"), clock.now(), "Marta", edit))
    workspace.close()

    for _ in range(KILLS):
        process = served(folder)
        assert process.stdout
        assert json.loads(process.stdout.readline())["state"] == "ready"
        time.sleep(chance.uniform(0.1, 1.5))
        ended(process)
        state, mails, different = standing(folder)
        assert mails == different
        assert state != "failed"

    process, deadline = served(folder), time.monotonic() + SECONDS
    while standing(folder)[0] != "done" and time.monotonic() < deadline:
        time.sleep(0.5)
    ended(process)

    assert standing(folder) == ("done", MAILS, MAILS)
