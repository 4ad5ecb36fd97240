"""Typeform as its documentation tells: two forms, answers newest first, three a page, by the token of the last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked

FORMS = [{"id": "f1", "title": "How was it?"}, {"id": "f2", "title": "Beta"}]
FIELDS: dict[str, list[dict[str, Any]]] = {
    "f1": [
        {"id": "q1", "ref": "why", "type": "long_text", "title": "What would you change?"},
        {"id": "q2", "ref": "nps", "type": "nps", "title": "Would you recommend us?"},
        {"id": "g1", "type": "group", "title": "About you", "properties": {"fields": [{"id": "q3", "title": "Your address?"}]}},
    ],
    "f2": [{"id": "q9", "ref": "kinds", "type": "multiple_choice", "title": "Which?"}, {"id": "q8", "ref": "sure", "title": "Sure?"}],
}  # fmt: skip
NEVER = "0001-01-01T00:00:00Z"


def response(number: int, form: str, *, is_partial: bool = False, email: str = "") -> dict[str, Any]:
    """An answer; odd ones hide an address, even ones were asked for theirs, every fifth says nobody's."""
    asked: list[dict[str, Any]] = [
        {"type": "text", "text": f"Change {number}\nplease", "field": {"id": "q1", "type": "long_text"}}
    ]
    asked += [{"type": "number", "number": number % 11, "field": {"id": "q2", "type": "nps"}}]
    if number % 5 and number % 2 == 0:
        asked.append({"type": "email", "email": f"Asked{number}@Example.com", "field": {"id": "q3", "type": "email"}})
    if form == "f2":
        asked = [
            {
                "type": "choices",
                "choices": {"labels": ["One", "Two"], "other": "Three"},
                "field": {"id": "q9", "type": "multiple_choice"},
            },
            {"type": "boolean", "boolean": False, "field": {"id": "q8", "type": "yes_no"}},
        ]
    address = email or (f"hidden{number}@example.com" if number % 5 and number % 2 else "")
    return {
        "response_id": f"r{number:02}", "token": f"r{number:02}", "landed_at": f"2026-11-{number:02}T08:00:00Z",
        "submitted_at": NEVER if is_partial else f"2026-11-{number:02}T09:00:00Z",
        "response_type": "partial" if is_partial else "completed",
        "hidden": {"email": address, "plan": f"plan {number}", "name": "Ari" if address else ""} if number % 2 or email else {},
        "calculated": {"score": number}, "variables": [{"key": "points", "type": "number", "number": number}, {"key": "score", "type": "number", "number": 1}],
        "tags": ["beta"] if form == "f2" else [], "answers": asked, "metadata": {"network_id": "abc"},
    }  # fmt: skip


COMPLETED: dict[str, list[dict[str, Any]]] = {
    "f1": [response(number, "f1") for number in range(1, 9)],
    # The same customer, again and later, and in another form: the last saying counts wherever it stands.
    "f2": [
        response(11, "f2", email="hidden1@example.com"),
        response(12, "f2", email="hidden1@example.com"),
        response(10, "f2"),
    ],
}
PARTIAL: dict[str, list[dict[str, Any]]] = {"f1": [response(9, "f1", is_partial=True)], "f2": []}


def answering(completed: Mapping[str, list[Any]], partial: Mapping[str, list[Any]], size: int = 3) -> Any:
    def answer(path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        parts = path.strip("/").split("/")
        if parts == ["forms"]:
            return {"items": FORMS, "total_items": len(FORMS), "page_count": 1}
        if len(parts) == 2:
            return {"id": parts[1], "fields": FIELDS[parts[1]]}
        found = list(reversed((partial if query["response_type"] == "partial" else completed)[parts[1]]))
        if "since" in query:
            found = [one for one in found if one["submitted_at"] >= query["since"]]
        if "before" in query:
            tokens = [one["token"] if isinstance(one, dict) else None for one in found]
            found = found[tokens.index(query["before"]) + 1 :]
        return {"items": found[:size], "total_items": len(found), "page_count": 1}

    return answer


SET = AnswerSet("typeform", answering(COMPLETED, PARTIAL), records=22)
