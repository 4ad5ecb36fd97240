"""Malformed mail never crashes, and what comes out can always be written and shown."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.peers import corpus

from console.connectors.mail_parts import mail_record
from console.domain.records import MailRecord

OWN = frozenset({"support@acme.example"})
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def record(raw: bytes | str, *, is_read: bool = False, is_sent: bool = False) -> MailRecord:
    content = raw.encode() if isinstance(raw, str) else raw
    return mail_record(content, "INBOX/1/1", own_addresses=OWN, is_read=is_read, is_sent=is_sent, now=NOW)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"\xff\xfe\x00",
        b"Subject",
        b"Content-Type: multipart/mixed\n\nno boundary",
        b'Content-Type: multipart/mixed; boundary=""\n\n--\n\nx',
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n--b",
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nRnJvbTogYQ==",
        b"Content-Type: text/plain; charset*=us-ascii'en'utf-8''x\n\nx",
        b"Content-Type: text/plain; name*0*=x; name*x*=y; name*0=z\n\nx",
        b"Content-Transfer-Encoding: \xff\n\nx",
        b"Content-Type: \xff/\xff; charset=\xff\n\nx",
        b"Date: \xff\n\nx",
        b"From: \xff\n\nx",
        b"Content-Transfer-Encoding: uuencode\n\nbegin 644 x\n#0V%T\n\xff\nend\n",
        b"Content-Type: text/html\n\n" + b"<table><tr><td>" * 5_000,
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3_000)),
        b"Content-Type: message/rfc822\n\n" * 3_000,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 30_000,
        b"X: y\n" * 20_000,
        b"Subject: " + b"=?utf-8?q?" * 10_000,
        b"From: " + b"(" * 50_000,
        b"To: " + b"a," * 50_000,
    ],
    ids=range(23),
)
def test_malformed_mail_becomes_a_message_all_the_same(raw: bytes) -> None:
    message = record(raw).message

    assert message.key.startswith("mail:")
    message.text.encode("utf-8")


@pytest.mark.peer
def test_ten_thousand_broken_variants_of_real_mails_never_crash() -> None:
    chance = random.Random(20_260_302)
    mails = [mail for mail in corpus.ham(400) if len(mail) < 20_000]
    for _ in range(10_000):
        check_clean(record(broken(chance.choice(mails), chance)))


def broken(mail: bytes, chance: random.Random) -> bytes:
    content = bytearray(mail)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content) or 1)
        match chance.randrange(5):
            case 0:
                content[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del content[at : at + chance.randint(1, 200)]
            case 2:
                content[at:at] = chance.choice(SPLINTERS)
            case 3:
                content[at:at] = content[at : at + 300]
            case _:
                content = content[: max(1, at)]
    return bytes(content)


SPLINTERS = [
    b"\n\n",
    b"\r",
    b"\0",
    b"\xed\xa0\x80",
    b"=?utf-8?b?",
    b"?=",
    b"Content-Type: multipart/alternative; boundary=x\n\n--x\n",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Transfer-Encoding: base64\n",
    b"\nContent-Type: text/html; charset=utf-16\n\n<b>",
    b'"',
    b"<",
    b"--",
    b"=",
]


@given(st.binary(max_size=600))
@settings(max_examples=300, deadline=None)
def test_any_bytes_at_all_become_a_message(raw: bytes) -> None:
    check_clean(record(raw))


PIECES = st.sampled_from(
    [*SPLINTERS, b"From: ", b"To: a@b.c, ", b"Subject: x\n", b"Date: ", b"name*0*=utf-8''%", b"\n--x\n", b"; "]
)


@given(st.lists(PIECES | st.binary(max_size=8), max_size=40))
@settings(max_examples=500, deadline=None)
def test_any_pieces_of_mail_become_a_message(pieces: list[bytes]) -> None:
    check_clean(record(b"".join(pieces)))


def check_clean(mail: MailRecord) -> None:
    """Everything in it can be written to the database and shown."""
    message = mail.message
    people = [message.author, *message.to, *message.cc]
    words = [message.key, message.text, message.html or "", message.subject, mail.message_id, mail.base_subject]
    words += [word for person in people for word in (person.address, person.name, person.written)]
    words += [
        attachment.name + attachment.media_type + (attachment.content_id or "") for attachment in message.attachments
    ]
    words += [*mail.references, *message.warnings]
    assert "\0" not in "".join(words)
    "".join(words).encode("utf-8")
    assert message.at.tzinfo is UTC
