"""What a workspace shows after a pull, without the keys that depend on what came first."""

from __future__ import annotations

from typing import Any

from tests.store.world import World

_ASKED = {
    "values": "SELECT i.external_id, p.owner_kind, p.name, w.text FROM winners w JOIN properties p ON p.id = w.property_id "
    "JOIN identities i ON i.owner_id = w.owner_id WHERE i.source_id <> 0",
    "companies": "SELECT i.external_id, o.name FROM customers u JOIN companies o ON o.id = u.company_id "
    "JOIN identities i ON i.owner_id = u.id WHERE i.source_id <> 0",
    "conversations": "SELECT external_id, channel, subject, state, first_at, last_at, message_count FROM conversations",
    "messages": "SELECT m.key, m.at, m.text, m.html, c.external_id FROM messages m JOIN conversations c ON c.id = m.conversation_id",
    "events": "SELECT external_id, name, at FROM events",
    "notes": "SELECT text, author, at FROM notes",
    "tags": "SELECT t.name, g.owner_kind FROM taggings g JOIN tags t ON t.id = g.tag_id",
    "records": "SELECT external_id, kind, hash, gone_at IS NULL FROM records",
}


def shown(world: World) -> dict[str, Any]:
    """By kind: rows in an order of their own."""
    people: dict[object, list[str]] = {}
    for owner, identity in world.rows("SELECT owner_id, external_id FROM identities WHERE source_id <> 0"):
        people.setdefault(owner, []).append(str(identity))
    found: dict[str, Any] = {name: sorted(map(repr, world.rows(asked))) for name, asked in _ASKED.items()}
    return {**found, "who is who": sorted(sorted(one) for one in people.values())}
