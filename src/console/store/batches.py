"""Import batches: a whole import taken out again as one step, without harming what was done since.

What the batch brought goes; what it ended is open again; whatever a teammate has touched since stays, with enough of the
import to make sense of it (names and addresses, whole conversations).
"""

from __future__ import annotations

from console.store.batch_joins import part_again
from console.store.changes import Stale
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.errors import Refused
from console.store.mail_rows import follow_mails
from console.store.memberships import derive_memberships
from console.store.refreshing import Touched

# The owner's identities tell who it is without this batch: another source, another import, or a teammate says so.
_STANDS = """EXISTS (SELECT 1 FROM identities o WHERE o.owner_id = i.owner_id AND o.batch_id IS NOT ?1
    AND (o.source_id <> 0 OR o.edit_id IS NOT NULL))"""

# A teammate did something with the owner since, which hangs on a home of it.
_USED = """EXISTS (SELECT 1 FROM identities h WHERE h.owner_id = i.owner_id AND h.source_id = 0 AND (
    EXISTS (SELECT 1 FROM notes n WHERE n.subject_id = h.id AND n.deleted_at IS NULL)
    OR EXISTS (SELECT 1 FROM taggings g WHERE g.subject_id = h.id AND g.edit_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM claims m WHERE m.identity_id = h.id AND m.edit_id IS NOT NULL AND m.until IS NULL)
    OR EXISTS (SELECT 1 FROM memberships m WHERE h.id IN (m.customer_identity, m.company_identity) AND m.edit_id IS NOT NULL AND m.until IS NULL)
    OR EXISTS (SELECT 1 FROM conversations c WHERE c.placed_id = h.id)))"""

# The name of somebody who is kept only because of what a teammate did stays readable.
_GOING = f"""SELECT c.id FROM claims c JOIN identities i ON i.id = c.identity_id WHERE c.batch_id = ?1 AND NOT (
    c.until IS NULL AND c.property_id IN (SELECT id FROM properties WHERE name = 'name') AND {_USED} AND NOT {_STANDS})"""

# What the batch ended goes on as if it had not been: until whatever ended the batch's own claim in its place.
_HANDED_OVER = f"""WITH last AS (SELECT identity_id, property_id, origin_key, max(id) AS id FROM claims
        WHERE id IN ({_GOING}) GROUP BY identity_id, property_id, origin_key)
    UPDATE claims SET until = d.until, ended_by = d.ended_by FROM last l JOIN claims d ON d.id = l.id
    WHERE claims.ended_by = ?1 AND claims.batch_id IS NOT ?1 AND claims.identity_id = l.identity_id
        AND claims.property_id = l.property_id AND claims.origin_key = l.origin_key"""

_FREE = f"""SELECT i.id FROM identities i WHERE i.batch_id = ?1 AND i.source_id <> 0 AND ({_STANDS} OR NOT {_USED})
    AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.identity_id = i.id) AND NOT EXISTS (SELECT 1 FROM events e WHERE e.identity_id = i.id)
    AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.author_identity = i.id)
    AND NOT EXISTS (SELECT 1 FROM conversations c WHERE i.id IN (c.identity_id, c.placed_id))
    AND NOT EXISTS (SELECT 1 FROM taggings g WHERE g.subject_id = i.id)
    AND NOT EXISTS (SELECT 1 FROM memberships m WHERE i.id IN (m.customer_identity, m.company_identity) AND m.until IS NULL)"""

_FREE_HOMES = f"""SELECT i.id FROM identities i WHERE i.batch_id = ?1 AND i.source_id = 0 AND NOT {_USED}
    AND NOT EXISTS (SELECT 1 FROM identities o WHERE o.owner_id = i.owner_id AND o.source_id <> 0)
    AND NOT EXISTS (SELECT 1 FROM memberships m WHERE i.id IN (m.customer_identity, m.company_identity) AND m.until IS NULL)"""


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
    _drop_messages(connection, batch, kept)
    part_again(connection, batch, now, touched)
    _drop_identities(connection, batch)
    _forget_records(connection, batch, kept)
    connection.exec_driver_sql("UPDATE import_batches SET state = 'undone', undone_at = ? WHERE id = ?", (now, batch))
    touched.also(Stale.IMPORT)
    touched.also(Stale.TAG)


def _touch(connection: Connection, batch: str, touched: Touched) -> None:
    touched.customers.update(_column(connection, """
        SELECT owner_id FROM identities WHERE kind = 'customer' AND (batch_id = ?1 OR id IN (
            SELECT identity_id FROM claims WHERE batch_id = ?1 OR ended_by = ?1) OR id IN (SELECT identity_id FROM events WHERE batch_id = ?1)
            OR id IN (SELECT subject_id FROM taggings WHERE batch_id = ?1) OR id IN (SELECT author_identity FROM messages WHERE batch_id = ?1)
            OR id IN (SELECT identity_id FROM identity_keys WHERE batch_id = ?1))
        UNION SELECT customer_id FROM conversations WHERE customer_id IS NOT NULL AND (
            batch_id = ?1 OR id IN (SELECT conversation_id FROM messages WHERE batch_id = ?1))
        UNION SELECT customer_id FROM memberships WHERE batch_id = ?1""", batch))  # fmt: skip
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
    connection.exec_driver_sql(_HANDED_OVER, (batch,))
    connection.exec_driver_sql(f"DELETE FROM claims WHERE id IN ({_GOING})", (batch,))
    connection.exec_driver_sql("DELETE FROM memberships WHERE batch_id = ?", (batch,))
    connection.exec_driver_sql(
        f"""UPDATE memberships SET until = NULL WHERE customer_identity IN {IN_LIST} AND origin = 'derived'
            AND until = (SELECT started_at FROM import_batches WHERE id = ?)""",
        (listed(identities), batch),
    )
    derive_memberships(connection, identities, now)


# What a wrong import stuck on never was: the interval goes with the word, rather than ending now.
_INTERVALS = """DELETE FROM word_spans WHERE until IS NULL AND (
    (kind = 'tag' AND (subject_id, word) IN (
        SELECT g.subject_id, t.name FROM taggings g JOIN tags t ON t.id = g.tag_id WHERE g.batch_id = ?1))
    OR (kind = 'given' AND (subject_id, word) IN (SELECT identity_id, name FROM segments_given WHERE batch_id = ?1)))"""


def _drop_events_and_tags(connection: Connection, batch: str) -> None:
    connection.exec_driver_sql(_INTERVALS, (batch,))
    for table in ("events", "taggings", "segments_given"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE batch_id = ?", (batch,))


def _drop_messages(connection: Connection, batch: str, kept: set[int]) -> None:
    thinned = _column(connection, "SELECT DISTINCT conversation_id FROM messages WHERE batch_id = ?", batch)
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
    follow_mails(connection, set(thinned) - set(gone))


def _drop_identities(connection: Connection, batch: str) -> None:
    """Identities go unless something still hangs on them, or on an owner of whom nothing else would tell who it was."""
    owners: set[int] = set()
    for statement in (_FREE, _FREE_HOMES):
        ids = listed(_column(connection, statement, batch))
        owners.update(_column(connection, f"SELECT owner_id FROM identities WHERE id IN {IN_LIST}", ids))
        for table, column in (
            ("identity_keys", "identity_id"),
            ("identity_history", "identity_id"),
            ("claims", "identity_id"),
            ("identities", "id"),
        ):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} IN {IN_LIST}", (ids,))
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
        """DELETE FROM properties WHERE is_on_top = 0 AND choices = '[]' AND created_at = (SELECT started_at FROM import_batches WHERE id = ?)
           AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.property_id = properties.id)
           AND NOT EXISTS (SELECT 1 FROM properties t JOIN claims c ON c.property_id = t.id WHERE t.company_property_id = properties.id)""",
        (batch,),
    )
    connection.exec_driver_sql("DELETE FROM tags WHERE NOT EXISTS (SELECT 1 FROM taggings g WHERE g.tag_id = tags.id)")


def _column(connection: Connection, statement: str, *arguments: str) -> list[int]:
    return [row[0] for row in connection.exec_driver_sql(statement, arguments).fetchall()]
