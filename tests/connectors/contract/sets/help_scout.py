"""Help Scout as its documentation tells: a token first, HAL pages of two, ``_embedded`` absent where nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked

SIZE = 2
TOKEN = "t0ken-for-a-while"  # made up


def customer(number: int) -> dict[str, Any]:
    return {
        "id": number, "firstName": "Ari", "lastName": f"Sommer {number}", "organization": "Sommer AG", "jobTitle": None,
        "updatedAt": f"2026-11-{number % 27 + 1:02}T10:00:00Z",
        "_embedded": {
            "emails": [{"id": 1, "value": f"C{number}@Example.com"}], "phones": [],
            "properties": [{"slug": "plan", "name": "Plan", "value": "pro"}],
        },
    }  # fmt: skip


def thread(number: int, kind: str, **more: Any) -> dict[str, Any]:
    by = {
        "type": "customer" if kind == "customer" else "user",
        "first": "Ari",
        "last": "Sommer",
        "email": "ari@example.com",
    }
    return {
        "id": number, "type": kind, "state": "published", "body": f"<p>Line {number}</p>", "createdBy": by,
        "createdAt": f"2026-11-10T{number % 24:02}:00:00Z", **more,
    }  # fmt: skip


def conversation(number: int) -> dict[str, Any]:
    threads = [
        thread(number * 10 + 1, "customer"), thread(number * 10 + 2, "message"), thread(number * 10 + 3, "note"),
        thread(number * 10 + 4, "lineitem", body=None),
    ]  # fmt: skip
    return {
        "id": number, "number": number, "subject": f"Question {number}", "type": "email", "state": "published",
        "status": "closed" if number == 2 else "active", "primaryCustomer": {"id": number}, "tags": [{"id": 1, "tag": "billing"}],
        "createdAt": "2026-11-01T10:00:00Z", "userUpdatedAt": f"2026-11-1{number}T10:00:00Z", "_embedded": {"threads": threads},
    }  # fmt: skip


CUSTOMERS = [customer(number) for number in range(1, 6)]
CONVERSATIONS = [conversation(number) for number in range(1, 4)]


def answering(customers: list[Any], conversations: list[Any]) -> Any:
    def answer(path: str, query: Mapping[str, str], asked: Asked) -> Any:
        if path == "/v2/oauth2/token":
            return {"token_type": "bearer", "access_token": TOKEN, "expires_in": 172_800}
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return 401, {}
        name = path.removeprefix("/v2/")
        found, at = (customers, "updatedAt") if name == "customers" else (conversations, "userUpdatedAt")
        if "modifiedSince" in query:
            found = [one for one in found if one[at] >= query["modifiedSince"]]
        size = 500 if len(found) > 100 else SIZE
        start = (int(query.get("page", "1")) - 1) * size
        page = found[start : start + size]
        there = urlencode({**query, "page": start // size + 2})
        links = {"next": {"href": f"http://{asked.headers['host']}{path}?{there}"}} if start + size < len(found) else {}
        return {"_links": links, "page": {"totalElements": len(found)}, **({"_embedded": {name: page}} if page else {})}

    return answer


def poisoned(bad: Any) -> Any:
    if isinstance(bad, dict) and "updated_at" in bad:
        bad = {"id": bad["id"], "updatedAt": bad["updated_at"], "_embedded": bad["email"]}
    many = [customer(number) for number in range(1, 500)]
    return answering([*many[:250], bad, *many[250:]], [])


SET = AnswerSet(
    "help-scout",
    answering(CUSTOMERS, CONVERSATIONS),
    records=11,
    settings={"app_id": "app"},
    path="/v2",
    poisoned=poisoned,
)
