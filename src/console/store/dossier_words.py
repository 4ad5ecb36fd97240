"""Tags, segments and notes in a dossier, with their intervals and histories."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.dossier import Field, Item, Part, Shape
from console.store.connection import Connection, Row
from console.store.conversations import note_versions
from console.store.dialect import IN_LIST
from console.store.moments import moment, moment_or_none

_TAGS = f"""SELECT word, by, since, until, until_by FROM word_spans WHERE subject_id IN {IN_LIST} AND kind = 'tag'
ORDER BY lower(word), word, since, id"""
_SEGMENTS = f"""SELECT w.word AS name, coalesce(s.name, '') AS source, w.since, w.until FROM word_spans w
    JOIN identities i ON i.id = w.subject_id LEFT JOIN sources s ON s.id = i.source_id
    WHERE w.subject_id IN {IN_LIST} AND w.kind = 'given'
UNION ALL SELECT g.name, '', x.since, x.until FROM segment_spans x JOIN segments g ON g.id = x.segment_id WHERE x.owner_id = ?
ORDER BY 3, 1"""
_NOTES = """SELECT id, text, author, at, edited_by, edited_at, is_pinned, deleted_at FROM notes
WHERE owner_id = ? AND owner_kind = ? ORDER BY at, id"""


def tags(connection: Connection, identities: str) -> Part:
    """Every tag that is or was on these identities."""
    rows = connection.exec_driver_sql(_TAGS, (identities,)).fetchall()
    items = [
        Item(
            (
                Field("tag", "Tag", row.word),
                Field("by", "By", row.by),
                Field("since", "Since", moment(row.since)),
                Field("until", "Until", moment_or_none(row.until)),
                Field("until_by", "Taken off by", row.until_by),
            ),
            is_past=row.until is not None,
        )
        for row in rows
    ]
    return Part("tags", "Tags", Shape.TABLE, items, len(items))


def segments(connection: Connection, customer: int, identities: str) -> Part:
    """Every segment they are or were in, by rule or as a source said."""
    rows = connection.exec_driver_sql(_SEGMENTS, (identities, customer)).fetchall()
    items = [
        Item(
            (
                Field("segment", "Segment", row.name),
                Field("given_by", "Given by", row.source or "a rule of ours"),
                Field("since", "Since", moment(row.since)),
                Field("until", "Until", moment_or_none(row.until)),
            ),
            is_past=row.until is not None,
        )
        for row in rows
    ]
    return Part("segments", "Segments", Shape.TABLE, items, len(items))


def notes(connection: Connection, customer: int) -> Part:
    """Every note on the customer with what it said before; deleted ones are kept, and say so."""
    return notes_on(connection, customer, "customer")


def notes_on(connection: Connection, owner: int, owner_kind: str) -> Part:
    """The notes on a customer or a conversation, the oldest first."""
    rows = connection.exec_driver_sql(_NOTES, (owner, owner_kind)).fetchall()
    items = (_note(connection, row) for row in rows)
    return Part("notes", "Notes of teammates", Shape.ENTRIES, items, len(rows))


def _note(connection: Connection, row: Row) -> Item:
    return Item(
        (
            Field("author", "Written by", row.author),
            Field("at", "On", moment(row.at)),
            Field("edited_by", "Edited by", row.edited_by),
            Field("edited_at", "Edited on", moment_or_none(row.edited_at)),
            Field("deleted_at", "Deleted on", moment_or_none(row.deleted_at)),
            Field("is_pinned", "Pinned", bool(row.is_pinned), is_for_programs=True),
        ),
        text=row.text,
        is_past=row.deleted_at is not None,
        parts=_earlier(connection, row) if row.edited_at is not None else (),
    )


def _earlier(connection: Connection, note: Row) -> tuple[Part, ...]:
    versions = note_versions(connection, note.id)

    def items() -> Iterator[Item]:
        for version in versions:
            yield Item((Field("by", "By", version.by), Field("at", "On", version.at)), text=version.text)

    return (Part("versions", "What it said before, newest first", Shape.ENTRIES, items(), len(versions)),)
