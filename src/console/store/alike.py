"""Conversations of nobody that the same somebody wrote: what else could be linked when one of them is."""

from __future__ import annotations

from console.domain.assigning import Alike
from console.domain.ids import ConversationId
from console.domain.records import Channel
from console.store.connection import Connection

# Nobody's, still there, and not taken from this very customer by hand.
_FREE = """o.customer_id IS NULL AND o.merged_into IS NULL AND o.id <> ?1 AND NOT (o.is_unlinked AND EXISTS (
    SELECT 1 FROM identities i WHERE i.id = o.identity_id AND i.owner_id = ?2))"""
# A nickname that somebody else has had as well tells nothing.
_BY_NICKNAME = f"""SELECT o.id, o.channel, c.nickname AS said FROM conversations c JOIN conversations o
    ON o.nickname = c.nickname AND o.source_id = c.source_id
WHERE c.id = ?1 AND c.nickname <> '' AND o.nickname <> '' AND {_FREE} AND NOT EXISTS (SELECT 1 FROM conversations x
    WHERE x.nickname = c.nickname AND x.nickname <> '' AND x.source_id = c.source_id AND x.id <> ?1 AND x.customer_id <> ?2) LIMIT ?3"""
_BY_IDENTITY = f"""SELECT o.id, o.channel, coalesce((SELECT min(k.written) FROM identity_keys k
        WHERE k.identity_id = c.identity_id AND k.kind = 'customer'), '') AS said
    FROM conversations c JOIN conversations o ON o.identity_id = c.identity_id
WHERE c.id = ?1 AND {_FREE} LIMIT ?3"""
_BY_ADDRESS = f"""SELECT o.id, o.channel, m.author_address AS said FROM (
    SELECT DISTINCT author_address FROM messages WHERE conversation_id = ?1 AND author_kind = 'customer' AND author_address <> '') m
    CROSS JOIN participants p ON p.address = m.author_address AND p.role = 'from' JOIN conversations o ON o.id = p.conversation_id
WHERE {_FREE} LIMIT ?3"""
# A name alone tells little, so only in the same source, where nobody there gives an address; the newest are looked at.
_BY_NAME = f"""SELECT DISTINCT o.id, o.channel, m.author_name AS said FROM conversations c
    JOIN (SELECT * FROM conversations WHERE customer_id IS NULL ORDER BY last_at DESC LIMIT 1000) o ON o.source_id = c.source_id
    JOIN messages m ON m.conversation_id = o.id AND m.author_kind = 'customer' AND m.author_address = '' AND m.author_name <> ''
WHERE c.id = ?1 AND c.nickname = '' AND {_FREE} AND m.author_name IN (SELECT author_name FROM messages
    WHERE conversation_id = ?1 AND author_kind = 'customer' AND author_address = '' AND author_name <> '') LIMIT ?3"""


def alike(connection: Connection, conversation: int, customer: int, limit: int) -> Alike | None:
    """What else of the same nickname, identity, address or name is nobody's; None where there is nothing.

    At most ``limit`` conversations by the strongest evidence that finds any: none of them is taken from anybody.
    """
    for question in (_BY_NICKNAME, _BY_IDENTITY, _BY_ADDRESS, _BY_NAME):
        rows = connection.exec_driver_sql(question, (conversation, customer, limit)).fetchall()
        if rows:
            channels = {Channel(row[1]) for row in rows}
            keys = tuple(dict.fromkeys(ConversationId(row[0]) for row in rows))
            return Alike(keys, rows[0][2], channels.pop() if len(channels) == 1 else None)
    return None
