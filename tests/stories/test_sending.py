"""A reply by mail from end to end: through a real Exim into a real mailbox, and through ``kill -9`` in the worst moment."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from tests.peers.dovecot import PASSWORD, Dovecot
from tests.peers.exim import Exim
from tests.peers.smtp_server import SmtpServer, smtp_server
from tests.stories.test_kills import KEY
from tests.stories.test_kills_of_sync import ended, served

from console.domain.edits import AddSource, CheckSending, Edit, Entry, MarkSent, QueueReply, SetWriteBack
from console.domain.ids import ConversationId, EditId, SourceId, new_edit_id
from console.store.fold import fold_pending
from console.store.replies import waiting_replies
from console.store.source_writes import source_id
from console.store.workspace import Role, Workspace, create
from console.sync.process import SyncProcess
from console.system import clock
from console.wiring import opening

QUESTION = b"""From: Ann <%s>\r\nTo: Help <%s>\r\nCc: bob@elsewhere.example\r\nSubject: Export fails\r\nMessage-ID: <q1@customer.example>\r
Date: Mon, 2 Mar 2026 10:00:00 +0000\r\n\r\nIt says timeout.\r\n"""
SOURCE = source_id("imap", "Post")
SECONDS = 60


class Post:
    """A workspace with one mailbox. Edits are made a minute ago, so that the few seconds of their undo are over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        create(folder, KEY)

    @contextmanager
    def open(self, role: Role = Role.SCRIPT) -> Iterator[Workspace]:
        workspace = Workspace(self.folder, KEY, role)
        try:
            yield workspace
        finally:
            workspace.close()

    def keep(self, edit: Edit) -> EditId:
        at = clock.now() - timedelta(minutes=1)
        entry = Entry(new_edit_id(at, os.urandom(10)), at, "Nadia", edit)
        with self.open(Role.WINDOW) as workspace:
            workspace.journal.append(entry)
        return entry.id

    def connect(self, settings: dict[str, str], own: str) -> None:
        with self.open() as workspace:
            opening.keep_secret(self.folder, workspace.journal, SOURCE, PASSWORD)
        self.keep(AddSource(SOURCE, "imap", "Post", json.dumps(settings), (own,)))

    def sync(self) -> None:
        """The sync process, until everything is up to date."""
        with self.open() as workspace:
            SyncProcess(
                workspace, lambda _source: PASSWORD, clock.now, clock.monotonic, clock.wait, lambda _said: None, once=True
            ).run()  # fmt: skip

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        with self.open(Role.WINDOW) as workspace, workspace.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement).fetchall()]

    def reply(self, text: str) -> EditId:
        ((key,),) = self.rows("SELECT id FROM conversations")
        return self.keep(QueueReply(ConversationId(int(str(key))), "k1", text))

    def states(self) -> list[object]:
        return [row[0] for row in self.rows("SELECT state FROM outbox ORDER BY id")]

    def waiting(self) -> list[str]:
        with self.open(Role.WINDOW) as workspace, workspace.database.read() as connection:
            ((key,),) = connection.exec_driver_sql("SELECT id FROM conversations").fetchall()
            return [one.state for one in waiting_replies(connection, key)]


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(tmp_path / "workspace")


def settings_of(dovecot: Dovecot, user: str, smtp_port: int) -> dict[str, str]:
    return {
        "host": "127.0.0.1", "port": str(dovecot.port), "security": "plain", "username": user, "smtp_port": str(smtp_port),
    }  # fmt: skip


def test_a_reply_reaches_the_customer_once_and_comes_back_as_the_message_that_waited(
    post: Post, dovecot: Dovecot, exim: Exim, dovecot_user: str
) -> None:
    ours, customer = exim.open_mailbox(dovecot_user), exim.open_mailbox(f"{dovecot_user}-ann")
    dovecot.append(QUESTION % (customer.encode(), ours.encode()), user=dovecot_user)
    post.connect(settings_of(dovecot, dovecot_user, exim.port), ours)
    post.sync()
    post.reply("Grüße, it is mended.")

    post.sync()
    post.sync()

    def in_mailbox() -> bool:
        with dovecot.session("INBOX", user=f"{dovecot_user}-ann") as client:
            return bool(client.search("ALL"))

    until(in_mailbox)
    assert post.states() == ["sent"]
    with dovecot.session("INBOX", user=f"{dovecot_user}-ann") as client:
        (raw,) = [got[b"BODY[]"] for got in client.fetch(client.search("ALL"), ["BODY[]"]).values()]
    got = message_from_bytes(raw, policy=default)
    assert got.get_content().strip() == "Grüße, it is mended."
    assert (got["In-Reply-To"], got["Subject"], got["Cc"]) == (
        "<q1@customer.example>",
        "Re: Export fails",
        "bob@elsewhere.example",
    )
    assert exim.accepted(str(got["Message-ID"]).strip("<>")) == 1
    # It is one conversation with two messages: the copy in the sent mail is the reply that waited.
    assert post.rows("SELECT author_kind, trim(text) FROM messages ORDER BY id") == [
        ("customer", "It says timeout."), ("teammate", "Grüße, it is mended."),
    ]  # fmt: skip
    assert post.waiting() == []
    answer = f"From: {customer}\r\nTo: {ours}\r\nMessage-ID: <q2@customer.example>\r\nReferences: {got['Message-ID']}\r\n\r\nThanks\r\n"
    dovecot.append(answer.encode(), user=dovecot_user)
    post.sync()
    assert post.rows("SELECT count(DISTINCT conversation_id), count(*) FROM messages") == [(1, 3)]


def test_a_reply_that_the_server_refuses_keeps_its_words(
    post: Post, dovecot: Dovecot, exim: Exim, dovecot_user: str
) -> None:
    ours = exim.open_mailbox(dovecot_user)
    dovecot.append(QUESTION % (b"nobody-here@example.test", ours.encode()), user=dovecot_user)
    post.connect(settings_of(dovecot, dovecot_user, exim.port), ours)
    post.sync()
    post.reply("Hello?")

    post.sync()

    assert post.states() == ["refused"]
    assert "No such user" in str(post.rows("SELECT reason FROM outbox")[0][0])
    assert post.waiting() == ["refused"]


def killed_at_the_dot(post: Post, dovecot: Dovecot, user: str, server: SmtpServer) -> bytes:
    """The process is killed when the server has the whole mail and has not answered yet; gives the mail."""
    dovecot.append(QUESTION % (b"ann@customer.example", b"help@example.test"), user=user)
    server.waits = True
    post.connect(settings_of(dovecot, user, server.port), "help@example.test")
    post.sync()
    post.reply("Only once, please")
    process = served(post.folder)
    try:
        assert server.at_dot.wait(SECONDS)
    finally:
        ended(process)
    server.waits = False
    server.go_on.set()
    assert post.states() == ["claimed"]
    (raw,) = server.taken
    return raw


def run_until(post: Post, is_so: Callable[[], bool]) -> None:
    """The process as the window starts it, until something is so."""
    process: subprocess.Popen[str] = served(post.folder)
    try:
        until(is_so)
    finally:
        ended(process)


def test_a_process_killed_at_the_final_dot_has_sent_one_reply_and_sends_no_other(
    post: Post, dovecot: Dovecot, dovecot_user: str
) -> None:
    with smtp_server() as server:
        killed_at_the_dot(post, dovecot, dovecot_user, server)

        run_until(post, lambda: post.rows("SELECT 1 FROM outbox WHERE state = 'unknown' AND next_at IS NULL") != [])
        post.sync()

        assert post.states() == ["unknown"]
        assert len(server.taken) == 1
        ((key,),) = post.rows("SELECT id FROM outbox")
        post.keep(CheckSending(int(str(key))))
        post.sync()
        assert post.states() == ["unknown"]
        post.keep(MarkSent(int(str(key))))
        post.sync()
        assert (post.states(), len(server.taken)) == (["sent"], 1)


def test_a_reply_that_is_found_in_the_sent_mail_after_the_kill_is_sent(
    post: Post, dovecot: Dovecot, dovecot_user: str
) -> None:
    with smtp_server() as server:
        raw = killed_at_the_dot(post, dovecot, dovecot_user, server)
        dovecot.append(raw, "Sent", user=dovecot_user)  # as servers do that keep what they send

        run_until(post, lambda: post.states() == ["sent"])

        assert len(server.taken) == 1
        assert post.waiting() == []


def test_a_process_killed_before_anything_went_out_sends_when_it_is_asked_to(
    post: Post, dovecot: Dovecot, dovecot_user: str
) -> None:
    dovecot.append(QUESTION % (b"ann@customer.example", b"help@example.test"), user=dovecot_user)
    with smtp_server() as server:
        server.hold_at = "rcpt"
        post.connect(settings_of(dovecot, dovecot_user, server.port), "help@example.test")
        post.sync()
        post.reply("Soon")
        process = served(post.folder)
        try:
            until(lambda: any(words.startswith("rcpt") for words in server.heard))
        finally:
            ended(process)
        server.hold_at = ""
        post.sync()

        # Nobody can tell, so a teammate does; the console does not.
        assert (post.states(), server.taken) == (["unknown"], [])


def test_answers_to_mail_from_files_go_through_the_mailbox_that_it_was_written_to(
    post: Post, dovecot: Dovecot, dovecot_user: str
) -> None:
    dovecot.append(QUESTION % (b"ann@customer.example", b"help@example.test"), user=dovecot_user)
    with smtp_server() as server:
        post.connect(settings_of(dovecot, dovecot_user, server.port), "help@example.test")
        post.sync()
        with post.open() as workspace:
            fold_pending(workspace, clock.now)
            with workspace.database.write() as connection:
                connection.exec_driver_sql(
                    "UPDATE conversations SET source_id = (SELECT id FROM sources WHERE kind = 'mail-files')"
                )
        post.reply("From a file")
        post.sync()

        assert [b"From a file" in mail for mail in server.taken] == [True]
        post.keep(SetWriteBack(SourceId(SOURCE), "reply", False))
        post.reply("Not any more")
        post.sync()
        assert len(server.taken) == 1
