"""Conversations in a dossier: every message with its attachments, survey answers and reviews, and what they said elsewhere."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from console.domain.dossier import Field, Item, Part, Shape
from console.domain.records import Person
from console.store.connection import Connection, Row
from console.store.conversations import head, persons, readable
from console.store.dialect import IN_LIST
from console.store.dossier_words import notes_on
from console.store.moments import moment, moment_or_none

_A_PAGE = 200
_BEFORE_ALL = -(1 << 62)
_KEYS = """SELECT last_at, id FROM conversations WHERE customer_id = ? AND merged_into IS NULL AND (last_at, id) > (?, ?)
ORDER BY last_at, id LIMIT ?"""
_MESSAGES = """SELECT id, at, author_kind, author_name, author_address, recipients, subject, text, is_date_known, gone_at FROM messages
WHERE conversation_id = ? AND id > ? ORDER BY id LIMIT ?"""
_ATTACHMENTS = """SELECT a.id, a.name, a.media_type, a.size, b.attachment_id IS NOT NULL AND length(b.content) > 0 AS is_kept
FROM attachments a LEFT JOIN attachment_contents b ON b.attachment_id = a.id WHERE a.message_id = ? ORDER BY a.id"""
_ANSWERS = """SELECT m.at, m.text, v.subject, v.channel, v.metadata, coalesce(s.name, '') AS source FROM messages m
JOIN conversations v ON v.id = m.conversation_id LEFT JOIN sources s ON s.id = v.source_id
WHERE v.customer_id = ? AND v.channel IN ('survey', 'review') AND v.merged_into IS NULL AND m.author_kind = 'customer'
ORDER BY m.at, m.id"""
_ELSEWHERE = f"""SELECT m.id, m.at, m.author_kind, m.author_name, m.author_address, m.recipients, v.subject, m.text,
    m.is_date_known, m.gone_at FROM messages m JOIN conversations v ON v.id = m.conversation_id
WHERE m.author_identity IN {IN_LIST} AND v.customer_id IS NOT ? ORDER BY m.id"""


def conversations(connection: Connection, customer: int, largest_content: int) -> Part:
    """Every conversation with every message, the oldest first; contents of attachments up to a size in bytes, for programs."""
    counted = connection.exec_driver_sql(
        "SELECT count(*) FROM conversations WHERE customer_id = ? AND merged_into IS NULL", (customer,)
    ).scalar()
    items = _conversations(connection, customer, largest_content)
    return Part("conversations", "Conversations", Shape.ENTRIES, items, counted)


def answers(connection: Connection, customer: int) -> Part:
    """What they answered in surveys and wrote in reviews."""
    rows = connection.exec_driver_sql(_ANSWERS, (customer,)).fetchall()
    items = [
        Item((
            Field("at", "When", moment(row.at)),
            Field("asked", "Asked", row.subject),
            Field("channel", "Kind", row.channel),
            Field("source", "Source", row.source),
            Field("scores", "Scores and choices", tuple(f"{name}: {said}" for name, said in readable(row.metadata).items())),
            Field("answer", "Answer", row.text),
        ))
        for row in rows
    ]  # fmt: skip
    return Part("answers", "Survey answers and reviews", Shape.TABLE, items, len(items))


def said_elsewhere(connection: Connection, customer: int, identities: str) -> Part:
    """Messages of theirs in conversations with somebody else."""
    rows = connection.exec_driver_sql(_ELSEWHERE, (identities, customer)).fetchall()
    items = (_message(connection, row, 0) for row in rows)
    remark = "Only their own messages; what others said in those conversations is left out."
    return Part("said_elsewhere", "Said in other people's conversations", Shape.ENTRIES, items, len(rows), remark)


def _conversations(connection: Connection, customer: int, largest_content: int) -> Iterator[Item]:
    at, key = _BEFORE_ALL, _BEFORE_ALL
    while rows := connection.exec_driver_sql(_KEYS, (customer, at, key, _A_PAGE)).fetchall():
        for row in rows:
            yield _conversation(connection, row.id, largest_content)
        at, key = rows[-1].last_at, rows[-1].id


def _conversation(connection: Connection, key: int, largest_content: int) -> Item:
    found = head(connection, key)
    messages = _messages(connection, key, largest_content)
    return Item(
        (
            Field("id", "ID", str(found.id), is_for_programs=True),
            Field("subject", "Subject", found.subject, is_for_programs=True),
            Field("channel", "Channel", found.channel.value),
            Field("source", "Source", found.source_name),
            Field("first_at", "Began", found.first_at),
            Field("last_at", "Last message", found.last_at),
            Field("state", "State", found.state.value),
            Field("assignee", "Taken care of by", found.assignee),
            Field("tags", "Tags", found.tags),
            Field("participants", "With", tuple(map(_person, found.participants))),
            Field("metadata", "What the source said of it", tuple(f"{name}: {said}" for name, said in found.metadata.items())),
        ),
        title=found.subject or "(no subject)",
        parts=(Part("messages", "Messages", Shape.ENTRIES, messages, found.turn_count), notes_on(connection, key, "conversation")),
    )  # fmt: skip


def _messages(connection: Connection, conversation: int, largest_content: int) -> Iterator[Item]:
    after = _BEFORE_ALL
    while rows := connection.exec_driver_sql(_MESSAGES, (conversation, after, _A_PAGE)).fetchall():
        for row in rows:
            yield _message(connection, row, largest_content)
        after = rows[-1].id


def _message(connection: Connection, row: Row, largest_content: int) -> Item:
    parts = connection.exec_driver_sql(_ATTACHMENTS, (row.id,)).fetchall()
    files = (_attachment(connection, part, largest_content) for part in parts)
    at = moment(row.at)
    return Item(
        (
            Field("at", "On", at),
            Field("is_date_known", "Date known", bool(row.is_date_known), is_for_programs=True),
            Field("author_kind", "Written by a", row.author_kind, is_for_programs=True),
            Field("from", "From", _person(Person(row.author_address, row.author_name))),
            Field("to", "To", tuple(map(_person, persons(row.recipients)))),
            Field("subject", "Subject", row.subject),
            Field("gone_at", "Gone at the source since", moment_or_none(row.gone_at)),
        ),
        text=row.text,
        parts=(Part("attachments", "Attachments", Shape.TABLE, files, len(parts)),) if parts else (),
    )


def _attachment(connection: Connection, row: Row, largest_content: int) -> Item:
    content, remark = None, "" if row.is_kept else "Only its description was kept"
    if largest_content and row.is_kept:
        if row.size <= largest_content:
            kept = connection.exec_driver_sql(
                "SELECT content FROM attachment_contents WHERE attachment_id = ?", (row.id,)
            ).scalar_one()
            content = base64.b64encode(kept).decode("ascii")
        else:
            remark = f"Not in this file: larger than {largest_content:,} bytes"
    return Item((
        Field("name", "Name", row.name),
        Field("type", "Type", row.media_type),
        Field("size", "Bytes", row.size),
        Field("remark", "Remark", remark),
        Field("base64", "Content", content, is_for_programs=True),
    ))  # fmt: skip


def _person(person: Person) -> str:
    address = person.address or person.written
    return f"{person.name} <{address}>" if person.name and address else person.name or address
