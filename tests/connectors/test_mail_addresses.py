"""Addresses with letters beyond ASCII, as mails write them without encoding."""

from __future__ import annotations

from datetime import UTC, datetime

from console.connectors.mail_parts import mail_record

_NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _author(from_line: bytes) -> tuple[str, str]:
    raw = b"From: " + from_line + b"\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\n\r\nHello.\r\n"
    author = mail_record(raw, "INBOX/1/1", own_addresses=frozenset(), is_read=False, now=_NOW).message.author
    return author.address, author.name


def test_an_address_in_utf_8_is_the_address_that_was_written() -> None:
    assert _author("=?utf-8?q?Jonas_Wei=C3=9F?= <jonas.weiß@firma.example>".encode()) == (
        "jonas.weiß@firma.example",
        "Jonas Weiß",
    )


def test_two_addresses_whose_letters_are_lost_are_not_one_customer() -> None:
    """In an unknown charset müller@ and möller@ both read as m\ufffdller@, which must name nobody."""
    assert _author("Müller <müller@firma.example>".encode("latin-1"))[0] == ""
    assert _author("Möller <möller@firma.example>".encode("latin-1"))[0] == ""
