"""Intercom as the workspace of the tests holds it, except that a scroll is told by its place, so that one can be asked twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked
from tests.peers.intercom_routes import ROUTES, Request
from tests.peers.intercom_shapes import shown_company
from tests.peers.intercom_talk_routes import TALK_ROUTES
from tests.peers.intercom_world import IntercomWorld

NOW = 1_790_000_000


def some_world() -> IntercomWorld:
    """Three customers, two companies, two conversations, notes, tags by the dozen, attributes, something deleted."""
    world = IntercomWorld(zone="Pacific/Kiritimati", clock=lambda: NOW)
    world.attribute("plan", options=("Free", "Pro"))
    world.attribute("renewal", "date", model="company")
    acme = world.company("Acme", website="https://acme.example", custom_attributes={"renewal": NOW})
    world.company("Bolt &amp; Nut", tag_ids=[world.tag("partner")])
    tags = [world.tag(f"tag {number}") for number in range(12)]
    ada = world.contact("ada@example.com", "Ada", tag_ids=tags, company_ids=[acme], custom_attributes={"plan": "Pro"})
    ben = world.contact(name="Ben", role="lead", updated_at=NOW - 900_000)
    world.contact("cay@example.com", "Cay", updated_at=NOW - 90_000)
    world.note(ada, "<p>Likes calls</p>")
    world.note(acme, "<p>Renews in May</p>")
    talk = world.conversation(ada, "<p>It breaks</p>", at=NOW - 5_000, tag_ids=tags[:1])
    world.part(talk, "<p>Which one?</p>", world.as_admin(), at=NOW - 4_000)
    world.part(talk, "<p>Ask Ravi</p>", world.as_admin(), kind="note", at=NOW - 3_000)
    world.conversation(ben, "<p>Hello</p>", at=NOW - 700_000)
    world.deleted.append({"type": "conversation", "id": "99", "metrics_retained": True, "deleted_at": NOW - 10})
    return world


def answering(world: IntercomWorld, contacts: list[Any] | None = None) -> Any:
    def answer(path: str, query: Mapping[str, str], asked: Asked) -> Any:
        if path == "/companies/scroll":
            return _scrolled(world, query.get("scroll_param"))
        request = Request(asked.method, path, query, asked.json() if asked.body else {}, "")
        if path == "/contacts/search" and contacts is not None:
            return _page(contacts, request)
        for method, pattern, take, _newest_only in (*ROUTES, *TALK_ROUTES):
            found = pattern.fullmatch(path)
            if method == asked.method and found:
                taken = take(world, request, *found.groups())
                return taken.status, taken.body, dict(taken.headers)
        return 404, {}

    return answer


def _scrolled(world: IntercomWorld, place: str | None) -> Any:
    start = int((place or "at 0").split()[1])
    keys = list(world.companies)[start : start + 1]
    data = [shown_company(world, key) for key in keys]
    return {"type": "list", "data": data, "pages": None, "total_count": None, "scroll_param": f"at {start + 1}"}


def _page(rows: list[Any], request: Request) -> Any:
    paging = request.body["pagination"]
    start, size = int(paging.get("starting_after", "0")), paging["per_page"]
    following = {"next": {"per_page": size, "starting_after": str(start + size)}} if start + size < len(rows) else {}
    return {
        "type": "list",
        "data": rows[start : start + size],
        "total_count": len(rows),
        "pages": {"type": "pages", **following},
    }


def poisoned(bad: Any) -> Any:
    """Five hundred contacts and nothing else; one is what it is given."""
    rows: list[Any] = [
        {"type": "contact", "id": f"{number:024x}", "role": "user", "email": f"{number}@example.com", "updated_at": NOW - 500 + number}
        for number in range(499)
    ]  # fmt: skip
    return answering(IntercomWorld(clock=lambda: NOW), [*rows[:250], bad, *rows[250:]])


SET = AnswerSet("intercom", answering(some_world()), records=13, settings={"region": "us"}, poisoned=poisoned)
