"""Intercom's conversations as ours: pure, the first message and every part; what teammates wrote among themselves is a note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from console.connectors.html_cleaning import clean
from console.connectors.kinds.intercom_customers import Known, as_bytes
from console.connectors.kinds.intercom_values import (
    Json,
    key_of,
    key_or_none,
    known_moment,
    line_of,
    objects_in,
    part_of,
    text_of,
    value_of,
)
from console.connectors.mail_text import scrub
from console.domain.address import canonical
from console.domain.channels import AuthorKind, Channel, OwnerKind
from console.domain.quoting import quoted_from
from console.domain.records import ConversationRecord, MessageRecord, NoteRecord, Person
from console.domain.values import Value, ValueKind

MOST_PARTS = 500
"""So many parts Intercom gives of a conversation, the newest (description 2.16, ``GET /conversations/{id}``)."""

REDACTED = "This message was redacted in Intercom."
OLDER_PARTS = "older_messages_not_given"
_CHANNELS = {"email": Channel.EMAIL, "phone_call": Channel.CALL, "phone_switch": Channel.CALL}
_CUSTOMERS = frozenset({"user", "lead", "contact", "visitor"})
_INTERNAL = ("note", "assignment")


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with the notes in it; ``missing`` counts older parts that Intercom did not give."""

    record: ConversationRecord
    notes: tuple[NoteRecord, ...]
    missing: int


def conversation_of(raw: Json, known: Known) -> Conversation:
    """A conversation with all the parts that were given, oldest first. Raises RecordError."""
    key = key_of(raw)
    parts = objects_in(part_of(raw, "conversation_parts"), "conversation_parts")
    said = [(one, known_moment(one, "created_at")) for one in parts]
    said.sort(key=lambda pair: (pair[1], _number(pair[0])))
    messages = [_first(raw, key, known)] + [
        _message(one, at, part_key(known.workspace, key, key_of(one))) for one, at in said if not is_internal(one)
    ]
    total = part_of(raw, "conversation_parts").get("total_count")
    missing = max(0, total - len(parts)) if isinstance(total, int) and len(parts) >= MOST_PARTS else 0
    record = ConversationRecord(
        key,
        _CHANNELS.get(text_of(part_of(raw, "source"), "type"), Channel.CHAT),
        _subject(raw),
        tuple(one for one in messages if one is not None),
        customer_id=_customer(raw),
        is_closed=text_of(raw, "state") == "closed" if raw.get("state") else raw.get("open") is False,
        tags=tuple(
            dict.fromkeys(filter(None, (line_of(one, "name") for one in objects_in(part_of(raw, "tags"), "tags"))))
        ),
        properties=_properties(raw, known, missing),
        source_raw=as_bytes(raw),
    )
    return Conversation(record, tuple(_note(one, at, key) for one, at in said if _is_note(one)), missing)


def part_key(workspace: str, conversation: str, part: str) -> str:
    """The key of a message in the whole workspace: two accounts of Intercom never share one."""
    return f"intercom:{workspace}:{conversation}:{part}"


def part_note_key(conversation: str, part: str) -> str:
    """How a note in a conversation is called among the notes of the source."""
    return f"part/{conversation}/{part}"


def is_internal(part: Json) -> bool:
    """Whether a part is for teammates only."""
    kind = text_of(part, "part_type")
    return any(word in kind for word in _INTERNAL)


def _first(raw: Json, key: str, known: Known) -> MessageRecord | None:
    """What a conversation begins with is no part of it but its ``source``."""
    source = part_of(raw, "source")
    if not source:
        return None
    first_key = part_key(known.workspace, key, "source")
    return _message({**source, "part_type": "comment"}, known_moment(raw, "created_at"), first_key)


def _is_note(part: Json) -> bool:
    return is_internal(part) and bool(text_of(part, "body").strip())


def _message(part: Json, at: datetime, key: str) -> MessageRecord | None:
    """What somebody said; None for parts that only say that something was done."""
    body, files = text_of(part, "body"), _files(part)
    is_redacted = part.get("redacted") is True
    if not body.strip() and not files and not is_redacted:
        return None
    cleaned = clean(body)
    text = REDACTED if is_redacted and not cleaned.text else cleaned.text
    kind, author = _author(part)
    return MessageRecord(
        key, at, kind, author, text,
        html=cleaned.joined if body.strip() and not is_redacted else None,
        quoted_from=quoted_from(text),
        remote_images=cleaned.remote_images,
        is_read=kind is not AuthorKind.CUSTOMER,
        warnings=(f"Attached, and kept by Intercom: {', '.join(files)}.",) if files else (),
    )  # fmt: skip


def _note(part: Json, at: datetime, conversation: str) -> NoteRecord:
    _, author = _author(part)
    return NoteRecord(
        part_note_key(conversation, key_of(part)), OwnerKind.CONVERSATION, conversation,
        clean(text_of(part, "body")).text, author.name or author.written, at, source_raw=as_bytes(part),
    )  # fmt: skip


def _author(part: Json) -> tuple[AuthorKind, Person]:
    author = part_of(part, "author")
    kind, written = text_of(author, "type"), text_of(author, "email")
    who = Person((canonical(written) or "") if written else "", line_of(author, "name"), written)
    if kind in _CUSTOMERS:
        return AuthorKind.CUSTOMER, who
    if kind == "bot" or author.get("from_ai_agent") is True:
        return AuthorKind.BOT, who
    return AuthorKind.TEAMMATE, who


def _files(part: Json) -> list[str]:
    return [line_of(one, "name") or "a file" for one in objects_in(part, "attachments")]


def _customer(raw: Json) -> str | None:
    for one in objects_in(part_of(raw, "contacts"), "contacts"):
        return key_of(one)
    author = part_of(part_of(raw, "source"), "author")
    return key_or_none(author, "id") if text_of(author, "type") in _CUSTOMERS else None


def _subject(raw: Json) -> str:
    return line_of(part_of(raw, "source"), "subject") or line_of(raw, "title")


def _properties(raw: Json, known: Known, missing: int) -> dict[str, Value]:
    custom = part_of(raw, "custom_attributes")
    values = {scrub(name): value_of(name, found) for name, found in custom.items()}
    rating = part_of(raw, "conversation_rating")
    assignee = key_or_none(raw, "admin_assignee_id")
    values |= {
        "priority": value_of("priority", text_of(raw, "priority")),
        "assignee": value_of("assignee", known.teammate_by_id.get(assignee or "")),
        "snoozed_until": value_of("snoozed_at", raw.get("snoozed_until")),
        "rating": value_of("rating", rating.get("rating")),
        "rating_remark": value_of("rating_remark", line_of(rating, "remark")),
        OLDER_PARTS: Value(ValueKind.NUMBER, Decimal(missing)) if missing else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _number(part: Json) -> int:
    key = key_of(part)
    return int(key) if key.isdigit() else 0
