"""In what order the outbox is sent, and how long a reply of it is shown in its conversation."""

from __future__ import annotations

_SAME_THING = """(e.conversation_id = o.conversation_id OR (
    o.conversation_id IS NULL AND e.conversation_id IS NULL AND e.kind <> 'note' AND o.kind <> 'note'
    AND e.target_kind = o.target_kind AND e.external_id = o.external_id
    AND coalesce(json_extract(e.body, '$.name'), json_extract(e.body, '$.tag')) =
        coalesce(json_extract(o.body, '$.name'), json_extract(o.body, '$.tag'))))"""

EARLIER = f"e.id < o.id AND e.state NOT IN ('sent', 'dropped') AND e.source_id IS o.source_id AND {_SAME_THING}"
"""That ``e`` must be over before ``o`` may go.

In a conversation everything waits for what was done before: nobody closes what was not answered. Of a customer or a company
a property waits for the same property, a tag for the same tag; notes wait for nothing.
"""

IS_SHOWN = """(o.state NOT IN ('sent', 'dropped') OR (o.state = 'sent'
    AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.key = 'mail:' || json_extract(o.body, '$.message_id'))
    AND (json_extract(o.body, '$.message_id') IS NOT NULL
        OR NOT EXISTS (SELECT 1 FROM sources s WHERE s.id = o.source_id AND s.synced_at > o.settled_at))))"""
"""That a reply ``o`` is shown beside what came from the source.

One that was sent is, until it comes back: a mail as the message of its Message-ID, any other with the next whole sync.
"""
