"""In what order the outbox is sent, and how long a reply of it is shown in its conversation."""

from __future__ import annotations

# Each by its own index; the others are kept out, since most rows of a source are over.
_OPEN = "e.id < o.id AND +e.state NOT IN ('sent', 'dropped') AND +e.source_id IS o.source_id"
_IN_CONVERSATION = f"outbox e WHERE e.conversation_id = o.conversation_id AND {_OPEN}"
_OF_TARGET = f"""outbox e WHERE e.target_id = o.target_id AND o.conversation_id IS NULL AND +e.conversation_id IS NULL AND {_OPEN}
    AND e.kind <> 'note' AND o.kind <> 'note' AND e.target_kind = o.target_kind AND e.external_id = o.external_id
    AND coalesce(json_extract(e.body, '$.name'), json_extract(e.body, '$.tag')) =
        coalesce(json_extract(o.body, '$.name'), json_extract(o.body, '$.tag'))"""

IS_FIRST = f"NOT EXISTS (SELECT 1 FROM {_IN_CONVERSATION}) AND NOT EXISTS (SELECT 1 FROM {_OF_TARGET})"
"""That nothing must be over before ``o`` may go.

In a conversation everything waits for what was done before: nobody closes what was not answered. Of a customer or a company
a property waits for the same property, a tag for the same tag; notes wait for nothing.
"""

BEHIND = f"coalesce((SELECT min(e.id) FROM {_IN_CONVERSATION}), (SELECT min(e.id) FROM {_OF_TARGET}))"
"""The first row that must be over before ``o`` may go, or nothing."""

IS_SHOWN = """(o.state NOT IN ('sent', 'dropped') OR (o.state = 'sent'
    AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.key = 'mail:' || json_extract(o.body, '$.message_id'))
    AND (json_extract(o.body, '$.message_id') IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM sources s WHERE s.id = o.source_id AND s.synced_at > o.settled_at))))"""
"""That a reply ``o`` is shown beside what came from the source.

One that was sent is, until it comes back: a mail as the message of its Message-ID, any other with the next whole sync.
"""
