"""Delighted's exports: CSV and JSON become the same records as its API gave, in the bounded child."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests.connectors.contract.sets.delighted import RESPONSES

from console.connectors.bounded import pages_in_child
from console.connectors.errors import SourceError
from console.connectors.survey_kinds import is_survey_export
from console.domain.channels import Channel
from console.domain.records import ConversationRecord, CustomerRecord, NoteRecord, Page, Record

HEADER = "Response ID,Survey Type,Score,Comment,Person Email,Person Name,Responded At,Tags,Plan,Permalink\n"
ROWS = (
    'r1,NPS,9,"Great, really",Ari@Example.com,Ari,2026-05-01 10:00:00 UTC,"fast, kind",Pro,https://d.example/r1\n'
    "r2,CSAT,2,,,,2026-05-02 10:00:00 UTC,,,\n"
)


def pages_of(*paths: Path) -> list[Page]:
    return list(pages_in_child("surveys", {"paths": [str(path) for path in paths]}, seconds_without_page=30))


def records_of(*paths: Path) -> list[Record]:
    return [record for page in pages_of(*paths) for record in page.records]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_of_the_export_is_a_survey_with_its_score_and_its_customer(tmp_path: Path) -> None:
    found = records_of(written(tmp_path / "export.csv", HEADER + ROWS))

    customer, first, second = found
    assert isinstance(customer, CustomerRecord)
    assert isinstance(first, ConversationRecord)
    assert isinstance(second, ConversationRecord)
    assert customer.emails == ("ari@example.com",)
    assert customer.properties["Plan"].content == "Pro"
    assert first.channel is Channel.SURVEY
    assert first.subject == "NPS 9"
    assert first.properties["score"].content == Decimal(9)
    assert first.messages[0].text == "Great, really"
    assert first.tags == ("fast", "kind")
    assert second.customer_id is None
    assert second.properties["survey_type"].content == "csat"


@pytest.mark.parametrize("ending", ["list.json", "wrapped.json", "lines.jsonl"])
def test_json_exports_give_what_the_api_gave(tmp_path: Path, ending: str) -> None:
    lines = "\n".join(map(json.dumps, RESPONSES))
    texts = {
        "list.json": json.dumps(RESPONSES), "wrapped.json": json.dumps({"survey_responses": RESPONSES}), "lines.jsonl": lines,
    }  # fmt: skip
    path = written(tmp_path / ending, texts[ending])

    found = records_of(path)

    assert is_survey_export(path)
    assert len(found) == 13
    assert [one.text for one in found if isinstance(one, NoteRecord)] == ["Called back"]
    assert len([one for one in found if isinstance(one, ConversationRecord)]) == 6


def test_one_row_without_a_time_is_put_aside_and_the_others_go_in(tmp_path: Path) -> None:
    page = pages_of(written(tmp_path / "export.csv", HEADER + ROWS + "r3,NPS,5,late,b@example.com,B,some day,,,\n"))[-1]

    assert [one.external_id for one in page.rejected] == ["export.csv:4"] * 2
    assert len(page.records) == 3


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("customers.csv", "email,name,plan\na@example.com,A,pro\n"),
        ("feedback.csv", "email,score,comment,date\na@example.com,9,good,2026-01-01\n"),
        ("customers.jsonl", '{"email": "a@example.com"}\n'),
        ("mail.eml", "From: a@example.com\n\nscore comment\n"),
        ("empty.csv", ""),
    ],
)
def test_other_files_are_not_taken_for_an_export(tmp_path: Path, name: str, text: str) -> None:
    assert not is_survey_export(written(tmp_path / name, text))
    assert not is_survey_export(tmp_path / "not there.csv")


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.json", '{"score": 1}'), ("a.json", '[{"id": NaN}]'), ("a.jsonl", '{"id": 1\n'), ("a.csv", "one,two\n1,2\n")],
)
def test_what_is_no_export_says_so(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(SourceError):
        pages_of(written(tmp_path / name, text))
