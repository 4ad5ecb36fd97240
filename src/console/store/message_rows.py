"""Messages as rows: new keys in time order, and the statements that insert them with their attachments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.domain.ids import stable_id, time_ordered_id
from console.domain.records import MessageRecord, Person
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros

_PLACES_A_SECOND = 64
# Made once: json.dumps makes an encoder for each call that is not in its usual form.
_as_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message on its way into a conversation, with its author's identity where that is a customer's."""

    message: MessageRecord
    conversation: int
    author_identity: int | None
    external_id: str


@dataclass(frozen=True, slots=True)
class Known:
    """A message that is in the workspace already."""

    id: int
    conversation: int


def known_messages(connection: Connection, keys: Iterable[str]) -> dict[str, Known]:
    """The messages that are in the workspace already, by their key."""
    rows = connection.exec_driver_sql(
        f"SELECT key, id, conversation_id FROM messages WHERE key IN {IN_LIST}", (listed(keys),)
    )
    return {key: Known(message, conversation) for key, message, conversation in rows.fetchall()}


def free_ids(connection: Connection, messages: Sequence[MessageRecord]) -> dict[str, int]:
    """A free time-ordered key for each message, by message key; the same messages find the same places."""
    first = {one.key: time_ordered_id(one.at, stable_id("place", one.key) % _PLACES_A_SECOND) for one in messages}
    reach = {candidate + step for candidate in first.values() for step in range(4)}
    taken = {
        row[0]
        for row in connection.exec_driver_sql(
            f"SELECT id FROM messages WHERE id IN {IN_LIST}", (listed(reach),)
        ).fetchall()
    }
    chosen: dict[str, int] = {}
    for key, candidate in sorted(first.items(), key=lambda pair: (pair[1], pair[0])):
        place = candidate
        while place in taken or (place not in reach and _is_taken(connection, place)):
            place += 1
        taken.add(place)
        chosen[key] = place
    return chosen


def insert_messages(
    connection: Connection, source_id: int, batch_id: str | None, arrivals: Sequence[Arrival], ids: Mapping[str, int]
) -> None:
    """Insert messages in the order of their keys, then their attachments."""
    rows = sorted(_row(source_id, batch_id, one, ids[one.message.key]) for one in arrivals)
    if rows:
        connection.exec_driver_sql(
            """INSERT INTO messages (id, key, conversation_id, source_id, at, author_kind, author_identity, author_name, author_address,
               author_written, recipients, subject, text, html, quoted_from, remote_images, is_read, is_date_known, warnings, batch_id)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            rows,
        )
    for one in sorted(arrivals, key=lambda arrival: ids[arrival.message.key]):
        _insert_attachments(connection, ids[one.message.key], one.message)


def _row(source_id: int, batch_id: str | None, one: Arrival, key: int) -> tuple[object, ...]:
    message = one.message
    recipients = [["to", *_plain(person)] for person in message.to] + [["cc", *_plain(person)] for person in message.cc]
    return (
        key,
        message.key,
        one.conversation,
        source_id,
        micros(message.at),
        message.author_kind.value,
        one.author_identity,
        message.author.name,
        message.author.address,
        message.author.written,
        _as_json(recipients),
        message.subject,
        message.text,
        message.html,
        message.quoted_from,
        message.remote_images,
        message.is_read,
        message.is_date_known,
        _as_json(message.warnings) if message.warnings else "[]",
        batch_id,
    )


def _plain(person: Person) -> tuple[str, str]:
    return person.address or person.written, person.name


def _insert_attachments(connection: Connection, message_id: int, message: MessageRecord) -> None:
    for part in message.attachments:
        key = connection.exec_driver_sql(
            """INSERT INTO attachments (message_id, name, media_type, size, content_id, is_inline) VALUES (?, ?, ?, ?, ?, ?) RETURNING id""",
            (message_id, part.name, part.media_type, len(part.content), part.content_id, part.is_inline),
        ).scalar_one()
        connection.exec_driver_sql(
            "INSERT INTO attachment_contents (attachment_id, content) VALUES (?, ?)", (key, part.content)
        )


def _is_taken(connection: Connection, place: int) -> bool:
    return connection.exec_driver_sql("SELECT 1 FROM messages WHERE id = ?", (place,)).scalar() is not None
