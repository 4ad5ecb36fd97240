"""A server that lies, stutters or goes silent: an error of ours each time, never a crash and never a wait without end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import pytest
from tests.connectors.kinds.imap_mirror import NOW

from console.connectors.errors import ConnectorError, SourceError, TemporaryError
from console.connectors.kinds import imap_session
from console.connectors.kinds.imap import pull
from console.connectors.kinds.imap_settings import ImapSettings, Security
from console.domain.records import MailRecord, Page

GREETING = b"* OK ready\r\n"
ANSWERS = {
    b"CAPABILITY": [b"* CAPABILITY IMAP4rev1\r\n"],
    b"LOGIN": [],
    b"LIST": [b'* LIST (\\HasNoChildren) "/" "INBOX"\r\n'],
    b"EXAMINE": [b"* 1 EXISTS\r\n", b"* OK [UIDVALIDITY 7]\r\n", b"* OK [UIDNEXT 2]\r\n"],
    b"SEARCH": [b"* SEARCH 1\r\n"],
    b"SIZE": [b'* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 5 INTERNALDATE "02-Mar-2026 10:00:00 +0000")\r\n'],
    b"BODY.PEEK": [b"* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n"],
    b"LOGOUT": [b"* BYE\r\n"],
}


@contextmanager
def serving(changed: dict[bytes, Sequence[bytes] | None], greeting: bytes = GREETING) -> Iterator[ImapSettings]:
    """A server for one connection that answers each command from a table; None: silence; an end without OK: as given."""
    answers = {**ANSWERS, **changed}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, answers, greeting))
        thread.start()
        try:
            yield ImapSettings("127.0.0.1", "ann", listener.getsockname()[1], Security.PLAIN)
        finally:
            thread.join(20)
            assert not thread.is_alive()


def _serve(listener: socket.socket, answers: dict[bytes, Sequence[bytes] | None], greeting: bytes) -> None:
    connection, _ = listener.accept()
    with connection, connection.makefile("rb") as lines:
        connection.settimeout(15)
        try:
            connection.sendall(greeting)
            for line in lines:
                _answer(connection, answers, line)
        except (OSError, StopIteration):
            return


def _answer(connection: socket.socket, answers: dict[bytes, Sequence[bytes] | None], line: bytes) -> None:
    tag, _, command = line.partition(b" ")
    name = next((name for name in answers if name in command.upper()), b"")
    given = answers.get(name, [])
    if given is None:
        return
    for piece in given:
        if piece == b"EOF":
            raise StopIteration
        connection.sendall(piece.replace(b"TAG", tag))
    if not any(piece.startswith(b"TAG") for piece in given):
        connection.sendall(tag + b" OK done\r\n")


def pulled(settings: ImapSettings) -> list[Page]:
    stop = threading.Event()
    return list(pull(settings, "pw", {}, own_addresses=frozenset(), known_ids=lambda _: (), stop=stop, now=NOW))


def test_the_server_of_these_tests_is_otherwise_an_ordinary_one() -> None:
    with serving({}) as settings:
        pages = pulled(settings)

    (record,) = [record for page in pages for record in page.records]
    assert isinstance(record, MailRecord)
    assert record.raw == b"hello"


@pytest.mark.parametrize(
    "changed",
    [
        {b"EXAMINE": [b"EOF"]},
        {b"BODY.PEEK": [b"* 1 FETCH (UID 1 BODY[] {500}\r\nhel", b"EOF"]},
        {b"BODY.PEEK": [b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\nhello)\r\n"]},
        {b"BODY.PEEK": [b"* 1 FETCH (UID one BODY[] {5}\r\nhello)\r\n"]},
        {b"BODY.PEEK": [b"* 1 FETCH ((((((((\r\n"]},
        {b"BODY.PEEK": [b"\xff\xfe\x00garbage\r\n"]},
        {b"BODY.PEEK": [b"* 1 FETCH " + b"(" * 5_000 + b"\r\n"]},
        {b"SIZE": [b"* 1 FETCH (UID 1 FLAGS NIL RFC822.SIZE five)\r\n"]},
        {b"SIZE": [b'* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 5 INTERNALDATE "99-Foo-2026 99:00:00 +9999")\r\n']},
        {b"SIZE": [b"* 1 FETCH (UID 1)\r\n"]},
        {b"SEARCH": [b"* SEARCH one two\r\n"]},
        {b"SEARCH": [b"* SEARCH " + b"1 " * 600_000 + b"\r\n"]},
        {b"SEARCH": [b"TAG BAD what\r\n"]},
        {b"SEARCH": [b"TAG NO [UNAVAILABLE] later\r\n"]},
        {b"EXAMINE": [b"* OK [UIDVALIDITY x]\r\n", b"* 1 EXISTS\r\n"]},
        {b"EXAMINE": [b"* many EXISTS\r\n", b"* OK [UIDVALIDITY 99999999999999999999]\r\n"]},
        {b"LIST": [b"* LIST\r\n"]},
        {b"LIST": [b'* LIST (\\X) "/" "&broken"\r\n']},
        {b"LIST": [b'* LIST () NIL "\xff\xfe"\r\n']},
        {b"CAPABILITY": [b"* CAPABILITY\r\n"]},
        {b"CAPABILITY": [b"TAG BAD no\r\n"]},
        {b"LOGIN": [b"EOF"]},
        {b"LOGIN": [b"TAG NO [UNAVAILABLE] later\r\n"]},
    ],
    ids=range(23),
)
def test_a_server_that_lies_is_an_error_of_ours_or_no_error_at_all(
    changed: dict[bytes, Sequence[bytes] | None],
) -> None:
    with serving(changed) as settings, suppress(ConnectorError):
        pulled(settings)


@pytest.mark.parametrize("greeting", [b"* BYE go away\r\n", b"SSH-2.0-OpenSSH\r\n", b"", b"\xff" * 100 + b"\r\n"])
def test_what_is_no_mail_server_is_said(greeting: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap_session, "TIMEOUT_SECONDS", 1.0)
    with serving({}, greeting) as settings, pytest.raises((SourceError, TemporaryError)):
        pulled(settings)


@pytest.mark.parametrize("silent", [b"LOGIN", b"EXAMINE", b"SEARCH", b"BODY.PEEK"])
def test_a_silent_server_is_not_waited_for_without_end(silent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap_session, "TIMEOUT_SECONDS", 0.5)
    with serving({silent: None}) as settings, pytest.raises(TemporaryError):
        pulled(settings)
