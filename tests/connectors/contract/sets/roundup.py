"""Roundup as its REST interface answers: people, issues, messages, in pages of two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked

PEOPLE = [
    {"id": str(n), "username": f"person{n}", "realname": f"Person {n}", "address": f"p{n}@example.com",
     "organisation": "Sommer AG" if n % 2 else None, "phone": None, "roles": "User", "activity": f"2026-11-0{n}.10:00:00"}
    for n in range(1, 6)
]  # fmt: skip
MESSAGES = [
    {"id": str(n), "author": {"id": str(1 + n % 3)}, "content": f"Message {n}\n<b>not HTML</b>", "creation": f"2026-11-1{n}.08:00:00", "type": None}
    for n in range(6)
]  # fmt: skip
ISSUES = [
    {"id": str(n), "title": f"Issue {n}", "creator": {"id": str(n)}, "activity": f"2026-11-1{n}.09:00:00",
     "creation": "2026-11-01.00:00:00", "messages": [{"id": str(n)}, {"id": str(n + 2)}], "keyword": [{"id": "1", "name": "printing"}],
     "status": {"id": "8" if n == 2 else "1", "name": "resolved" if n == 2 else "unread"}, "assignedto": None, "priority": None}
    for n in range(1, 4)
]  # fmt: skip
STATUSES = [{"id": "1", "name": "unread"}, {"id": "8", "name": "resolved"}]
BY_KIND: dict[str, list[dict[str, Any]]] = {"user": PEOPLE, "issue": ISSUES, "msg": MESSAGES, "status": STATUSES}


def answer(path: str, query: Mapping[str, str], asked: Asked) -> Any:
    return _answer(BY_KIND, 2, path, query, asked)


def poisoned(bad: Any) -> Any:
    people = [{"id": str(n), "username": f"u{n}", "activity": "2026-11-01.10:00:00"} for n in range(499)]
    everybody = {"user": [*people[:250], bad, *people[250:]], "issue": [], "msg": [], "status": []}
    return lambda path, query, asked: _answer(everybody, 500, path, query, asked)


def _answer(by_kind: dict[str, list[Any]], size: int, path: str, query: Mapping[str, str], asked: Asked) -> Any:
    found = by_kind[path.rpartition("/")[2]]
    if "id" in query:
        found = [one for one in found if one["id"] in query["id"].split(",")]
    if "activity" in query and size == 2:
        found = [one for one in found if one["activity"] >= query["activity"].rstrip(";")]
    start = int(query.get("@page_index", "1")) * size - size
    there = "&".join(
        f"{name}={quote(value)}" for name, value in {**query, "@page_index": str(start // size + 2)}.items()
    )
    links = (
        {"next": [{"rel": "next", "uri": f"http://{asked.headers['host']}{path}?{there}"}]}
        if start + size < len(found)
        else {}
    )
    return {"data": {"collection": found[start : start + size], "@links": links, "@total_size": len(found)}}


SET = AnswerSet("roundup", answer, records=8, settings={"username": "admin"}, path="/demo", poisoned=poisoned)
