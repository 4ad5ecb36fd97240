"""A reply by mail: from which of our addresses, to whom, under which subject, as an answer to which mails."""

from __future__ import annotations

import json
from dataclasses import dataclass

from console.domain.outbox import WriteKind
from console.store.connection import Connection, Row

_MAIL_KEY = "mail:"
_MOST_REFERENCES = 20
_LOOK_AT = 50


@dataclass(frozen=True, slots=True)
class Body:
    """What a connector is told, and what of it the outbox keeps: the Message-ID is the same at every attempt."""

    told: dict[str, object]
    kept: dict[str, object]


def with_mail(connection: Connection, row: Row) -> Body:
    """The body of a sending; of a reply in a conversation by mail with ``mail``, as ``connectors.mail_sending`` reads it.

    ``mail``: ``{"from", "to": [[name, address]], "cc": […], "subject", "message_id", "in_reply_to", "references": […]}``, ids without
    brackets. ``message_id`` is made from the sending's own key, so that no two sendings share one.
    """
    body: dict[str, object] = json.loads(row.body)
    if row.kind != WriteKind.REPLY.value or not _is_mail(connection, row.conversation_id):
        return Body(body, body)
    mails = connection.exec_driver_sql(
        """SELECT key, author_kind, author_name, author_address, recipients FROM messages
           WHERE conversation_id = ? AND gone_at IS NULL ORDER BY id DESC LIMIT ?""",
        (row.conversation_id, _LOOK_AT),
    ).fetchall()
    own = _own_addresses(connection, row.source_id)
    sender = _sender(mails, own)
    to, cc = _recipients(mails, frozenset(own) | _all_own(connection))
    domain = sender.rpartition("@")[2] or "localhost"
    message_id = str(body.get("message_id") or f"{row.edit_id}-{row.id}@{domain}")
    ids = [mail.key.removeprefix(_MAIL_KEY) for mail in reversed(mails) if _has_id(mail.key)]
    mail = {
        "from": sender, "to": to, "cc": cc, "subject": _subject(connection, row.conversation_id), "message_id": message_id,
        "in_reply_to": _answered(mails), "references": ids[-_MOST_REFERENCES:],
    }  # fmt: skip
    kept = {**body, "message_id": message_id}
    return Body({**kept, "mail": mail}, kept)


def _is_mail(connection: Connection, conversation: int | None) -> bool:
    found = connection.exec_driver_sql("SELECT channel FROM conversations WHERE id = ?", (conversation,)).scalar()
    return found == "email"


def _own_addresses(connection: Connection, source: int) -> list[str]:
    found = connection.exec_driver_sql("SELECT own_addresses FROM sources WHERE id = ?", (source,)).scalar()
    return list(json.loads(found or "[]"))


def _all_own(connection: Connection) -> frozenset[str]:
    rows = connection.exec_driver_sql("SELECT own_addresses FROM sources").fetchall()
    return frozenset(address for row in rows for address in json.loads(row[0]))


def _people(mail: Row) -> list[tuple[str, str, str]]:
    return [(role, address, name) for role, address, name, *_ in json.loads(mail.recipients)]


def _sender(mails: list[Row], own: list[str]) -> str:
    """The address that the customer wrote to last, else the one we wrote from last, else our first."""
    for mail in mails:
        named = (
            [address for _, address, _ in _people(mail)] if mail.author_kind == "customer" else [mail.author_address]
        )
        for address in named:
            if address in own:
                return address
    return own[0] if own else ""


def _recipients(mails: list[Row], own: frozenset[str]) -> tuple[list[list[str]], list[list[str]]]:
    """Who wrote last, and whom else they had written to; where only we have written, those whom we wrote to."""
    for mail in mails:
        others = [(role, name, address) for role, address, name in _people(mail) if address and address not in own]
        if mail.author_kind == "customer" and mail.author_address:
            to = [[mail.author_name, mail.author_address]]
            return to, [[name, address] for _, name, address in others if address != mail.author_address]
        if mail.author_kind == "teammate" and others and not any(one.author_kind == "customer" for one in mails):
            return (
                [[name, address] for role, name, address in others if role == "to"],
                [[name, address] for role, name, address in others if role != "to"],
            )
    return [], []


def _subject(connection: Connection, conversation: int) -> str:
    found = connection.exec_driver_sql("SELECT subject FROM conversations WHERE id = ?", (conversation,)).scalar()
    subject = " ".join(str(found or "").split())
    return subject if subject.lower().startswith("re:") else f"Re: {subject}".strip()


def _answered(mails: list[Row]) -> str:
    """The last mail of the customer that has an id, else the last one at all that has."""
    with_id = [mail for mail in mails if _has_id(mail.key)]
    theirs = [mail for mail in with_id if mail.author_kind == "customer"]
    return next((mail.key.removeprefix(_MAIL_KEY) for mail in (*theirs, *with_id)), "")


def _has_id(key: str) -> bool:
    """Mails without a Message-ID, and those that carry that of another one, have a key of our own making."""
    return key.startswith(_MAIL_KEY) and not key.startswith("mail:sha256:") and "#" not in key
