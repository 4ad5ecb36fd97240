"""What a removed source brought is taken out again, in steps, without harming what teammates did with it.

Records go in the order of their places, with their mails, conversations, events and notes; then what was said of whom, and
whoever nothing else knows. A conversation or a customer that a teammate touched stays, with what makes sense of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from console.domain.ids import SourceId
from console.store.changes import Stale
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, act, listed
from console.store.ingest_notes import note_id
from console.store.mail_rows import follow_mails
from console.store.refreshing import Touched, refresh
from console.store.source_people import take_people

_AT_ONCE = 200
_PEOPLE = "\U0010ffff people:"
"""No record has a place behind this one."""

# A teammate wrote on it, stuck a tag, answered, or said whose it is.
_USED = f"""SELECT c.id FROM conversations c WHERE c.id IN {IN_LIST} AND (c.placed_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM notes n WHERE n.owner_id = c.id AND n.deleted_at IS NULL AND (n.edit_id IS NOT NULL OR n.edited_at IS NOT NULL))
    OR EXISTS (SELECT 1 FROM taggings g WHERE g.subject_id = c.id AND g.edit_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id))"""


def take_step(connection: Connection, source: SourceId, place: str, now: int) -> str | None:
    """Take the next few records out; gives the place up to which it came, None where nothing is left to do."""
    state = connection.exec_driver_sql("SELECT state FROM sources WHERE id = ?", (source,)).scalar()
    if state != "removed":  # connected again meanwhile: what is left stays
        return None
    act(connection, now, "")
    touched = Touched()
    if not place:
        _forget_course(connection, source)
    if place.startswith(_PEOPLE):
        reached = take_people(connection, source, place.removeprefix(_PEOPLE), now, touched)
        place = f"{_PEOPLE}{reached}" if reached is not None else ""
    else:
        place = _take_records(connection, source, place, touched)
    if not place:
        touched.also(Stale.TAG)
        touched.also(Stale.SOURCE, source)
    refresh(connection, touched)
    return place or None


def _forget_course(connection: Connection, source: SourceId) -> None:
    """Connected again, it is read from its beginning."""
    for table in ("streams", "coverage", "quarantine", "source_runs"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE source_id = ?", (source,))


def _take_records(connection: Connection, source: SourceId, place: str, touched: Touched) -> str:
    rows = connection.exec_driver_sql(
        "SELECT id, external_id, kind, target_id FROM records WHERE source_id = ? AND external_id > ? ORDER BY external_id LIMIT ?",
        (source, place, _AT_ONCE),
    ).fetchall()
    if not rows:
        return _PEOPLE
    kept = _take_talks(connection, source, rows, touched)
    _take_events(connection, source, rows, touched)
    _take_notes(connection, source, rows, touched)
    gone = [row for row in rows if row.id not in kept]
    connection.exec_driver_sql(f"DELETE FROM records WHERE id IN {IN_LIST}", (listed(row.id for row in gone),))
    connection.exec_driver_sql(
        f"DELETE FROM source_raws WHERE source_id = ? AND external_id IN {IN_LIST}",
        (source, listed(row.external_id for row in rows)),
    )
    return rows[-1].external_id


def _take_talks(connection: Connection, source: SourceId, rows: Sequence[Row], touched: Touched) -> set[int]:
    """Mails and conversations; gives the records whose conversation stays."""
    mails = {row.id: row.target_id for row in rows if row.kind == "MailRecord" and row.target_id is not None}
    talks = {row.id: row.target_id for row in rows if row.kind == "ConversationRecord" and row.target_id is not None}
    where = dict(
        connection.exec_driver_sql(
            f"SELECT id, conversation_id FROM messages WHERE id IN {IN_LIST}", (listed(mails.values()),)
        ).fetchall()
    )
    conversations = {*talks.values(), *where.values()}
    used = _column(connection, _USED, listed(conversations))
    kept = {record for record, message in mails.items() if where.get(message) in used}
    kept |= {record for record, conversation in talks.items() if conversation in used}
    elsewhere = _column(
        connection,
        f"SELECT target_id FROM records WHERE target_id IN {IN_LIST} AND kind = 'MailRecord' AND source_id <> ?",
        listed(mails.values()),
        source,
    )
    going = {message for message, talk in where.items() if talk not in used and message not in elsewhere}
    going |= _column(
        connection,
        f"SELECT id FROM messages WHERE conversation_id IN {IN_LIST} AND source_id = ? AND edit_id IS NULL",
        listed(set(talks.values()) - used),
        source,
    )
    _drop_messages(connection, going)
    _drop_emptied(connection, source, conversations - used, touched)
    return kept


def _drop_messages(connection: Connection, messages: Iterable[int]) -> None:
    ids = listed(messages)
    for statement in (
        f"DELETE FROM attachment_contents WHERE attachment_id IN (SELECT id FROM attachments WHERE message_id IN {IN_LIST})",
        f"DELETE FROM attachments WHERE message_id IN {IN_LIST}",
        f"DELETE FROM thread_subjects WHERE message_id IN {IN_LIST}",
        f"DELETE FROM messages WHERE id IN {IN_LIST}",
    ):
        connection.exec_driver_sql(statement, (ids,))


def _drop_emptied(connection: Connection, source: SourceId, conversations: set[int], touched: Touched) -> None:
    empty = _column(
        connection,
        f"""SELECT id FROM conversations c WHERE id IN {IN_LIST} AND source_id = ?
            AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id)""",
        listed(conversations),
        source,
    )
    touched.seen |= _column(
        connection,
        f"SELECT customer_id FROM conversations WHERE id IN {IN_LIST} AND customer_id IS NOT NULL",
        listed(conversations),
    )
    for table, column in (
        ("thread_keys", "conversation_id"),
        ("participants", "conversation_id"),
        ("taggings", "subject_id"),
        ("notes", "owner_id"),
        ("conversations", "merged_into"),
        ("conversations", "id"),
    ):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} IN {IN_LIST}", (listed(empty),))
    follow_mails(connection, conversations - empty)
    touched.conversations |= conversations


def _take_events(connection: Connection, source: SourceId, rows: Sequence[Row], touched: Touched) -> None:
    events = listed(row.external_id.partition(":")[2] for row in rows if row.kind == "EventRecord")
    which = f"source_id = ? AND external_id IN {IN_LIST}"
    touched.seen |= _column(connection, f"SELECT owner_id FROM events WHERE {which}", source, events)
    connection.exec_driver_sql(f"DELETE FROM events WHERE {which}", (source, events))


def _take_notes(connection: Connection, source: SourceId, rows: Sequence[Row], touched: Touched) -> None:
    """Notes of the source, but for those that a teammate has changed here."""
    ids = listed(note_id(source, row.external_id.partition(":")[2]) for row in rows if row.kind == "NoteRecord")
    which = f"id IN {IN_LIST} AND edited_at IS NULL"
    for kind, places in (
        ("customer", touched.seen),
        ("company", touched.companies),
        ("conversation", touched.conversations),
    ):
        places |= _column(connection, f"SELECT owner_id FROM notes WHERE {which} AND owner_kind = ?", ids, kind)
    connection.exec_driver_sql(f"DELETE FROM notes WHERE {which}", (ids,))


def _column(connection: Connection, statement: str, *arguments: object) -> set[int]:
    return {row[0] for row in connection.exec_driver_sql(statement, arguments).fetchall()}
