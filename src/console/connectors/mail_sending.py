"""A reply as a mail: From, To, Cc, what it answers, and plain text in UTF-8, under a Message-ID that is its own for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, cast

from console.domain.outbox import Sending

# Headers fold late: folded early, the standard library would encode long ids into something else.
_POLICY = SMTP.clone(max_line_length=900)
_LONGEST_SUBJECT = 400


class NotSendable(ValueError):
    """This cannot be made a mail; the text says why, for the teammate."""


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A mail ready to go: the envelope's sender and recipients (ASCII unless ``needs_utf8``), and the bytes with CRLF."""

    sender: str
    recipients: tuple[str, ...]
    message_id: str
    raw: bytes
    needs_utf8: bool = False


def mail_of(sending: Sending, at: datetime) -> OutgoingMail:
    """The mail that a reply is (``body["mail"]`` as ``store.outbox_mail`` makes it), dated ``at`` (aware UTC).

    Raises NotSendable where there is nobody to write to, no address to write from, or no text.
    """
    mail = cast("Mapping[str, Any]", sending.body.get("mail") or {})
    text = str(sending.body.get("text", ""))
    if not text.strip():
        raise NotSendable("There is no text to send.")
    if not mail.get("from"):
        raise NotSendable("The mailbox has no address of its own to write from; set own_addresses.")
    to, cc = _addresses(mail.get("to", ())), _addresses(mail.get("cc", ()))
    if not to and not cc:
        raise NotSendable("Nobody in this conversation has an address to write to.")
    sender = _address(sending.by, str(mail["from"]))
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = to
    if cc:
        message["Cc"] = cc
    message["Subject"] = _line(str(mail.get("subject", "")))[:_LONGEST_SUBJECT]
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{_id(mail['message_id'])}>"
    if mail.get("in_reply_to"):
        message["In-Reply-To"] = f"<{_id(mail['in_reply_to'])}>"
    if mail.get("references"):
        message["References"] = " ".join(f"<{_id(one)}>" for one in mail["references"])
    message.set_content(_lines(text), cte="quoted-printable" if not text.isascii() else None)
    recipients = tuple(dict.fromkeys(one.addr_spec for one in (*to, *cc)))
    needs_utf8 = not all(one.isascii() for one in (sender.addr_spec, *recipients))
    raw = message.as_bytes(policy=_POLICY.clone(utf8=needs_utf8))
    return OutgoingMail(sender.addr_spec, recipients, _id(mail["message_id"]), raw, needs_utf8)


def _addresses(people: Sequence[Sequence[str]]) -> list[Address]:
    return [_address(name, address) for name, address in people]


def _address(name: str, address: str) -> Address:
    """An address whose domain is ASCII, as the network knows it."""
    local, _, domain = _line(address).rpartition("@")
    try:
        if not local or not domain:
            raise ValueError("no address")
        ascii_domain = domain.encode("idna").decode("ascii")
        return Address(_line(name)[:200], local, ascii_domain)
    except (ValueError, IndexError) as error:
        raise NotSendable(f"{_line(address)[:100]} is no address that mail can be sent to.") from error


def _line(text: str) -> str:
    """One line without control signs: nothing that a customer wrote can begin a header of its own."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _id(text: object) -> str:
    return "".join(sign for sign in str(text) if sign.isascii() and sign.isprintable() and sign not in "<> ")


def _lines(text: str) -> str:
    plain = "\n".join(text.splitlines())
    return "".join(sign for sign in plain if sign in "\n\t" or sign.isprintable() or sign == "\u200d") + "\n"
