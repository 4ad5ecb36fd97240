"""A stateful Zendesk of ours: incremental exports with the traps that were recorded, comments, tags, writes that can conflict."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.connectors.hostile_server import Asked

START = 1_790_000_000
_HELD_BACK = 60
_FIELDS = {"user": "user_fields", "organization": "organization_fields"}


def written(seconds: int) -> str:
    """A moment as Zendesk writes it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class Zendesk:
    """One account. ``now`` is its clock, in unix seconds; ``elsewhere`` is a host that it names in its next pages instead of its own."""

    now: int = START
    size: int = 3
    elsewhere: str = ""
    things: dict[str, list[Any]] = field(default_factory=lambda: {"users": [], "organizations": [], "tickets": []})
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    def put(self, kind: str, number: int, **values: Any) -> dict[str, Any]:
        """Make something, or change it; it counts as changed now."""
        found = self.find(kind, number)
        if found is None:
            found = {"id": number, "tags": [], "created_at": written(self.now)}
            self.things[kind].append(found)
        found.update(values, updated_at=written(self.now), changed=self.now)
        return found

    def say(self, ticket: int, author: int, text: str, **more: Any) -> None:
        """A comment on a ticket, which counts as changed now."""
        said = self.comments.setdefault(ticket, [])
        said.append(
            {"id": ticket * 100 + len(said), "author_id": author, "plain_body": text, "html_body": f"<p>{text}</p>", "public": True,
             "created_at": written(self.now), "metadata": {"system": {}}, **more}
        )  # fmt: skip
        self.put("tickets", ticket)

    def find(self, kind: str, number: int) -> dict[str, Any] | None:
        return next((one for one in self.things[kind] if isinstance(one, dict) and one.get("id") == number), None)

    def answer(self, path: str, query: Mapping[str, str], asked: Asked) -> Any:
        """What a request is answered."""
        match path.removeprefix("/api/v2/").removesuffix(".json").split("/"):
            case ["users", "me"]:
                return {"user": {"name": "Agent", "role": "admin", "time_zone": "Berlin"}}
            case ["incremental", kind, "cursor"]:
                return self._by_cursor(kind, query)
            case ["incremental", kind]:
                return self._by_time(kind, query, asked)
            case ["tickets", number, "comments"]:
                return self._comments(int(number), query)
            case [kind, number, "tags"]:
                return self._tags(kind, int(number), asked)
            case [kind, number]:
                return self._one(kind, int(number), asked)
        return 404, {"error": "InvalidEndpoint"}

    def _given(self, kind: str) -> list[Any]:
        old = [
            one
            for one in self.things[kind]
            if not isinstance(one, dict) or one.get("changed", 0) <= self.now - _HELD_BACK
        ]
        return sorted(old, key=lambda one: one.get("changed", START) if isinstance(one, dict) else START)

    def _by_cursor(self, kind: str, query: Mapping[str, str]) -> Any:
        if "cursor" not in query and "start_time" not in query:
            return 400, {"error": "MissingParameter", "description": "Missing start_time or cursor"}
        after = int(query.get("cursor", "0").removeprefix("c"))
        found = [one for one in self._given(kind) if _changed(one) > after]
        page = found[: self.size]
        while len(page) < len(found) and _changed(found[len(page)]) == _changed(page[-1]):
            page.append(found[len(page)])
        # As recorded: a page behind the end has no cursor at all.
        cursor = f"c{_changed(page[-1])}" if page else None
        return {kind: page, "after_cursor": cursor, "end_of_stream": len(page) == len(found)}

    def _by_time(self, kind: str, query: Mapping[str, str], asked: Asked) -> Any:
        start = int(query["start_time"])
        found = [one for one in self._given(kind) if _changed(one) >= start]
        page = found[: self.size]
        while len(page) < len(found) and _changed(found[len(page)]) == _changed(page[-1]):
            page.append(found[len(page)])
        end = _changed(page[-1]) if page else None
        host = self.elsewhere or asked.headers["host"]
        # As recorded: there is a next page also at the end of the stream.
        next_page = f"http://{host}/api/v2/incremental/{kind}.json?start_time={end or start}"
        is_end = len(page) == len(found)
        return {kind: page, "next_page": next_page, "end_time": end, "count": len(page), "end_of_stream": is_end}

    def _comments(self, ticket: int, query: Mapping[str, str]) -> Any:
        said = self.comments.get(ticket, [])
        if query.get("sort") == "-created_at":
            said = said[::-1]
        start, size = int(query.get("page[after]", "0")), min(int(query.get("page[size]", "100")), 2)
        there = {one["author_id"] for one in said}
        people = [one for one in self.things["users"] if isinstance(one, dict) and one.get("id") in there]
        has_more = start + size < len(said)
        meta = {"has_more": has_more, "after_cursor": str(start + size) if has_more else None}
        return {"comments": said[start : start + size], "meta": meta, "users": people if "include" in query else []}

    def _tags(self, kind: str, number: int, asked: Asked) -> Any:
        found = self.find(kind, number)
        if found is None:
            return 404, {"error": "RecordNotFound"}
        given = json.loads(asked.body)["tags"]
        kept = [tag for tag in found["tags"] if tag not in given]
        self.put(kind, number, tags=kept if asked.method == "DELETE" else [*kept, *given])
        return {"tags": found["tags"]}

    def _one(self, kind: str, number: int, asked: Asked) -> Any:
        found, name = self.find(kind, number), kind.removesuffix("s")
        if found is None:
            return 404, {"error": "RecordNotFound", "description": "Not found"}
        if asked.method == "GET":
            return {name: found}
        told = json.loads(asked.body)[name]
        if name == "ticket":
            return self._told_ticket(found, told)
        known = found.get(_FIELDS[name], {})
        # As documented: a field that nobody defined is passed over without a word.
        taken = {field: value for field, value in told.get(_FIELDS[name], {}).items() if field in known}
        self.put(kind, number, **{_FIELDS[name]: {**known, **taken}})
        return {name: found}

    def _told_ticket(self, ticket: dict[str, Any], told: Mapping[str, Any]) -> Any:
        if told.get("safe_update") and told.get("updated_stamp") != ticket["updated_at"]:
            return 409, {"error": "UpdateConflict", "description": "Safe update prevented the update"}
        if ticket["status"] == "closed":
            return 422, {"error": "RecordInvalid", "description": "Status: closed prevents ticket update"}
        if said := told.get("comment"):
            self.say(ticket["id"], 9, said["body"], public=said["public"])
        self.put("tickets", ticket["id"], status=told.get("status", ticket["status"]))
        return {"ticket": ticket, "audit": {"id": 70_000 + len(self.comments.get(ticket["id"], []))}}


def _changed(one: Any) -> int:
    return one.get("changed", START) if isinstance(one, dict) else START


def small_zendesk() -> Zendesk:
    """An account with one organisation, six customers, an agent, and three tickets, of which one is deleted."""
    made = Zendesk()
    for number in range(1, 5):
        made.now += 1
        made.put(
            "organizations",
            500 + number,
            name=f"North {number}",
            domain_names=[f"north{number}.example"],
            organization_fields={"tier": "gold"},
        )
    for number in range(1, 8):
        made.now += 1
        made.put(
            "users", number, name=f"Customer {number}", email=f"c{number}@north1.example" if number != 2 else None, role="end-user",
            organization_id=501, user_fields={"plan": "pro", "seats": number}, active=number != 7, suspended=False,
        )  # fmt: skip
    made.put("users", 9, name="Mia Agent", email="mia@example.com", role="agent", active=True)
    system = {"ip_address": "203.0.113.9", "location": "Berlin, 16, Germany", "latitude": 52.5, "longitude": 13.4}
    for number in (31, 32, 33):
        made.now += 1
        made.put(
            "tickets",
            number,
            subject=f"Ticket {number}",
            requester_id=1,
            status="open",
            via={"channel": "web"},
            satisfaction_rating={"score": "good", "comment": "Thanks!"},
        )
        made.say(number, 1, "It is broken.", metadata={"system": system})
        made.say(number, 9, "Try it once more.")
        made.say(number, 9, "Between us.", public=False)
    made.put("tickets", 33, status="deleted")
    made.now += 1_000
    return made
