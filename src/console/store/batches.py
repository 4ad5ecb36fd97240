"""Import batches: a whole import taken out again as one step, without harming what was done since.

What the batch brought goes; what it ended is open again; whatever a teammate has touched since stays, with enough of the
import to make sense of it (names and addresses, whole conversations).
"""

from __future__ import annotations

from sqlalchemy import Connection

from console.store.changes import Stale
from console.store.dialect import IN_LIST, listed
from console.store.errors import Refused
from console.store.memberships import derive_memberships
from console.store.refreshing import Touched

_REOPENED = """INSERT INTO claims (identity_id, property_id, rank, state, kind, value, origin_kind, origin_name, origin_key, acted_at,
        source_time, since, is_pin, edit_id, batch_id)
    SELECT identity_id, property_id, rank, state, kind, value, origin_kind, origin_name, origin_key, acted_at, source_time, ?, is_pin,
        edit_id, batch_id
    FROM claims c WHERE ended_by = ? AND batch_id IS NOT ? AND NOT EXISTS (SELECT 1 FROM claims o WHERE o.identity_id = c.identity_id
        AND o.property_id = c.property_id AND o.origin_key = c.origin_key AND o.until IS NULL)"""


def take_batch_out(connection: Connection, batch: str, now: int, touched: Touched) -> None:
    """Take a finished or stopped batch out again. Raises Refused where it is out already or still running."""
    state = connection.exec_driver_sql("SELECT state FROM import_batches WHERE id = ?", (batch,)).scalar()
    if state is None:
        raise Refused("There is no such import")
    if state in ("undone", "running"):
        raise Refused(
            "The import was taken back already" if state == "undone" else "The import is still running; stop it first"
        )
    _touch(connection, batch, touched)
    kept = _kept_conversations(connection, batch)
    _drop_claims(connection, batch, now)
    _drop_events_and_tags(connection, batch)
    _drop_messages(connection, batch, kept, touched)
    _drop_identities(connection, batch, touched)
    _forget_records(connection, batch, kept)
    connection.exec_driver_sql("UPDATE import_batches SET state = 'undone', undone_at = ? WHERE id = ?", (now, batch))
    touched.also(Stale.IMPORT)
    touched.also(Stale.TAG)


def _touch(connection: Connection, batch: str, touched: Touched) -> None:
    touched.customers.update(_column(connection, """
        SELECT owner_id FROM identities WHERE kind = 'customer' AND (batch_id = ?1 OR id IN (
            SELECT identity_id FROM claims WHERE batch_id = ?1 OR ended_by = ?1) OR id IN (SELECT identity_id FROM events WHERE batch_id = ?1)
            OR id IN (SELECT subject_id FROM taggings WHERE batch_id = ?1))""", batch))  # fmt: skip
    touched.companies.update(_column(connection, """
        SELECT owner_id FROM identities WHERE kind = 'company' AND (batch_id = ?1 OR id IN (
            SELECT identity_id FROM claims WHERE batch_id = ?1 OR ended_by = ?1) OR id IN (SELECT subject_id FROM taggings WHERE batch_id = ?1))
        UNION SELECT company_id FROM memberships WHERE batch_id = ?1""", batch))  # fmt: skip
    touched.conversations.update(_column(connection, """
        SELECT id FROM conversations WHERE batch_id = ?1 UNION SELECT conversation_id FROM messages WHERE batch_id = ?1
        UNION SELECT subject_id FROM taggings WHERE batch_id = ?1 AND owner_kind = 'conversation'""", batch))  # fmt: skip


def _kept_conversations(connection: Connection, batch: str) -> set[int]:
    """Conversations of the batch on which a teammate has written, stuck a tag, queued a reply or placed a customer since."""
    return set(_column(connection, """
        SELECT c.id FROM conversations c WHERE c.id IN (SELECT conversation_id FROM messages WHERE batch_id = ?1) AND (
            EXISTS (SELECT 1 FROM notes n WHERE n.owner_id = c.id AND n.deleted_at IS NULL)
            OR EXISTS (SELECT 1 FROM taggings g WHERE g.owner_id = c.id AND g.batch_id IS NULL)
            OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id) OR c.placed_id IS NOT NULL)""", batch))  # fmt: skip


def _drop_claims(connection: Connection, batch: str, now: int) -> None:
    identities = _column(
        connection, "SELECT DISTINCT identity_id FROM claims WHERE batch_id = ?1 OR ended_by = ?1", batch
    )
    connection.exec_driver_sql(
        """DELETE FROM claims WHERE batch_id = ? AND NOT (until IS NULL AND property_id IN (SELECT id FROM properties WHERE name = 'name')
           AND identity_id IN (SELECT i.id FROM identities i JOIN identities h ON h.owner_id = i.owner_id AND h.source_id = 0
               WHERE EXISTS (SELECT 1 FROM notes n WHERE n.subject_id = h.id AND n.deleted_at IS NULL)
               OR EXISTS (SELECT 1 FROM taggings g WHERE g.subject_id = h.id AND g.batch_id IS NULL)
               OR EXISTS (SELECT 1 FROM claims m WHERE m.identity_id = h.id AND m.until IS NULL)))""",
        (batch,),
    )
    connection.exec_driver_sql(_REOPENED, (now, batch, batch))
    connection.exec_driver_sql("DELETE FROM memberships WHERE batch_id = ?", (batch,))
    derive_memberships(connection, identities, now)


def _drop_events_and_tags(connection: Connection, batch: str) -> None:
    for table in ("events", "taggings", "segments_given"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE batch_id = ?", (batch,))


def _drop_messages(connection: Connection, batch: str, kept: set[int], touched: Touched) -> None:
    messages = listed(
        _column(
            connection,
            f"SELECT id FROM messages WHERE batch_id = ? AND conversation_id NOT IN {IN_LIST}",
            batch,
            listed(kept),
        )
    )
    for statement in (
        f"DELETE FROM attachment_contents WHERE attachment_id IN (SELECT id FROM attachments WHERE message_id IN {IN_LIST})",
        f"DELETE FROM attachments WHERE message_id IN {IN_LIST}",
        f"DELETE FROM thread_subjects WHERE message_id IN {IN_LIST}",
        f"DELETE FROM messages WHERE id IN {IN_LIST}",
    ):
        connection.exec_driver_sql(statement, (messages,))
    gone = _column(connection, """SELECT id FROM conversations c WHERE batch_id = ?
        AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id)""", batch)  # fmt: skip
    gone = [one for one in gone if one not in kept]
    for table, column in (
        ("thread_keys", "conversation_id"),
        ("participants", "conversation_id"),
        ("conversations", "id"),
    ):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} IN {IN_LIST}", (listed(gone),))


def _drop_identities(connection: Connection, batch: str, touched: Touched) -> None:
    """Identities go unless something still hangs on their owner; then they keep the owner's name and address."""
    free = _column(connection, """
        SELECT i.id FROM identities i WHERE i.batch_id = ?1
            AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.identity_id = i.id) AND NOT EXISTS (SELECT 1 FROM events e WHERE e.identity_id = i.id)
            AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.author_identity = i.id)
            AND NOT EXISTS (SELECT 1 FROM conversations c WHERE i.id IN (c.identity_id, c.placed_id))
            AND NOT EXISTS (SELECT 1 FROM identities h JOIN notes n ON n.subject_id = h.id WHERE h.owner_id = i.owner_id)
            AND NOT EXISTS (SELECT 1 FROM identities h JOIN taggings g ON g.subject_id = h.id WHERE h.owner_id = i.owner_id AND g.edit_id IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM identities h JOIN claims c ON c.identity_id = h.id WHERE h.owner_id = i.owner_id
                AND c.edit_id IS NOT NULL AND c.until IS NULL)
            AND NOT EXISTS (SELECT 1 FROM memberships m WHERE i.id IN (m.customer_identity, m.company_identity))
            AND NOT (i.source_id = 0 AND EXISTS (SELECT 1 FROM identities o WHERE o.owner_id = i.owner_id AND o.batch_id IS NOT ?1))""", batch)  # fmt: skip
    ids = listed(free)
    owners = _column(connection, f"SELECT DISTINCT owner_id FROM identities WHERE id IN {IN_LIST}", ids)
    for statement in (
        f"DELETE FROM identity_keys WHERE identity_id IN {IN_LIST}",
        f"DELETE FROM identity_history WHERE identity_id IN {IN_LIST}",
        f"DELETE FROM identities WHERE id IN {IN_LIST}",
    ):
        connection.exec_driver_sql(statement, (ids,))
    for table in ("customers", "companies"):
        connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE id IN {IN_LIST} AND batch_id = ? AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.owner_id = {table}.id)",
            (listed(owners), batch),
        )
    connection.exec_driver_sql(f"DELETE FROM winners WHERE owner_id IN {IN_LIST}", (listed(owners),))


def _forget_records(connection: Connection, batch: str, kept: set[int]) -> None:
    connection.exec_driver_sql(
        f"""DELETE FROM records WHERE batch_id = ? AND (target_id IS NULL OR target_id NOT IN (
            SELECT id FROM messages WHERE conversation_id IN {IN_LIST}))""",
        (batch, listed(kept)),
    )
    connection.exec_driver_sql("UPDATE records SET hash = x'' WHERE touched_by = ?", (batch,))
    connection.exec_driver_sql("DELETE FROM quarantine WHERE batch_id = ?", (batch,))
    connection.exec_driver_sql(
        "DELETE FROM properties WHERE is_on_top = 0 AND choices = '[]' AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.property_id = properties.id)"
        " AND NOT EXISTS (SELECT 1 FROM properties t WHERE t.company_property_id = properties.id)"
    )
    connection.exec_driver_sql("DELETE FROM tags WHERE NOT EXISTS (SELECT 1 FROM taggings g WHERE g.tag_id = tags.id)")


def _column(connection: Connection, statement: str, *arguments: str) -> list[int]:
    return [row[0] for row in connection.exec_driver_sql(statement, arguments).fetchall()]
