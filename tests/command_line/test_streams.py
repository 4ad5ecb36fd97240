"""Where the answer goes: pipes that nobody reads, disks without room, locales without letters; and sources named twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.command_line.desk import Desk, environment, plain_desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="redirections of a POSIX shell")
_LISTS = ("list customers --json --limit 0", "list customers --limit 0")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return plain_desk(tmp_path_factory.mktemp("streams"))


def _redirected(desk: Desk, command: str, where: str, **more: str) -> subprocess.CompletedProcess[str]:
    program = f"'{sys.executable}' -m console --workspace '{desk.folder}' --passphrase-file '{desk.passphrase_file}'"
    script = f"{program} {command} {where}"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        env=environment() | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", _LISTS)
@pytest.mark.parametrize("where", ["| true", ">&-"])
def test_an_answer_that_nobody_reads_is_no_error(desk: Desk, command: str, where: str) -> None:
    done = _redirected(desk, command, where)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", _LISTS)
def test_an_answer_that_finds_no_room_is_one_sentence(desk: Desk, command: str) -> None:
    done = _redirected(desk, command, ">/dev/full")
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "Make room" in done.stderr


def test_the_answer_is_utf_8_whatever_the_locale_says(desk: Desk) -> None:
    assert desk.one("edit", "customer", "ada@northpeak.example", "--set", "name=Ådå Bérg").code == 0
    done = _redirected(desk, "list customers --json", "", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert "Ådå Bérg" in [row["name"] for row in json.loads(done.stdout)]


def test_a_source_named_twice_keeps_the_password_it_had(desk: Desk) -> None:
    for name in ("right", "wrong"):
        (desk.files / name).write_text(f"{name}\n", encoding="utf-8")
    add = ["sources", "add", "imap", "Mail", "--set", "host=mail.invalid", "--set", "username=a@b.example"]
    first, second = desk.run(
        *([*add, "--secret-file", str(desk.files / name)] for name in ("right", "wrong")),
    )
    assert (first.code, second.code) == (0, 1)
    kept = "import sys; from console.command_line.opening import writing; from console.wiring import opening; import argparse, pathlib\n"
    kept += (
        "options = argparse.Namespace(workspace=pathlib.Path(sys.argv[1]), passphrase_file=pathlib.Path(sys.argv[2]))\n"
    )
    kept += "with writing(options) as desk: print([v for n, v in desk.workspace.journal.settings().items() if n.startswith('secret:')])"
    done = subprocess.run(
        [sys.executable, "-c", kept, str(desk.folder), str(desk.passphrase_file)],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['right']"
