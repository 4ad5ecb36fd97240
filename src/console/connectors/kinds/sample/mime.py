"""Mails as bytes, the way the mail programs of this world write them: charsets, encodings, parts, attachments."""

from __future__ import annotations

import base64
import binascii
import quopri
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from urllib.parse import quote

from console.connectors.kinds.sample.files import content_of

_LINE = 76


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail before it is bytes. People are (name, address); ``charset`` falls back to UTF-8 where it does not suffice.

    ``transfer`` is 7bit, 8bit, quoted-printable or base64. ``claimed_charset`` is written into the mail when it lies.
    """

    message_id: str
    at: datetime
    sender: tuple[str, str]
    to: tuple[tuple[str, str], ...]
    subject: str
    text: str
    html: str = ""
    references: tuple[str, ...] = ()
    charset: str = "utf-8"
    claimed_charset: str = ""
    transfer: str = "quoted-printable"
    attachments: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    is_html_only: bool = False


def mail_bytes(letter: Letter) -> bytes:
    """The whole mail with CRLF line ends."""
    content_headers, body = _content(letter)
    named = [
        ("Return-Path", f"<{letter.sender[1]}>"),
        ("Date", format_datetime(letter.at)),
        ("From", _person(letter.sender)),
        ("To", ", ".join(_person(person) for person in letter.to)),
        ("Subject", _encoded(letter.subject)),
        ("Message-ID", f"<{letter.message_id}>"),
        *([("In-Reply-To", f"<{letter.references[-1]}>")] if letter.references else []),
        *([("References", "\r\n ".join(f"<{one}>" for one in letter.references))] if letter.references else []),
        *letter.headers,
        ("MIME-Version", "1.0"),
        *content_headers,
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in named)
    return head.encode("utf-8") + b"\r\n" + body


def _content(letter: Letter) -> tuple[list[tuple[str, str]], bytes]:
    if letter.is_html_only:
        headers, body = _text_part(letter, letter.html, "html")
    else:
        headers, body = _text_part(letter, letter.text, "plain")
        if letter.html:
            html_part = _text_part(letter, letter.html, "html")
            headers, body = _joined("alternative", letter, [(headers, body), html_part])
    if letter.attachments:
        parts = [(headers, body), *(_file_part(name) for name in letter.attachments)]
        headers, body = _joined("mixed", letter, parts)
    return headers, body


def _text_part(letter: Letter, text: str, kind: str) -> tuple[list[tuple[str, str]], bytes]:
    charset, raw = _bytes_in(letter.charset, text.replace("\n", "\r\n"))
    transfer = letter.transfer
    if transfer in ("7bit", "8bit"):
        transfer = "7bit" if max(raw, default=0) < 128 else "8bit"
        body = raw
    elif transfer == "base64":
        body = _base64(raw)
    else:
        body = quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    claimed = letter.claimed_charset or charset
    return [("Content-Type", f'text/{kind}; charset="{claimed}"'), ("Content-Transfer-Encoding", transfer)], body


def _file_part(name: str) -> tuple[list[tuple[str, str]], bytes]:
    media_type, content = content_of(name)
    shown = f'filename="{name}"' if name.isascii() else f"filename*=UTF-8''{quote(name)}"
    headers = [
        ("Content-Type", media_type),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f"attachment; {shown}"),
    ]
    return headers, _base64(content)


def _joined(
    kind: str, letter: Letter, parts: list[tuple[list[tuple[str, str]], bytes]]
) -> tuple[list[tuple[str, str]], bytes]:
    boundary = f"=_{kind}_{binascii.crc32(letter.message_id.encode()):08x}"
    body = b""
    for headers, content in parts:
        head = "".join(f"{name}: {value}\r\n" for name, value in headers).encode("utf-8")
        body += f"--{boundary}\r\n".encode() + head + b"\r\n" + content + b"\r\n"
    return [("Content-Type", f'multipart/{kind}; boundary="{boundary}"')], body + f"--{boundary}--\r\n".encode()


def _bytes_in(charset: str, text: str) -> tuple[str, bytes]:
    try:
        return charset, text.encode(charset)
    except UnicodeEncodeError:
        return "utf-8", text.encode("utf-8")


def _base64(raw: bytes) -> bytes:
    encoded = base64.b64encode(raw)
    return b"\r\n".join(encoded[start : start + _LINE] for start in range(0, len(encoded), _LINE)) + b"\r\n"


def _person(person: tuple[str, str]) -> str:
    name, address = person
    if not name:
        return address
    if name.isascii():
        shown = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{shown}" <{address}>'
    return f"{_encoded(name)} <{address}>"


def _encoded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=70).encode(linesep="\r\n")
