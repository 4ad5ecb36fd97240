"""Handing a mail over: what is certain is said, what is not is called unknown, and never twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from threading import Event

import pytest
from tests.peers.exim import Exim
from tests.peers.network import free_port
from tests.peers.smtp_server import SmtpServer, smtp_server

from console.connectors.errors import SourceError, TemporaryError
from console.connectors.kinds import imap_smtp
from console.connectors.kinds.imap_settings import Security, SmtpSettings, settings_from
from console.connectors.kinds.imap_smtp import deliver, try_out
from console.connectors.mail_sending import NotSendable, OutgoingMail, mail_of
from console.domain.channels import OwnerKind
from console.domain.outbox import Sending, SendingState, WriteKind

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
MAIL: Mapping[str, object] = {
    "from": "help@example.test", "to": [["Ann", "ann@example.test"]], "cc": [], "subject": "Re: Export", "message_id": "op-1@example.test",
    "in_reply_to": "a1@x", "references": ["a0@x", "a1@x"],
}  # fmt: skip


def sending(text: str = "On it", **other: object) -> Sending:
    body = {
        "text": text,
        "by": "Nadia",
        "message_key": "k",
        "message_id": "op-1@example.test",
        "mail": {**MAIL, **other},
    }
    return Sending("op-1", WriteKind.REPLY, OwnerKind.CONVERSATION, "mail:1", body, AT, by="Nadia")


def mail(text: str = "On it", **other: object) -> OutgoingMail:
    return mail_of(sending(text, **other), AT)


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as made:
        yield made


def at(port: int, security: Security = Security.PLAIN, ca_file: str | None = None) -> SmtpSettings:
    return SmtpSettings("127.0.0.1", "agent", port, security, ca_file)


def test_a_reply_is_a_mail_that_answers(server: SmtpServer) -> None:
    text = "Grüße,\n.\n.dot at the start\nНадя 🙂\n" + "long " * 400
    settled = deliver(at(server.port), "secret", mail(text, cc=[["Bö", "bob@bücher.example"]]), Event())

    assert (settled.state, settled.receipt) == (SendingState.SENT, "op-1@example.test")
    (raw,) = server.taken
    got = message_from_bytes(raw, policy=default)
    assert got["From"] == "Nadia <help@example.test>"
    assert got["To"] == "Ann <ann@example.test>"
    assert str(got["Cc"]) == "Bö <bob@xn--bcher-kva.example>"
    assert (got["Message-ID"], got["In-Reply-To"], got["References"]) == (
        "<op-1@example.test>",
        "<a1@x>",
        "<a0@x> <a1@x>",
    )
    assert got["Subject"] == "Re: Export"
    assert got.get_content_type() == "text/plain"
    assert got.get_content().splitlines() == text.splitlines()
    assert "rcpt TO:<bob@xn--bcher-kva.example>" in server.heard


def test_nothing_that_somebody_wrote_begins_a_header_of_its_own(server: SmtpServer) -> None:
    name = "Ann\r\nBcc: all@example.test"
    deliver(at(server.port), "secret", mail(to=[[name, "ann@example.test"]], subject="Hi\nX-Evil: 1"), Event())

    got = message_from_bytes(server.taken[0], policy=default)
    assert got["Bcc"] is None
    assert got["X-Evil"] is None


def test_long_ids_stay_what_they_are(server: SmtpServer) -> None:
    ids = [f"{n}{'x' * 180}@mail.example" for n in range(20)]
    deliver(at(server.port), "secret", mail(references=ids, message_id=ids[0]), Event())

    got = message_from_bytes(server.taken[0])
    assert " ".join(got["References"].split()) == " ".join(f"<{one}>" for one in ids)
    assert got["Message-ID"] == f"<{ids[0]}>"


@pytest.mark.parametrize("where", ["greeting", "mail", "rcpt", "data", "body"])
def test_a_line_that_breaks_before_the_final_dot_is_tried_again(server: SmtpServer, where: str) -> None:
    server.cut_at = where

    with pytest.raises(TemporaryError):
        deliver(at(server.port), "secret", mail("x" * 5_000_000 if where == "body" else "x"), Event())

    assert server.taken == []


def test_a_line_that_breaks_after_the_final_dot_is_unknown(server: SmtpServer) -> None:
    server.cut_at = "dot"

    settled = deliver(at(server.port), "secret", mail(), Event())

    assert settled.state is SendingState.UNKNOWN
    assert len(server.taken) == 1


def test_a_server_that_never_answers_the_dot_is_unknown_when_the_time_is_over(
    server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_smtp, "TOTAL_SECONDS", 0.6)
    server.waits = True

    assert deliver(at(server.port), "secret", mail(), Event()).state is SendingState.UNKNOWN


def test_stop_ends_it_at_once_before_the_dot(server: SmtpServer) -> None:
    server.hold_at, stop = "rcpt", Event()
    threading.Timer(0.3, stop.set).start()

    with pytest.raises(TemporaryError):
        deliver(at(server.port), "secret", mail(), stop)

    assert server.taken == []


def test_stop_after_the_dot_waits_for_the_answer(server: SmtpServer) -> None:
    server.waits, stop = True, Event()

    def end() -> None:
        server.at_dot.wait(10)
        stop.set()
        threading.Timer(0.6, server.go_on.set).start()

    ending = threading.Thread(target=end)
    ending.start()

    assert deliver(at(server.port), "secret", mail(), stop).state is SendingState.SENT
    ending.join()


@pytest.mark.parametrize("where", ["mail", "rcpt", "data", "dot"])
def test_no_is_refused_in_the_servers_words_and_later_is_later(server: SmtpServer, where: str) -> None:
    server.answers[where] = "552 Your \x07mailbox is full"
    settled = deliver(at(server.port), "secret", mail(), Event())
    assert settled.state is SendingState.REFUSED
    assert settled.reason == "127.0.0.1 said: 552 Your mailbox is full"

    server.answers[where] = "451 come back"
    with pytest.raises(TemporaryError, match="451 come back"):
        deliver(at(server.port), "secret", mail(), Event())
    assert server.taken == []


def test_a_sign_in_that_is_refused_needs_somebody(server: SmtpServer) -> None:
    server.answers["auth"] = "535 no"
    with pytest.raises(SourceError, match="refused the sign-in"):
        deliver(at(server.port), "secret", mail(), Event())
    with pytest.raises(SourceError, match="refused the sign-in"):
        deliver(at(server.port), "gehéim", mail(), Event())

    server.answers["auth"] = "454 later"
    with pytest.raises(TemporaryError):
        try_out(at(server.port), "secret", Event())


def test_nobody_there_is_a_passing_trouble() -> None:
    with pytest.raises(TemporaryError, match="Nothing answers"):
        deliver(at(free_port()), "secret", mail(), Event())


@pytest.mark.parametrize(
    ("other", "text", "why"),
    [
        ({"to": []}, "x", "Nobody"),
        ({"from": ""}, "x", "no address of its own"),
        ({}, "  ", "no text"),
        ({"to": [["", "no address"]]}, "x", "no address that mail"),
    ],
)
def test_what_cannot_be_a_mail_says_why(other: Mapping[str, object], text: str, why: str) -> None:
    with pytest.raises(NotSendable, match=why):
        mail(text, **other)


def test_exim_takes_a_mail_over_once_by_every_way_in(exim: Exim) -> None:
    exim.open_mailbox("ann")
    ways = [(exim.port, Security.PLAIN), (exim.port, Security.STARTTLS), (exim.tls_port, Security.TLS)]

    for number, (port, security) in enumerate(ways):
        name = f"way-{number}@example.test"
        settled = deliver(at(port, security, str(exim.certificate)), "secret", mail(message_id=name), Event())
        assert settled.state is SendingState.SENT
        assert exim.accepted(name) == 1


def test_exim_refuses_puts_off_and_asks_to_sign_in_in_its_own_words(exim: Exim) -> None:
    refused = deliver(at(exim.port), "secret", mail(to=[["", "nobody-here@example.test"]]), Event())
    assert (refused.state, "No such user" in refused.reason) == (SendingState.REFUSED, True)
    # One of two recipients is unknown: the other one gets nothing either.
    name = "both@example.test"
    both = [["", "ann@example.test"], ["", "nobody-here@example.test"]]
    assert deliver(at(exim.port), "secret", mail(to=both, message_id=name), Event()).state is SendingState.REFUSED
    assert exim.accepted(name) == 0
    late = deliver(at(exim.port), "secret", mail("buy now"), Event())
    assert (late.state, "advertisement" in late.reason) == (SendingState.REFUSED, True)
    with pytest.raises(TemporaryError, match="try later"):
        deliver(at(exim.port), "secret", mail(to=[["", "greylist@example.test"]]), Event())
    with pytest.raises(SourceError, match="sign-in"):
        deliver(at(exim.port), "wrong", mail(), Event())
    with pytest.raises(SourceError, match="certificate"):
        deliver(at(exim.tls_port, Security.TLS), "secret", mail(), Event())


def test_where_replies_go_is_guessed_or_said() -> None:
    said = {"host": "imap.example.com", "username": "a@example.com"}
    assert settings_from(said).outgoing == SmtpSettings("smtp.example.com", "a@example.com", 587, Security.STARTTLS)
    assert settings_from({**said, "smtp_port": "465"}).outgoing.security is Security.TLS
    said |= {"smtp_host": "out.example.com", "smtp_port": "2525", "smtp_security": "tls"}
    assert settings_from(said).outgoing == SmtpSettings("out.example.com", "a@example.com", 2525, Security.TLS)
    with pytest.raises(SourceError, match="never travels unencrypted"):
        settings_from({**said, "smtp_security": "plain"})
    with pytest.raises(SourceError, match="smtp_port"):
        settings_from({**said, "smtp_port": "x"})
