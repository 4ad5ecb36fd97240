"""Typeform by its manifest: whose an answer is, what it says, and that unfinished ones become finished."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.connectors.contract.answers import Served
from tests.connectors.contract.sets.typeform import COMPLETED, PARTIAL, SET, answering, response

from console.domain.channels import Channel
from console.domain.records import ConversationRecord, CustomerRecord, Record

pytestmark = pytest.mark.usefixtures("without_pace")


def pulled(answer: Any = None) -> list[Record]:
    with Served(SET, answer=answer) as served:
        return served.puller().records()


def customers(records: list[Record]) -> list[CustomerRecord]:
    return [one for one in records if isinstance(one, CustomerRecord)]


def answers(records: list[Record]) -> dict[str, ConversationRecord]:
    return {one.external_id: one for one in records if isinstance(one, ConversationRecord)}


def test_an_answer_reads_question_by_question_and_has_the_score_of_its_nps_question() -> None:
    found = answers(pulled())["f1:r08"]

    assert found.channel is Channel.SURVEY
    assert found.subject == "How was it?"
    assert found.messages[0].text == (
        "What would you change?\nChange 8\nplease\n\nWould you recommend us?\n8\n\nYour address?\nAsked8@Example.com"
    )
    assert found.properties["nps"].content == Decimal(8)
    assert "score" not in found.properties


def test_choices_and_a_no_are_answers_too() -> None:
    assert answers(pulled())["f2:r10"].messages[0].text == "Which?\nOne, Two, Three\n\nSure?\nNo"


def test_the_hidden_address_comes_before_the_answered_one_and_what_is_none_counts_as_none() -> None:
    both, false, two = response(2, "f1"), response(4, "f1"), response(6, "f1")
    both["hidden"] = {"email": "Hidden@Example.com"}
    false["hidden"] = {"email": "xxxxx"}
    two["answers"].append({"type": "email", "email": "colleague@example.com", "field": {"id": "q4"}})

    found = pulled(answering({"f1": [both, false, two], "f2": []}, {"f1": [], "f2": []}))

    assert [one.emails for one in customers(found)] == [
        ("asked6@example.com",), ("asked4@example.com",), ("hidden@example.com",),
    ]  # fmt: skip


def test_an_answer_without_an_address_is_nobodys() -> None:
    found = answers(pulled())["f1:r05"]

    assert found.customer_id is None
    assert len(found.messages) == 1


def test_an_unfinished_answer_becomes_the_finished_one() -> None:
    with Served(SET) as served:
        puller = served.puller()
        before = answers(puller.records())["f1:r09"]
        served.answer = answering({**COMPLETED, "f1": [*COMPLETED["f1"], response(9, "f1")]}, {**PARTIAL, "f1": []})
        after = answers(puller.records())["f1:r09"]

    assert before.properties["response"].content == "partial"
    assert after.properties["response"].content == "completed"
    assert before.messages[0].key == after.messages[0].key


def test_the_next_pull_looks_two_hours_back_and_no_further() -> None:
    with Served(SET) as served:
        puller = served.puller()
        puller.records()
        asked = len(served.server.asked)
        again = [one for one in puller.records() if isinstance(one, ConversationRecord)]

    since = [one.target for one in served.server.asked[asked:] if "since=" in one.target]
    assert "since=2026-11-08T07%3A00%3A00Z" in since[0]
    assert {one.external_id for one in again} == {"f1:r09", "f1:r08", "f2:r12"}
