"""The endpoints of the Intercom of ours, each a function of the workspace and the request."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from tests.peers.intercom_search import BadSearch, found
from tests.peers.intercom_shapes import error, shown_company, shown_contact
from tests.peers.intercom_world import ME, IntercomWorld, Json

_SCROLL_EXPIRES = 60
_SCROLLED_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Request:
    """One request: ``home`` is the address of the server, for links."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Json
    home: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What goes back."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


Take = Callable[..., Answered]
Route = tuple[str, re.Pattern[str], Take, bool]


def named(routes: list[Route]) -> Callable[..., Callable[[Take], Take]]:
    """A decorator that names the endpoint a function serves; ``{}`` stands for an id, ``newest_only``: not before 2.16."""

    def route(method: str, path: str, *, newest_only: bool = False) -> Callable[[Take], Take]:
        def put(take: Take) -> Take:
            routes.append((method, re.compile(path.replace("{}", "([^/]+)")), take, newest_only))
            return take

        return put

    return route


ROUTES: list[Route] = []
route = named(ROUTES)


def missing(code: str = "not_found") -> Answered:
    return Answered(404, error(code, "Resource Not Found"))


def bad(code: str = "parameter_invalid") -> Answered:
    return Answered(400, error(code, "No"))


@route("GET", "/me")
def me(world: IntercomWorld, _request: Request) -> Answered:
    app = {
        "type": "app", "id_code": world.id_code, "name": world.name, "created_at": 1_734_537_243, "secure": False,
        "identity_verification": False, "timezone": world.zone, "region": "US",
    }  # fmt: skip
    return Answered(200, {**world.admins[ME], "email_verified": True, "app": app})


@route("GET", "/admins")
def admins(world: IntercomWorld, _request: Request) -> Answered:
    return Answered(200, {"type": "admin.list", "admins": list(world.admins.values())})


@route("GET", "/data_attributes")
def data_attributes(world: IntercomWorld, request: Request) -> Answered:
    model = request.query.get("model")
    rows = [one for one in world.attributes if model in {None, one["model"]}]
    return Answered(200, {"type": "list", "data": rows})


@route("POST", "/contacts/search")
def search_contacts(world: IntercomWorld, request: Request) -> Answered:
    with_history = request.query.get("include_merge_history") == "true"
    try:
        rows, pages, total = found(world.contacts.values(), request.body, ZoneInfo(world.zone), 50)
    except BadSearch as problem:
        return bad(str(problem))
    data = [shown_contact(world, row["id"], with_history=with_history) for row in rows]
    return Answered(200, {"type": "list", "data": data, "total_count": total, "pages": pages})


@route("GET", "/contacts/{}")
def contact(world: IntercomWorld, request: Request, key: str) -> Answered:
    if key in world.merged:
        return gone(world, key)
    if key not in world.contacts:
        return missing()
    with_history = request.query.get("include_merge_history") == "true"
    return Answered(200, shown_contact(world, key, with_history=with_history))


def gone(world: IntercomWorld, key: str) -> Answered:
    """A merged contact: 410, with a link to whom it became."""
    into = key
    for _hop in range(3):
        into = world.merged.get(into, into)
    return Answered(410, error("contact_merged"), {"Link": f'</contacts/{into}>; rel="canonical"'})


@route("PUT", "/contacts/{}")
def put_contact(world: IntercomWorld, request: Request, key: str) -> Answered:
    if key in world.merged:
        return gone(world, key)
    if key not in world.contacts:
        return missing()
    held, body = world.contacts[key], request.body
    if not _takes_custom(world, body, "contact"):
        return bad()
    held["custom_attributes"].update(body.get("custom_attributes") or {})
    for name in (
        "name",
        "email",
        "phone",
        "external_id",
        "owner_id",
        "signed_up_at",
        "last_seen_at",
        "unsubscribed_from_emails",
    ):
        if name in body:
            held[name] = body[name]
    held["updated_at"] = world.clock()
    return Answered(200, shown_contact(world, key))


@route("PUT", "/companies/{}")
def put_company(world: IntercomWorld, request: Request, key: str) -> Answered:
    if key not in world.companies:
        return missing("company_not_found")
    held, body = world.companies[key], request.body
    if not _takes_custom(world, body, "company"):
        return bad()
    held["custom_attributes"].update(body.get("custom_attributes") or {})
    for name in ("name", "size", "website", "industry"):
        if name in body:
            held[name] = body[name]
    if "plan" in body:
        held["plan"] = {"type": "plan", "id": "1", "name": body["plan"]}
    if "monthly_spend" in body:
        held["monthly_spend"] = int(body["monthly_spend"])
    held["updated_at"] = world.clock()
    return Answered(200, shown_company(world, key))


def _takes_custom(world: IntercomWorld, body: Json, model: str) -> bool:
    known = {one["name"] for one in world.attributes if one["model"] == model}
    return known >= set(body.get("custom_attributes") or {})


@route("GET", "/contacts/{}/(tags|notes|segments|companies)")
def hanging(world: IntercomWorld, _request: Request, key: str, what: str) -> Answered:
    if key in world.merged:
        return gone(world, key)
    if key not in world.contacts:
        return missing()
    held = world.contacts[key]
    match what:
        case "tags":
            return Answered(200, {"type": "list", "data": [world.tags[one] for one in held["tag_ids"]]})
        case "segments":
            return Answered(200, {"type": "list", "data": world.segments.get(key, [])})
        case "notes":
            return Answered(200, _paged(world.notes.get(key, [])))
        case _:
            return Answered(200, _paged([shown_company(world, one) for one in held["company_ids"]]))


def _paged(rows: list[Json]) -> Json:
    pages = {"type": "pages", "next": None, "page": 1, "per_page": 50, "total_pages": 1}
    return {"type": "list", "data": rows, "total_count": len(rows), "pages": pages}


@route("POST", "/contacts/{}/notes")
def note_on_contact(world: IntercomWorld, request: Request, key: str) -> Answered:
    return _noted(world, request, key) if key in world.contacts else missing()


@route("GET", "/companies/{}/notes")
def notes_of_company(world: IntercomWorld, _request: Request, key: str) -> Answered:
    return Answered(200, _paged(world.notes.get(key, []))) if key in world.companies else missing("company_not_found")


@route("POST", "/companies/{}/notes", newest_only=True)
def note_on_company(world: IntercomWorld, request: Request, key: str) -> Answered:
    return _noted(world, request, key) if key in world.companies else missing("company_not_found")


def _noted(world: IntercomWorld, request: Request, key: str) -> Answered:
    by = request.body.get("admin_id", ME)
    if by not in world.admins:
        return missing()
    if not request.body.get("body"):
        return bad()
    return Answered(200, world.note(key, request.body["body"], by=by))


@route("GET", "/tags")
def tags(world: IntercomWorld, _request: Request) -> Answered:
    return Answered(200, {"type": "list", "data": list(world.tags.values())})


@route("POST", "/tags")
def make_tag(world: IntercomWorld, request: Request) -> Answered:
    name = request.body.get("name")
    if not name:
        return bad()
    key = world.tag(name)
    companies = []
    for one in request.body.get("companies") or []:
        if one.get("id") not in world.companies:
            return missing("company_not_found")
        held = world.companies[one["id"]]["tag_ids"]
        if one.get("untag") is True:
            held[:] = [tag for tag in held if tag != key]
        elif key not in held:
            held.append(key)
        companies.append({"id": one["id"], "tagged": one.get("untag") is not True})
    return Answered(200, {**world.tags[key], "users": [], "companies": companies})


@route("POST", "/(contacts|conversations)/{}/tags")
def stick(world: IntercomWorld, request: Request, what: str, key: str) -> Answered:
    held, tag = getattr(world, what).get(key), world.tags.get(request.body.get("id", ""))
    if held is None or tag is None:
        return missing()
    if what == "conversations" and request.body.get("admin_id") not in world.admins:
        return bad("parameter_not_found")
    if tag["id"] not in held["tag_ids"]:
        held["tag_ids"].append(tag["id"])
        held["updated_at"] = world.clock()
    return Answered(200, tag)


@route("DELETE", "/(contacts|conversations)/{}/tags/{}")
def unstick(world: IntercomWorld, request: Request, what: str, key: str, tag: str) -> Answered:
    held = getattr(world, what).get(key)
    if held is None or tag not in held["tag_ids"]:
        return missing()
    if what == "conversations" and request.body.get("admin_id") not in world.admins:
        return bad("parameter_not_found")
    held["tag_ids"].remove(tag)
    held["updated_at"] = world.clock()
    return Answered(200, world.tags[tag])


@route("GET", "/companies/scroll")
def scroll(world: IntercomWorld, request: Request) -> Answered:
    """One at a time; it dies after a minute, and at its end."""
    now, given = time.monotonic(), request.query.get("scroll_param")
    open_scrolls = world.scrolls
    for key in [key for key, (_, at) in open_scrolls.items() if now - at > _SCROLL_EXPIRES]:
        del open_scrolls[key]
    if given is None:
        if open_scrolls:
            return bad("scroll_exists")
        given = str(uuid.uuid4())
        open_scrolls[given] = (0, now)
    if given not in open_scrolls:
        return missing()
    start = open_scrolls[given][0]
    keys = [key for key, one in world.companies.items() if one["user_count"]][start : start + _SCROLLED_AT_ONCE]
    open_scrolls[given] = (start + len(keys), now)
    if not keys:
        del open_scrolls[given]
    data = [shown_company(world, key) for key in keys]
    return Answered(200, {"type": "list", "data": data, "pages": None, "total_count": None, "scroll_param": given})


@route("GET", "/companies/{}")
def company(world: IntercomWorld, _request: Request, key: str) -> Answered:
    return Answered(200, shown_company(world, key)) if key in world.companies else missing("company_not_found")
