"""The endpoints of the Intercom of ours that are about conversations and events."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.peers.intercom_routes import Answered, Request, Route, bad, missing, named
from tests.peers.intercom_search import BadSearch, found
from tests.peers.intercom_shapes import listed_conversation, shown_conversation
from tests.peers.intercom_world import EVENT_DAYS, IntercomWorld, Json

_DAY = 86_400
TALK_ROUTES: list[Route] = []
route = named(TALK_ROUTES)


@route("POST", "/conversations/search")
def search_conversations(world: IntercomWorld, request: Request) -> Answered:
    try:
        rows, pages, total = found(world.conversations.values(), request.body, None, 20)
    except BadSearch as problem:
        return bad(str(problem))
    data = [listed_conversation(world, row["id"]) for row in rows]
    return Answered(200, {"type": "conversation.list", "conversations": data, "total_count": total, "pages": pages})


@route("GET", "/conversations/deleted", newest_only=True)
def deleted(world: IntercomWorld, request: Request) -> Answered:
    page, per_page = int(request.query.get("page", "1")), int(request.query.get("per_page", "20"))
    rows = world.deleted if request.query.get("order", "desc") == "desc" else world.deleted[::-1]
    part = rows[(page - 1) * per_page : page * per_page]
    is_more = page * per_page < len(rows)
    following = f"{request.home}/conversations/deleted?per_page={per_page}&page={page + 1}" if is_more else None
    pages = {
        "type": "pages",
        "next": following,
        "page": page,
        "per_page": per_page,
        "total_pages": -(-len(rows) // per_page),
    }
    return Answered(
        200, {"type": "conversations.list", "conversations": part, "total_count": len(rows), "pages": pages}
    )


@route("GET", "/conversations/{}")
def conversation(world: IntercomWorld, _request: Request, key: str) -> Answered:
    return Answered(200, shown_conversation(world, key)) if key in world.conversations else missing()


@route("POST", "/conversations/{}/reply")
def reply(world: IntercomWorld, request: Request, key: str) -> Answered:
    body = request.body
    if key not in world.conversations or body.get("admin_id") not in world.admins:
        return missing()
    if body.get("message_type") not in {"comment", "note"} or body.get("type") != "admin" or not body.get("body"):
        return bad()
    world.part(key, body["body"], world.as_admin(body["admin_id"]), kind=body["message_type"])
    return Answered(200, shown_conversation(world, key))


@route("POST", "/conversations/{}/parts")
def manage(world: IntercomWorld, request: Request, key: str) -> Answered:
    body, held = request.body, world.conversations.get(key)
    if held is None or body.get("admin_id") not in world.admins:
        return missing()
    match body.get("message_type"):
        case "close":
            held.update(open=False, state="closed", snoozed_until=None)
        case "open":
            held.update(open=True, state="open", snoozed_until=None)
        case "snoozed" if isinstance(body.get("snoozed_until"), int):
            held.update(open=True, state="snoozed", snoozed_until=body["snoozed_until"])
        case "assignment" if body.get("assignee_id") in {*world.admins, "0"}:
            held["admin_assignee_id"] = int(body["assignee_id"])
        case _:
            return bad()
    world.part(key, None, world.as_admin(body["admin_id"]), kind=body["message_type"])
    return Answered(200, shown_conversation(world, key))


@route("GET", "/events")
def events(world: IntercomWorld, request: Request) -> Answered:
    key = request.query.get("intercom_user_id", "")
    if request.query.get("type") != "user":
        return bad("parameter_not_found")
    if key in world.merged or key not in world.contacts:
        return missing()
    rows = sorted(world.events.get(key, []), key=lambda one: -one["created_at"])
    who = {"email": world.contacts[key]["email"], "intercom_user_id": key, "user_id": key}
    if request.query.get("summary") == "true":
        return Answered(200, {"type": "event.summary", **who, "events": _summaries(rows)})
    recent = [one for one in rows if one["created_at"] > world.clock() - EVENT_DAYS * _DAY]
    per_page, start = int(request.query.get("per_page", "50")), int(request.query.get("before", "0"))
    part, more = recent[start : start + per_page], start + per_page < len(recent)
    link = f"{request.home}/events?type=user&intercom_user_id={key}&per_page={per_page}&before={start + per_page}"
    return Answered(200, {"type": "event.list", "events": part, "pages": {"next": link} if more else {}})


def _summaries(rows: list[Json]) -> list[Json]:
    times: dict[str, list[int]] = {}
    for row in rows:
        times.setdefault(row["event_name"], []).append(row["created_at"])
    return [
        {"name": name, "first": _iso(min(at)), "last": _iso(max(at)), "count": len(at), "description": ""}
        for name, at in times.items()
    ]


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
