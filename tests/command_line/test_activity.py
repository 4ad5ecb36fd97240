"""``activity``: the stream as a script reads it."""

from __future__ import annotations

import pytest
from tests.command_line.desk import Desk, plain_desk, ready

ADA = "ada@northpeak.example"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = plain_desk(tmp_path_factory.mktemp("stream"))
    ready(made.run(
        ["import", str(made.files / "events.csv"), "--as", "events"],
        ["edit", "customer", ADA, "--tag", "vip", "--note", "Likes short answers", "--set", "plan=Team"],
    ))  # fmt: skip
    return made


def test_a_stream_is_whole_newest_first_and_the_same_in_kinds_pages_and_for_the_company(desk: Desk) -> None:
    everything, *by_kind, two, before, firm, text = desk.run(
        ["activity", "customer", ADA, "--limit", "0", "--json"],
        *[["activity", "customer", ADA, "--kind", kind, "--json"] for kind in ("messages", "feedback", "events", "changes", "notes")],
        ["activity", "customer", ADA, "--limit", "2", "--json"],
        ["activity", "customer", ADA, "--before", "2026-11-02T09:00:01", "--json"],
        ["activity", "company", "North Peak", "--kind", "events", "--json"],
        ["activity", "customer", ADA, "--kind", "events"],
    )  # fmt: skip
    lines = everything.document
    assert [line["at"] for line in lines] == sorted((line["at"] for line in lines), reverse=True)
    assert {line["kind"] for line in lines} >= {"event", "note", "tag", "property", "arrival"}
    parts = [line for answer in by_kind for line in answer.document]
    assert sorted(line["id"] + line["kind"] for line in parts) == sorted(line["id"] + line["kind"] for line in lines)
    assert two.document == lines[:2]
    assert [line["title"] for line in before.document] == ["Logged in"]
    assert firm.document[0]["customer"] is not None
    assert {**firm.document[0], "customer": None} == before.document[0]
    assert "Logged in" in text.out
    (plan,) = [line for line in lines if line["kind"] == "property" and line["title"] == "plan"]
    assert (plan["old"], plan["new"]) == ("Pro", "Team")


def test_what_cannot_be_read_is_one_line(desk: Desk) -> None:
    nobody, no_time, no_kind = desk.run(
        ["activity", "customer", "nobody@example.com"],
        ["activity", "customer", ADA, "--before", "yesterday"],
        ["activity", "customer", ADA, "--kind", "letters"],
    )
    assert [answer.code for answer in (nobody, no_time, no_kind)] == [1, 1, 2]
    assert all(answer.err.count("\n") == 1 for answer in (nobody, no_time, no_kind))
    assert "2026-11-21" in no_time.err
