"""A small real workspace, and the real command line on it: many commands in one child process, as a script would run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.house.reading import ROOT

PASSPHRASE = "north wind and a long winter"
MY_ADDRESS = "help@acme.example"

_CUSTOMERS = """\
Email,Name,Company,Plan,MRR,City,Country,Tags
ada@northpeak.example,Ada Berg,North Peak,Pro,1200,Lyon,France,beta
ben@harbor.example,Ben Ito,Harbor,Free,0,,,
cleo@harbor.example,Cleo Ito,Harbor,Free,0,,,
,Nobody,,,,,,
"""
_NEWER = "Email,Plan\nada@northpeak.example,Team\n"
_EVENTS = "Email,Event,Timestamp\nada@northpeak.example,Logged in,2026-11-02T09:00:00Z\n"
_MAILS = b"""\
From ada@northpeak.example Mon Nov  2 10:00:00 2026
From: Ada Berg <ada@northpeak.example>
To: help@acme.example
Subject: Export fails
Message-ID: <m1@northpeak.example>
Date: Mon, 02 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

The export fails since this morning.
--b
Content-Type: text/csv; name=report.csv
Content-Disposition: attachment; filename=report.csv

a,b
1,2
--b--

From help@acme.example Mon Nov  2 11:00:00 2026
From: Marta <help@acme.example>
To: Ada Berg <ada@northpeak.example>
Subject: Re: Export fails
Message-ID: <m2@acme.example>
In-Reply-To: <m1@northpeak.example>
Date: Mon, 02 Nov 2026 11:00:00 +0000

Thanks, we are on it.
"""

# Answers stdin's list of argument lists with [exit code, stdout, stderr] of each: starting Python once is enough.
_RUNNER = """
import contextlib, io, json, sys
from console.command_line.program import run

answers = []
for arguments in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = run(arguments)
        except SystemExit as leaving:
            code = leaving.code
    answers.append([code, out.getvalue(), err.getvalue()])
json.dump(answers, sys.stdout)
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def document(self):
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace in a folder of its own; ``files`` holds what was imported."""

    folder: Path
    files: Path
    passphrase_file: Path

    def run(self, *commands: Sequence[str]) -> list[Answer]:
        """Run commands one after the other. A bug in one of them ends the child, and with it the test."""
        told = ["--workspace", str(self.folder), "--passphrase-file", str(self.passphrase_file)]
        return answers_of([[*told, *command] for command in commands])

    def one(self, *command: str) -> Answer:
        """Run one command."""
        return self.run(command)[0]


def answers_of(commands: Sequence[Sequence[str]]) -> list[Answer]:
    """The answers of some commands with all their arguments. Raises AssertionError where one of them ended in a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER],
        input=json.dumps([list(command) for command in commands]),
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Answer(*answer) for answer in json.loads(done.stdout)]


def environment() -> dict[str, str]:
    """The environment of a command: our sources, and no keyring."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


def plain_desk(folder: Path) -> Desk:
    """A workspace with three customers from a spreadsheet, and the other files beside it."""
    passphrase_file = folder / "passphrase"
    passphrase_file.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    files = folder / "files"
    files.mkdir()
    for name, text in (("customers.csv", _CUSTOMERS), ("newer.csv", _NEWER), ("events.csv", _EVENTS)):
        (files / name).write_text(text, encoding="utf-8")
    (files / "mail.mbox").write_bytes(_MAILS)
    desk = Desk(folder / "workspace", files, passphrase_file)
    ready(desk.run(["init"], ["import", str(files / "customers.csv")]))
    return desk


def small_desk(folder: Path) -> Desk:
    """Customers, companies, an event, a conversation, edits and a merge: at least one of everything that documents list."""
    desk = plain_desk(folder)
    files = desk.files
    ready(desk.run(
        ["import", str(files / "newer.csv")],
        ["import", str(files / "events.csv"), "--as", "events"],
        ["import", str(files / "mail.mbox"), "--my-address", MY_ADDRESS],
        ["edit", "customer", "ada@northpeak.example", "--tag", "vip", "--note", "Likes short answers", "--mask", "mrr"],
        ["edit", "company", "North Peak", "--tag", "key", "--note", "Renews in May"],
        ["merge", "ben@harbor.example", "cleo@harbor.example"],
        ["sources", "add", "imap", "Team mail", "--set", "host=127.0.0.1", "--set", "username=help@acme.example"],
        ["sources", "set", "Team mail", "--set", "port=9", "--every", "15", "--off", "Trash"],
    ))  # fmt: skip
    conversation = desk.one("list", "conversations", "--json").document[0]["id"]
    ready(desk.run(["edit", "conversation", conversation, "--tag", "export", "--note", "Ask for the file", "--unread"]))
    return desk


def ready(answers: Sequence[Answer]) -> None:
    """See that all went well."""
    assert [answer for answer in answers if answer.code != 0] == []
