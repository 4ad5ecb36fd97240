"""What the server of ours shows of what a workspace holds, in the shapes of Intercom's description."""

from __future__ import annotations

from tests.peers.intercom_world import MOST_EMBEDDED, MOST_PARTS, IntercomWorld, Json

_HIDDEN = ("tag_ids", "company_ids", "contact_ids", "merge_history")


def shown_contact(world: IntercomWorld, key: str, *, with_history: bool = False) -> Json:
    """A contact: lists inside it hold ten ids and say where the rest is."""
    held = world.contacts[key]
    notes = world.notes.get(key, [])
    shown = {name: value for name, value in held.items() if name not in _HIDDEN}
    shown["tags"] = _embedded(key, "tags", [("tag", one) for one in held["tag_ids"]])
    shown["companies"] = _embedded(key, "companies", [("company", one) for one in held["company_ids"]])
    shown["notes"] = _embedded(key, "notes", [("note", one["id"]) for one in notes])
    shown["social_profiles"] = {"type": "list", "data": []}
    if with_history:
        shown["merge_history"] = held["merge_history"]
    return shown


def shown_company(world: IntercomWorld, key: str) -> Json:
    held = world.companies[key]
    shown = {name: value for name, value in held.items() if name not in _HIDDEN}
    shown["tags"] = {"type": "tag.list", "tags": [world.tags[one] for one in held["tag_ids"]]}
    shown["segments"] = {"type": "segment.list", "segments": []}
    return shown


def listed_conversation(world: IntercomWorld, key: str) -> Json:
    """A conversation without its parts, as searches give it."""
    held = world.conversations[key]
    shown = {name: value for name, value in held.items() if name not in _HIDDEN}
    tags = [{**world.tags[one], "applied_at": held["created_at"]} for one in held["tag_ids"]]
    shown["tags"] = {"type": "tag.list", "tags": tags}
    people = [{"type": "contact", "id": one, "external_id": None} for one in held["contact_ids"]]
    shown["contacts"] = {"type": "contact.list", "contacts": people}
    return shown


def shown_conversation(world: IntercomWorld, key: str) -> Json:
    """A conversation with its parts: the newest five hundred of them."""
    parts = world.parts[key]
    told = {"type": "conversation_part.list", "conversation_parts": parts[-MOST_PARTS:], "total_count": len(parts)}
    return {**listed_conversation(world, key), "conversation_parts": told}


def error(code: str, message: str = "No") -> Json:
    request = "45b30bd1-75d2-40cc-bb39-74ac133a2836"
    return {"type": "error.list", "request_id": request, "errors": [{"code": code, "message": message}]}


def _embedded(key: str, name: str, items: list[tuple[str, str]]) -> Json:
    rows = [{"type": kind, "id": one, "url": f"/{name}/{one}"} for kind, one in items[:MOST_EMBEDDED]]
    is_more = len(items) > MOST_EMBEDDED
    return {
        "type": "list",
        "data": rows,
        "url": f"/contacts/{key}/{name}",
        "total_count": len(items),
        "has_more": is_more,
    }
