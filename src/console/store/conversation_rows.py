"""The row of a conversation in the inbox, worked out from its messages."""

from __future__ import annotations

from collections.abc import Iterable

from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed

_FROM_MESSAGES = """
WITH wanted AS (SELECT value AS id FROM json_each(?)),
seen AS (
    SELECT m.conversation_id AS id, min(m.at) AS first_at, max(m.at) AS last_at, count(*) AS message_count,
        max(m.id) AS last_id, max(CASE WHEN m.author_kind = 'teammate' THEN m.id ELSE 0 END) AS answered_id,
        sum(m.author_kind <> 'teammate' AND m.is_read = 0 AND m.id > c.read_through) AS unread
    FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.conversation_id IN (SELECT id FROM wanted) AND m.gone_at IS NULL GROUP BY m.conversation_id)
UPDATE conversations SET
    first_at = seen.first_at, last_at = seen.last_at, message_count = seen.message_count,
    unread_count = max(seen.unread, conversations.is_marked_unread),
    preview = (SELECT trim(substr(replace(replace(substr(m.text, 1, coalesce(nullif(m.quoted_from, 0), 400)), char(10), ' '), char(13), ' '), 1, 160)) FROM messages m WHERE m.id = seen.last_id),
    last_author = (SELECT m.author_kind FROM messages m WHERE m.id = seen.last_id),
    waiting_since = (SELECT min(m.at) FROM messages m WHERE m.conversation_id = seen.id AND m.gone_at IS NULL
        AND m.id > seen.answered_id AND m.author_kind = 'customer'),
    attachment_count = (SELECT count(*) FROM messages m JOIN attachments a ON a.message_id = m.id
        WHERE m.conversation_id = seen.id AND a.is_inline = 0)
FROM seen WHERE conversations.id = seen.id"""

_DELETED = "Deleted at the source"
_EMPTIED = f"""UPDATE conversations SET message_count = 0, unread_count = 0, waiting_since = NULL, attachment_count = 0,
        preview = CASE WHEN EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = conversations.id) THEN '{_DELETED}' ELSE '' END
    WHERE id IN {IN_LIST} AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = conversations.id AND m.gone_at IS NULL)"""

_THEIR_CUSTOMER = """CASE WHEN is_unlinked THEN NULL
        ELSE (SELECT owner_id FROM identities WHERE id = coalesce(placed_id, identity_id)) END"""
_THEIR_COMPANY = "(SELECT company_id FROM customers u WHERE u.id = conversations.customer_id)"

_CUSTOMER = f"""UPDATE conversations SET customer_id = {_THEIR_CUSTOMER}
    WHERE id IN {IN_LIST} AND customer_id IS NOT {_THEIR_CUSTOMER}"""

_COMPANY = f"""UPDATE conversations SET company_id = {_THEIR_COMPANY}
    WHERE id IN {IN_LIST} AND company_id IS NOT {_THEIR_COMPANY}"""


def refresh_conversations(connection: Connection, conversations: Iterable[int]) -> None:
    """Work out the rows of these conversations again: times, preview, waiting since, unread, customer and company."""
    ids = listed(conversations)
    for statement in (_FROM_MESSAGES, _EMPTIED, _CUSTOMER, _COMPANY):
        connection.exec_driver_sql(statement, (ids,))


def wake_snoozed(connection: Connection, now: int) -> tuple[int, ...]:
    """Open the conversations whose snooze has ended; gives their keys."""
    rows = connection.exec_driver_sql(
        "SELECT id FROM conversations WHERE state = 'snoozed' AND snoozed_until <= ? ORDER BY id", (now,)
    ).fetchall()
    if rows:
        connection.exec_driver_sql(
            "UPDATE conversations SET state = 'open', snoozed_until = NULL WHERE state = 'snoozed' AND snoozed_until <= ?",
            (now,),
        )
    return tuple(row[0] for row in rows)
