"""Request Tracker as its REST interface answers: people, tickets with histories and attachments, one merged into another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked

PEOPLE = [
    {"id": name, "Name": name, "EmailAddress": f"{name}@example.com" if name != "Nobody" else "", "RealName": name.title(),
     "Organization": "Sommer AG", "LastUpdated": f"2026-11-0{place + 1}T10:00:00Z", "CustomFields": ""}
    for place, name in enumerate(["Nobody", "lena", "omar", "mia"])
]  # fmt: skip
TICKETS = [
    {"id": str(n), "EffectiveId": "1" if n == 3 else str(n), "Subject": f"Ticket {n}", "Status": "resolved" if n == 2 else "open",
     "LastUpdated": f"2026-11-1{n}T10:00:00Z", "Queue": {"id": "1", "Name": "General"}, "Requestor": [{"id": "lena"}],
     "Owner": {"id": "mia"}, "Priority": "0", "CustomFields": [{"name": "Plan", "values": ["Gold"]}]}
    for n in range(1, 4)
]  # fmt: skip
KINDS = ("Create", "EmailRecord", "Correspond", "Comment", "Status")
HISTORY = [
    {"id": str(place + 1), "Type": kind, "Created": f"2026-11-10T10:0{place}:00Z",
     "Creator": {"id": "lena" if kind == "Create" else "mia", "RealName": "Somebody", "EmailAddress": "somebody@example.com"}}
    for place, kind in enumerate(KINDS)
]  # fmt: skip
PARTS = [
    {"id": "1", "TransactionId": "1", "ContentType": "text/plain", "Content": "Help!\n<b>not HTML</b>"},
    {"id": "2", "TransactionId": "3", "ContentType": "text/html", "Content": "<p>Try <i>it</i></p>"},
    {"id": "3", "TransactionId": "3", "ContentType": "text/plain", "Content": "Try it"},
    {"id": "4", "TransactionId": "3", "ContentType": "text/plain", "Content": "a file behind the words"},
    {"id": "5", "TransactionId": "4", "ContentType": "text/plain", "Content": "between us"},
]


def answer(path: str, query: Mapping[str, str], _asked: Asked) -> Any:
    return _listed({"users": PEOPLE[::-1], "tickets": TICKETS}, path, query)


def poisoned(bad: Any) -> Any:
    if isinstance(bad, dict) and "updated_at" in bad:
        bad = {**bad, "LastUpdated": bad["updated_at"]}
    people = [{"id": f"p{n}", "LastUpdated": "2026-11-01T10:00:00Z", "RealName": "P"} for n in range(499)]
    everybody = {"users": [*people[:250], bad, *people[250:]], "tickets": []}
    return lambda path, query, _asked: _listed(everybody, path, query)


def _listed(by_kind: Mapping[str, list[Any]], path: str, query: Mapping[str, str]) -> Any:
    found = {**by_kind, "history": HISTORY, "attachments": PARTS[::-1]}.get(path.rpartition("/")[2], [])
    size, page = int(query.get("per_page", "20")), int(query.get("page", "1"))
    return {"total": len(found), "count": len(found), "page": page, "items": found[page * size - size : page * size]}


# Three people, two tickets with a note each, and one that is gone; its map asks for its history all the same.
SET = AnswerSet("request-tracker", answer, records=3 + 2 + 2 + 1, settings={"username": "root"}, poisoned=poisoned)
