"""Delighted as its documentation told: scores with the person in them, by the time of the last change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked

START = 1_763_000_000


def response(number: int, person: int) -> dict[str, Any]:
    return {
        "id": str(number), "survey_type": "nps", "score": number % 11, "comment": None if number == 3 else f"Comment {number}",
        "permalink": f"https://delighted.example/r/{number}", "created_at": START + number, "updated_at": START + 1_000 + number,
        "person": {"id": str(person), "email": f"C{person}@Example.com", "name": f"Customer {person}", "phone_number": None},
        "person_properties": {"Plan": f"plan {number}"} if number % 2 else None, "tags": ["pricing"] if number == 4 else [],
        "notes": [{"text": "Called back", "user_email": "tom@help.example", "created_at": START + 2_000}] if number == 4 else [],
        "additional_answers": [{"id": "a1", "question": {"text": "Why?"}, "value": {"free_response": "Because"}}] if number == 5 else [],
    }  # fmt: skip


# The first customer answers twice.
RESPONSES = [response(number, 1 if number == 6 else number) for number in range(1, 7)]


def answering(responses: list[Any]) -> Any:
    def answer(path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        assert (path, query["expand[]"], query["per_page"]) == ("/v1/survey_responses.json", "person", "100")
        since = int(query.get("updated_since", "0"))
        found = responses if not since else [one for one in responses if one["updated_at"] >= since]
        return found[(int(query["page"]) - 1) * 100 :][:100]

    return answer


SET = AnswerSet("delighted", answering(RESPONSES), records=13, path="/v1")
