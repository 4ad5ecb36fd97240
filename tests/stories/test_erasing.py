"""Erasing for good (P23): no byte of a customer remains, and no import, sync or older backup brings one back."""

from __future__ import annotations

import contextlib
import json
import mailbox
import shutil
import zlib
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import openpyxl
import pytest
from tests.command_line.desk import MY_ADDRESS, Answer, Desk, plain_desk, ready
from tests.peers.dovecot import HOST, PASSWORD, Dovecot

from console.store.workspace import JOURNAL_FILE, SEARCH_FILE, WORKSPACE_FILE, Role, Workspace
from console.wiring import opening

CANARY = "zanzibarquetzal"
ADDRESS = f"{CANARY}@nest.example"
NAME = "Zanzibarquetzal Plume"

_TABLE = f"""\
Email,Name,Company,Phone,Plan,Tags
{ADDRESS},{NAME},Nest,+44 20 7946 0991,Pro,rare
ben@harbor.example,Ben Ito,Harbor,,Free,
"""
_EVENTS = f"Email,Event,Timestamp,Place\n{ADDRESS},Logged in,2026-11-02T09:00:00Z,{CANARY} house\n"
_LINES = json.dumps({"email": ADDRESS, "name": NAME, "motto": f"I am {CANARY}"}) + "\n"


def _mail(number: int, sender: str, to: str, text: str, *, answers: int | None = None, cc: str = "") -> bytes:
    reply = f"In-Reply-To: <m{answers}@mail.example>\n" if answers else ""
    copy = f"Cc: {cc}\n" if cc else ""
    return (
        f"From: {sender}\nTo: {to}\n{copy}Subject: Matter {answers or number}\nMessage-ID: <m{number}@mail.example>\n{reply}"
        f"Date: Mon, 02 Nov 2026 10:0{number}:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


MAILS = (
    _mail(1, f"{NAME} <{ADDRESS}>", MY_ADDRESS, f"This is {CANARY} speaking"),
    _mail(2, f"Marta <{MY_ADDRESS}>", f"{NAME} <{ADDRESS}>", f"Dear {NAME}", answers=1),
    _mail(3, "Ben Ito <ben@harbor.example>", MY_ADDRESS, f"Ask {ADDRESS} or {NAME}, they know"),
    _mail(4, "Ben Ito <ben@harbor.example>", MY_ADDRESS, "With a copy", cc=f"{NAME} <{ADDRESS}>"),
)


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Desk:
    """A workspace of its own with the canary in it."""
    shutil.copytree(filled, tmp_path / "desk")
    return Desk(tmp_path / "desk" / "workspace", filled / "files", filled / "passphrase")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The canary in through every importer, and in everything that a teammate does."""
    folder = tmp_path_factory.mktemp("filled")
    desk = plain_desk(folder)
    _write_files(desk.files)
    ready(_imports(desk))
    ready(desk.run(
        ["edit", "customer", ADDRESS, "--set", f"mood=As {CANARY} says", "--tag", f"{CANARY} watch", "--note", f"{NAME} called"],
        ["edit", "customer", ADDRESS, "--mask", "plan"],
        ["edit", "customer", "ben@harbor.example", "--note", f"Knows {NAME} ({ADDRESS})"],
        ["undo"],
        ["redo"],
    ))  # fmt: skip
    conversation = next(
        row for row in desk.one("list", "conversations", "--json").document if row["subject"] == "Matter 1"
    )
    ready(desk.run(["edit", "conversation", conversation["id"], "--note", f"Wait for {CANARY}", "--close"]))
    _with_workspace(desk, lambda workspace: _keep_draft(workspace, conversation["id"]))
    return folder


def test_no_byte_of_an_erased_customer_is_left_and_nothing_brings_one_back(desk: Desk) -> None:
    assert CANARY in _dump(desk)
    ready(desk.run(["backup"]))

    answer = desk.one("erase", ADDRESS, "--json")
    ready([answer])
    receipt = answer.document
    assert receipt["rows"]["messages"] == 2
    assert receipt["rows"]["conversations"] == 1
    assert receipt["rows"]["events"] == 1
    assert receipt["mentions"] > 0
    assert receipt["marks"] >= 1
    assert CANARY not in json.dumps(receipt).casefold()
    assert _places(desk) == []

    ready(_imports(desk))
    assert _places(desk) == []
    known = desk.one("show", "customer", "ben@harbor.example", "--json").document
    assert len(known["conversations"]) == 2
    assert desk.one("show", "customer", ADDRESS).code == 1
    assert desk.one("search", CANARY, "--json").document == desk.one("search", "nothinglikeit", "--json").document
    assert [one for one in desk.one("doctor", "--json").document if one["severity"] == "broken"] == []


def test_an_older_backup_is_cleaned_when_it_is_restored(desk: Desk, tmp_path: Path) -> None:
    ready(desk.run(["backup"]))
    ready(desk.run(["erase", ADDRESS]))
    (backup,) = (path for path in (desk.folder / "backups").iterdir() if path.is_dir())
    restored = Desk(tmp_path / "restored", desk.files, desk.passphrase_file)

    ready([restored.one("restore", str(backup))])

    assert _places(restored) == []
    ready(_imports(restored))
    assert _places(restored) == []
    assert desk.one("restore", str(backup)).code == 1


def test_who_is_added_again_by_hand_is_let_in_again(desk: Desk) -> None:
    ready(desk.run(["erase", ADDRESS]))
    conversation = desk.one("list", "conversations", "--json").document[0]["id"]

    ready(desk.run(["edit", "conversation", conversation, "--customer", ADDRESS]))
    ready(_imports(desk))

    assert desk.one("show", "customer", ADDRESS, "--json").document["name"] == NAME


def test_an_erased_customer_has_no_way_back_by_undo(desk: Desk) -> None:
    ready(desk.run(["erase", ADDRESS]))

    while desk.one("undo").code == 0:
        assert _places(desk) == []

    assert _places(desk) == []


def test_a_mailbox_brings_nobody_back_however_often_it_is_read(
    desk: Desk, dovecot: Dovecot, dovecot_user: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\n", encoding="utf-8")
    settings = {
        "host": HOST, "port": str(dovecot.tls_port), "security": "tls", "username": dovecot_user,
        "ca_file": str(dovecot.certificate), "own_addresses": MY_ADDRESS,
    }  # fmt: skip
    told = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
    dovecot.load([_mail(6, f"{NAME} <{ADDRESS}>", MY_ADDRESS, f"{CANARY} by post"), MAILS[2]], user=dovecot_user)
    ready(desk.run(["sources", "add", "imap", "Nest", *told, "--secret-file", str(secret)], ["sync", "--once"]))
    assert f"{CANARY} by post" in _dump(desk)

    ready(desk.run(["erase", ADDRESS]))
    assert _places(desk) == []

    ready(desk.run(["sync", "--once"]))
    assert _places(desk) == []
    dovecot.reset_uidvalidity(user=dovecot_user)
    dovecot.append(_mail(7, f"{NAME} <{ADDRESS}>", MY_ADDRESS, f"{CANARY} writes anew"), user=dovecot_user)
    dovecot.append(_mail(8, "Ben Ito <ben@harbor.example>", MY_ADDRESS, "Something else"), user=dovecot_user)
    ready(desk.run(["sync", "--once"]))
    assert _places(desk) == []
    subjects = {row["subject"] for row in desk.one("list", "conversations", "--json").document}
    assert "Matter 8" in subjects


def _write_files(files: Path) -> None:
    (files / "nest.csv").write_text(_TABLE, encoding="utf-8")
    (files / "nest-events.csv").write_text(_EVENTS, encoding="utf-8")
    (files / "nest.jsonl").write_text(_LINES, encoding="utf-8")
    workbook = openpyxl.Workbook()
    for row in (
        ("Email", "Name", "Habitat"),
        (ADDRESS, NAME, f"{CANARY} forest"),
        ("ben@harbor.example", "Ben Ito", "Sea"),
    ):
        workbook.worksheets[0].append(row)
    workbook.save(files / "nest.xlsx")
    (files / "nest.mbox").write_bytes(
        b"".join(b"From x Mon Nov  2 10:00:00 2026\n" + mail + b"\n" for mail in MAILS[:3])
    )
    folder = mailbox.Maildir(files / "Maildir", create=True)
    folder.add(message_from_bytes(MAILS[3]))
    (files / "one.eml").write_bytes(_mail(5, f"{NAME} <{ADDRESS}>", MY_ADDRESS, f"{CANARY} again", answers=1))


def _imports(desk: Desk) -> list[Answer]:
    files = desk.files
    return desk.run(
        ["import", str(files / "nest.csv")],
        ["import", str(files / "nest-events.csv"), "--as", "events"],
        ["import", str(files / "nest.jsonl")],
        ["import", str(files / "nest.xlsx")],
        ["import", str(files / "nest.mbox"), str(files / "Maildir"), "--my-address", MY_ADDRESS],
    )


def _with_workspace(desk: Desk, act: Callable[[Workspace], None]) -> None:
    key = opening.key_for(desk.folder, opening.read_passphrase(desk.passphrase_file))
    workspace = Workspace(desk.folder, key, Role.SCRIPT)
    try:
        act(workspace)
    finally:
        workspace.close()


def _keep_draft(workspace: Workspace, conversation: str) -> None:
    from console.system import clock

    workspace.journal.keep_draft(f"reply:{conversation}", f"Dear {NAME}", clock.now())
    workspace.journal.keep_state({"recent searches": NAME})


def _dump(desk: Desk) -> str:
    return "\n".join(text for _, text in _texts(desk))


def _places(desk: Desk) -> list[str]:
    return sorted({place for place, text in _texts(desk) if CANARY in text})


def _texts(desk: Desk) -> Iterator[tuple[str, str]]:
    """Every value of every table of every file, decrypted and unpacked, in lower case; and the other files beside them."""
    key = opening.key_for(desk.folder, opening.read_passphrase(desk.passphrase_file))
    workspace = Workspace(desk.folder, key, Role.SCRIPT)
    try:
        for database in (workspace.database, workspace.journal.database, workspace.search):
            with database.read() as connection:
                tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
                for (name,) in tables:
                    if not name.endswith("_words"):
                        for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"').fetchall():
                            yield from ((f"{database.path.name} {name}", _text(value)) for value in row)
    finally:
        workspace.close()
    databases = (JOURNAL_FILE, WORKSPACE_FILE, SEARCH_FILE)
    for path in desk.folder.rglob("*"):
        if path.is_file() and not path.name.startswith(databases):
            yield path.name, path.read_bytes().decode("latin-1").casefold()


def _text(value: object) -> str:
    if isinstance(value, bytes):
        with contextlib.suppress(zlib.error):
            value = zlib.decompress(value)
        return value.decode("latin-1").casefold()
    return str(value).casefold()
