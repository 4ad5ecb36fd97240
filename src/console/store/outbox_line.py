"""In what order the outbox is sent: what is about one thing goes one after the other."""

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
