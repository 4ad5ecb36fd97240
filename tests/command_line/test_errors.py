"""Every error is one line that says what and what to do, with an exit code that a script can tell apart."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.command_line.desk import Answer, Desk, answers_of, environment, plain_desk

ADA = "ada@northpeak.example"
HUGE = "9" * 40

BAD_INPUT: list[list[str]] = [
    ["show", "customer", "nobody@nowhere.example"],
    ["show", "customer", ""],
    ["show", "customer", HUGE],
    ["show", "customer", ADA, "--as-of", "soon"],
    ["show", "company", HUGE],
    ["show", "conversation", "abc"],
    ["show", "conversation", "²"],
    ["show", "conversation", HUGE],
    ["show", "conversation", "12"],
    ["list", "customers", "--filter", "mrr>>"],
    ["list", "customers", "--filter", '"'],
    ["list", "customers", "--filter", f"mrr>{HUGE}"],
    ["list", "customers", "--filter", "\udcff"],
    ["list", "conversations", "--filter", "nosuch:x"],
    ["edit", "customer", ADA],
    ["edit", "customer", ADA, "--set", "plan"],
    ["edit", "customer", ADA, "--set", "mrr=many"],
    ["edit", "customer", ADA, "--set", "mrr=1e999999"],
    ["edit", "customer", ADA, "--close"],
    ["edit", "customer", ADA, "--tag", ""],
    ["edit", "customer", ADA, "--tag", "\udcff"],
    ["edit", "customer", ADA, "--automatic", "nosuch"],
    ["edit", "conversation", "12", "--close"],
    ["edit", "conversation", "12", "--snooze", "never"],
    ["edit", "conversation", HUGE, "--note", "x"],
    ["merge", ADA, ADA],
    ["split", ADA, "nosuch"],
    ["never-merge", ADA, ADA],
    ["redo"],
    ["import"],
    ["import", "/no/such/file"],
    ["import", "/no/such/file/\udcff"],
    ["import", "--undo", "nosuch"],
    ["import", "--undo", "\udcff"],
    ["import", "/dev/null"],
    ["import", "/dev/null", "--as", "customers"],
    ["sources", "test", "nosuch"],
    ["sources", "remove", "nosuch"],
    ["sources", "add", "imap", "x"],
    ["sources", "add", "imap", "x", "--set", "host"],
    ["sources", "add", "imap", "x", "--set", "nosuch=1"],
    ["sources", "add", "imap", "x", "--set", "host=h", "--set", "username=u", "--set", "port=99999"],
    ["sync", "--once", "nosuch"],
    ["tour", "pictures", "--size", "big"],
    ["tour", "pictures", "--scale", "nan"],
    ["sources", "add", "pigeon", "x"],
]
USAGE: list[list[str]] = [
    ["frob"],
    ["show"],
    ["show", "frob", "x"],
    ["list", "customers", "--limit", "many"],
    ["list", "customers", "--lim", "3"],
    ["sources"],
    ["edit", "customer"],
    ["import", "x", "--as", "frobs"],
    ["\udcff"],
]
HARMLESS: list[list[str]] = [
    ["search", ""],
    ["search", '"*( OR NEAR('],
    ["search", "\udcff"],
    ["search", "export", "--limit", HUGE],
    ["search", "export", "--limit", "-1"],
    ["list", "customers", "--limit", HUGE],
    ["show", "customer", ADA, "--as-of", "9999-12-31"],
    ["show", "customer", ADA, "--as-of", "0001-01-01"],
    ["edit", "customer", ADA, "--tag", "a\x1b[31m\x07b"],
    ["show", "customer", ADA],
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return plain_desk(tmp_path_factory.mktemp("desk"))


def test_what_cannot_be_used_is_said_in_one_line_with_exit_code_1(desk: Desk) -> None:
    answers = dict(zip(map(tuple, BAD_INPUT), desk.run(*BAD_INPUT), strict=True))

    assert {words: answer for words, answer in answers.items() if not _is_one_line(answer, 1)} == {}


def test_wrong_usage_is_said_in_one_line_with_exit_code_2(desk: Desk) -> None:
    answers = dict(zip(map(tuple, USAGE), desk.run(*USAGE), strict=True))

    assert {words: answer for words, answer in answers.items() if not _is_one_line(answer, 2)} == {}


def test_the_worlds_troubles_are_said_in_one_line_with_exit_code_3(desk: Desk, tmp_path: Path) -> None:
    folder, passphrase, wrong = str(desk.folder), str(desk.passphrase_file), tmp_path / "wrong"
    wrong.write_text("another passphrase\n", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()

    answers = answers_of([
        ["--workspace", folder, "list", "customers"],
        ["--workspace", folder, "--passphrase-file", str(wrong), "list", "customers"],
        ["--workspace", folder, "--passphrase-file", str(tmp_path / "absent"), "list", "customers"],
        ["--workspace", str(tmp_path / "nowhere"), "--passphrase-file", passphrase, "list", "customers"],
        ["--workspace", str(tmp_path / "new"), "init"],
        ["--workspace", folder, "--passphrase-file", passphrase, "init"],
        ["--workspace", folder, "--passphrase-file", passphrase, "sample"],
        ["--workspace", "/dev/null/x", "--passphrase-file", passphrase, "init"],
        ["--workspace", folder, "--passphrase-file", passphrase, "recover", "--code-file", str(wrong)],
        ["--workspace", folder, "--passphrase-file", passphrase, "export", str(tmp_path / "full")],
    ])  # fmt: skip

    assert [answer for answer in answers if not _is_one_line(answer, 3)] == []
    assert not (tmp_path / "new" / "workspace.db").exists()


def test_hostile_text_that_is_no_error_does_no_harm(desk: Desk) -> None:
    answers = desk.run(*HARMLESS)

    assert [answer for answer in answers if answer.code != 0 or answer.err] == []
    assert "\x1b" not in "".join(answer.out for answer in answers)


def test_a_sources_password_is_in_no_answer_no_log_and_no_export(desk: Desk, tmp_path: Path) -> None:
    secret, canary = tmp_path / "secret", "canary-password-4711"
    secret.write_text(f"{canary}\n", encoding="utf-8")

    answers = desk.run(
        ["sources", "add", "imap", "Kept", "--set", "host=127.0.0.1", "--set", "port=1", "--set", "username=a@b.example", "--secret-file", str(secret)],
        ["sources", "test", "Kept"],
        ["sources", "list", "--json"],
        ["export", str(tmp_path / "export")],
    )  # fmt: skip

    assert [answer.code for answer in answers] == [0, 3, 0, 0]
    assert canary not in "".join(answer.out + answer.err for answer in answers)
    folders = (tmp_path / "export", desk.folder)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert [path.name for path in files if canary.encode() in path.read_bytes()] == []


def test_a_file_that_is_not_there_ends_the_process_with_1(desk: Desk) -> None:
    assert _exit_code(desk, "import", "/no/such/file") == 1


def test_an_unknown_command_ends_the_process_with_2(desk: Desk) -> None:
    assert _exit_code(desk, "frob") == 2


def test_a_missing_workspace_ends_the_process_with_3(desk: Desk, tmp_path: Path) -> None:
    assert _exit_code(desk, "--workspace", str(tmp_path / "nowhere"), "list", "customers") == 3


def _exit_code(desk: Desk, *words: str) -> int:
    command = [
        sys.executable,
        "-m",
        "console",
        "--workspace",
        str(desk.folder),
        "--passphrase-file",
        str(desk.passphrase_file),
    ]
    done = subprocess.run([*command, *words], capture_output=True, text=True, env=environment(), check=False)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    return done.returncode


def _is_one_line(answer: Answer, code: int) -> bool:
    return answer.code == code and answer.err.count("\n") == 1 and answer.err.strip() != "" and answer.out == ""
