"""Tags that sources give: stuck on as if a teammate had, under the source's name."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.ids import stable_id
from console.domain.records import OwnerKind
from console.store.claims import Voice
from console.store.connection import Connection


def tagging_id(tag: str, subject: int) -> int:
    """The key of a tag on one subject (an identity, or a conversation)."""
    return stable_id("tagging", tag, str(subject))


def make_tag(connection: Connection, tag: str, now: int) -> int:
    """The key of a tag, made where it is new."""
    key = stable_id("tag", tag)
    connection.exec_driver_sql(
        "INSERT INTO tags (id, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (key, tag, now)
    )
    return key


def give_tags(
    connection: Connection, kind: OwnerKind, subject: int, owner: int, tags: Iterable[str], voice: Voice
) -> bool:
    """Stick a source's tags on an identity or a conversation; those there already stay. Whether one of them is new."""
    given = 0
    for tag in tags:
        key = make_tag(connection, tag, voice.acted_at)
        given += connection.exec_driver_sql(
            """INSERT INTO taggings (id, tag_id, owner_kind, subject_id, owner_id, by, at, batch_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT DO NOTHING""",
            (
                tagging_id(tag, subject),
                key,
                kind.value,
                subject,
                owner,
                voice.origin.name,
                voice.acted_at,
                voice.batch_id,
            ),
        ).rowcount
    return given > 0
