"""One conversation: its head, its turns page by page, its attachments; and the notes on anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from console.domain.conversation import AttachmentRow, ConversationHead, NoteRow, NoteVersion, Turn
from console.domain.edits import Owner
from console.domain.file_names import is_executable
from console.domain.ids import ConversationId, CustomerId
from console.domain.inbox import ConversationState
from console.domain.records import AuthorKind, Channel, Person
from console.domain.values import ValueKind, plain, restored
from console.store.connection import Connection, Row
from console.store.customer_cards import cards
from console.store.dialect import IN_LIST, listed
from console.store.errors import NotFound
from console.store.kinds import by_value
from console.store.moments import moment, moment_or_none
from console.store.tags import tags_of_conversations

_HEAD = """SELECT c.*, coalesce(s.name, '') AS source_name
FROM conversations c LEFT JOIN sources s ON s.id = c.source_id WHERE c.id = ?"""
_TURNS = """SELECT m.id, m.author_kind, m.at, m.author_name, m.author_address, i.owner_id, m.text, m.html,
       m.quoted_from, m.remote_images, m.recipients, m.warnings, m.is_date_known, m.gone_at
FROM messages m LEFT JOIN identities i ON i.id = m.author_identity
WHERE m.conversation_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?"""
_CHANNELS, _STATES, _AUTHORS = by_value(Channel), by_value(ConversationState), by_value(AuthorKind)
_KINDS = by_value(ValueKind)
_NEWEST = 0x7FFF_FFFF_FFFF_FFFF


def head(connection: Connection, conversation: int) -> ConversationHead:
    """Everything of a conversation but its turns and notes. Raises NotFound."""
    row = connection.exec_driver_sql(_HEAD, (conversation,)).one_or_none()
    if row is None:
        raise NotFound(f"There is no conversation {conversation}")
    customer = row.customer_id
    return ConversationHead(
        id=ConversationId(row.id),
        channel=_CHANNELS[row.channel],
        subject=row.subject,
        state=_STATES[row.state],
        snoozed_until=moment_or_none(row.snoozed_until),
        assignee=row.assignee,
        is_priority=bool(row.is_priority),
        is_unread=row.unread_count > 0,
        source_name=row.source_name,
        customer=None if customer is None else cards(connection, [customer]).get(customer),
        is_unlinked=bool(row.is_unlinked),
        nickname=row.nickname,
        tags=tags_of_conversations(connection, listed([conversation])).get(conversation, ()),
        participants=_participants(connection, conversation),
        turn_count=row.message_count,
        first_at=moment(row.first_at),
        last_at=moment(row.last_at),
        merged_into=None if row.merged_into is None else ConversationId(row.merged_into),
        metadata=readable(row.metadata),
    )


def turns(connection: Connection, conversation: int, before: int | None, limit: int) -> tuple[Turn, ...]:
    """The newest ``limit`` messages before message ``before`` (None: the last ones), oldest of them first."""
    arguments = (conversation, _NEWEST if before is None else before, limit)
    rows = connection.exec_driver_sql(_TURNS, arguments).fetchall()
    parts = attachments_of(connection, (row.id for row in rows))
    return tuple(_turn(row, parts.get(row.id, ())) for row in reversed(rows))


def notes(connection: Connection, owner: Owner) -> tuple[NoteRow, ...]:
    """The notes on ``owner``: pinned ones first, then the newest first; deleted ones are left out."""
    rows = connection.exec_driver_sql(
        """SELECT id, text, author, at, edited_by, edited_at, is_pinned FROM notes
           WHERE owner_id = ? AND owner_kind = ? AND deleted_at IS NULL ORDER BY is_pinned DESC, at DESC, id DESC""",
        (owner.id, owner.kind.value),
    ).fetchall()
    return tuple(
        NoteRow(key, owner, text, author, moment(at), edited_by, moment_or_none(edited_at), bool(is_pinned))
        for key, text, author, at, edited_by, edited_at, is_pinned in rows
    )


def note_versions(connection: Connection, note_id: str) -> tuple[NoteVersion, ...]:
    """What a note said, newest first."""
    rows = connection.exec_driver_sql(
        "SELECT id, text, by, at FROM note_versions WHERE note_id = ? ORDER BY at DESC, id DESC", (note_id,)
    ).fetchall()
    return tuple(NoteVersion(key, text, by, moment(at)) for key, text, by, at in rows)


def attachments_of(connection: Connection, messages: Iterable[int]) -> dict[int, tuple[AttachmentRow, ...]]:
    """The parts beside each of these messages, in their order; messages without any are left out."""
    rows = connection.exec_driver_sql(
        f"""SELECT message_id, id, name, media_type, size, content_id, is_inline FROM attachments
            WHERE message_id IN {IN_LIST} ORDER BY message_id, id""",
        (listed(messages),),
    ).fetchall()
    parts: dict[int, list[AttachmentRow]] = {}
    for message, *columns in rows:
        parts.setdefault(message, []).append(_part(*columns))
    return {message: tuple(of_message) for message, of_message in parts.items()}


def attachment(connection: Connection, attachment_id: int) -> tuple[AttachmentRow, bytes]:
    """One part and its bytes. Raises NotFound, also where only its description was kept."""
    row = connection.exec_driver_sql(
        """SELECT a.id, a.name, a.media_type, a.size, a.content_id, a.is_inline, b.content FROM attachments a
           JOIN attachment_contents b ON b.attachment_id = a.id WHERE a.id = ?""",
        (attachment_id,),
    ).one_or_none()
    if row is None:
        raise NotFound("The content of this attachment was not kept. Look for it in the source")
    *columns, content = row
    return _part(*columns), content


def inline_image(connection: Connection, message: int, content_id: str) -> bytes | None:
    """The bytes that ``cid:content_id`` means in a message's HTML, None where it has no such part."""
    return connection.exec_driver_sql(
        """SELECT b.content FROM attachments a JOIN attachment_contents b ON b.attachment_id = a.id
           WHERE a.message_id = ? AND a.content_id = ? ORDER BY a.id LIMIT 1""",
        (message, content_id),
    ).scalar()


def readable(text: str) -> Mapping[str, str]:
    """What metadata says, as text for people: typed values by kind and stored text, anything else as it is."""
    return {name: _readable(value) for name, value in json.loads(text).items()} if text and text != "{}" else {}


def persons(text: str) -> tuple[Person, ...]:
    """The people that a JSON list of [role, address, name] or [role, address, name, written] names, in its order."""
    return tuple(Person(address, name, *written) for _, address, name, *written in _list(text))


def _list(text: str) -> list[Any]:
    """A JSON list; most are empty, and then nothing is parsed."""
    return json.loads(text) if text and text != "[]" else []


def _readable(value: object) -> str:
    match value:
        case [str(kind), str(stored)] | {"kind": str(kind), "value": str(stored)} if kind in _KINDS:
            return plain(restored(_KINDS[kind], stored))
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def _participants(connection: Connection, conversation: int) -> tuple[Person, ...]:
    rows = connection.exec_driver_sql(
        "SELECT address, max(name) FROM participants WHERE conversation_id = ? GROUP BY address ORDER BY address",
        (conversation,),
    ).fetchall()
    return tuple(Person(address, name) for address, name in rows)


def _turn(row: Row, parts: tuple[AttachmentRow, ...]) -> Turn:
    return Turn(
        id=row.id,
        kind=_AUTHORS[row.author_kind],
        at=moment(row.at),
        author_name=row.author_name,
        author_address=row.author_address,
        author_customer=None if row.owner_id is None else CustomerId(row.owner_id),
        text=row.text,
        html=row.html,
        quoted_from=row.quoted_from,
        remote_images=row.remote_images,
        recipients=persons(row.recipients),
        attachments=parts,
        warnings=tuple(_list(row.warnings)),
        is_date_known=bool(row.is_date_known),
        is_gone=row.gone_at is not None,
    )


def _part(key: int, name: str, media_type: str, size: int, content_id: str | None, is_inline: int) -> AttachmentRow:
    return AttachmentRow(key, name, media_type, size, content_id, bool(is_inline), is_executable(name))
