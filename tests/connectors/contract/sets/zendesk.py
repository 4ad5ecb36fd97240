"""Zendesk as our own server of it answers: organisations by time, users and tickets by cursors, comments with their people."""

from __future__ import annotations

from typing import Any

from tests.connectors.contract.answers import AnswerSet
from tests.peers.zendesk_server import START, Zendesk, small_zendesk


def poisoned(bad: Any) -> Any:
    people = [
        {"id": n, "name": f"C{n}", "role": "end-user", "active": True, "changed": START + n} for n in range(1, 500)
    ]
    if isinstance(bad, dict):
        bad = {**bad, "changed": START + 250}
    made = Zendesk(now=START + 10_000, size=200)
    made.things["users"] = [*people[:250], bad, *people[250:]]
    return made.answer


# Four organisations and one of them again where the next page begins, six customers and one who is gone, two tickets each with a note and where it was written, one that is gone.
SET = AnswerSet(
    "zendesk",
    small_zendesk().answer,
    records=5 + 7 + 6 + 1,
    settings={"username": "mia@example.com"},
    poisoned=poisoned,
)
