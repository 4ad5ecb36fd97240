"""What a conversation of mails takes from its mails: whose it is, its subject, who takes part."""

from __future__ import annotations

from collections.abc import Iterable

from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed

_FIRST_OF_CONVERSATION = f"""UPDATE conversations SET
    identity_id = coalesce((SELECT m.author_identity FROM messages m WHERE m.conversation_id = conversations.id
        AND m.author_kind = 'customer' AND m.author_identity IS NOT NULL ORDER BY m.at, m.key LIMIT 1),
        (SELECT m.author_identity FROM messages m WHERE m.conversation_id = conversations.id AND m.author_identity IS NOT NULL
        ORDER BY m.at, m.key LIMIT 1)),
    subject = coalesce((SELECT m.subject FROM messages m WHERE m.conversation_id = conversations.id AND m.subject <> ''
        ORDER BY m.at, m.key LIMIT 1), '')
    WHERE channel = 'email' AND id IN {IN_LIST}"""

_PARTICIPANTS = f"""INSERT OR IGNORE INTO participants (conversation_id, address, name, role)
    SELECT conversation_id, address, name, role FROM (
        SELECT m.id, m.conversation_id, coalesce(nullif(m.author_address, ''), m.author_written) AS address, m.author_name AS name, 'from' AS role
        FROM messages m WHERE m.conversation_id IN {IN_LIST}
        UNION ALL SELECT m.id, m.conversation_id, r.value ->> 1, r.value ->> 2, r.value ->> 0
        FROM messages m, json_each(m.recipients) r WHERE m.conversation_id IN {IN_LIST})
    WHERE address <> '' ORDER BY id"""


def follow_first_mail(connection: Connection, conversations: Iterable[int]) -> None:
    """A conversation is the customer's who wrote its first mail, and bears that mail's subject."""
    connection.exec_driver_sql(_FIRST_OF_CONVERSATION, (listed(conversations),))


def follow_mails(connection: Connection, conversations: Iterable[int]) -> None:
    """After mails were taken out: whose the rest is, and who still takes part in it."""
    ids = listed(conversations)
    mails = "SELECT id FROM conversations WHERE channel = 'email'"
    connection.exec_driver_sql(
        f"DELETE FROM participants WHERE conversation_id IN {IN_LIST} AND conversation_id IN ({mails})", (ids,)
    )
    connection.exec_driver_sql(_PARTICIPANTS, (ids, ids))
    connection.exec_driver_sql(_FIRST_OF_CONVERSATION, (ids,))
