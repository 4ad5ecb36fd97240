"""``segment`` on the command line, and the one language of expressions in ``list --filter``."""

from __future__ import annotations

import pytest
from tests.command_line.desk import Answer, Desk, plain_desk, ready

ADA, BEN, CLEO = "ada@northpeak.example", "ben@harbor.example", "cleo@harbor.example"
FILTERS = {
    "plan=pro or plan=free -name:cleo": {ADA, BEN},
    "(plan=pro or plan=free) company:harbor": {BEN, CLEO},
    "mrr:1..2000": {ADA},
    'count("Logged in")>=1 first("Logged in")=2026-11-02': {ADA},
    "not last_seen>2020-01-01": {BEN, CLEO},
    "tag:(beta, vip, gamma)": {ADA},
    "company.name=(harbor) -name:b*": {CLEO},
    "signed_up<1d": set(),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = plain_desk(tmp_path_factory.mktemp("desk"))
    ready(made.run(["import", str(made.files / "events.csv"), "--as", "events"]))
    return made


def emails(answer: Answer) -> list[str]:
    return [one["email"] for one in answer.document]


def test_lists_are_filtered_by_the_same_language(desk: Desk) -> None:
    answers = desk.run(*(["list", "customers", "--filter", expression, "--json"] for expression in FILTERS))
    found = {expression: set(emails(answer)) for expression, answer in zip(FILTERS, answers, strict=True)}
    assert found == FILTERS


def test_a_segment_is_made_read_explained_changed_removed_and_brought_back(desk: Desk) -> None:
    members = ["segment", "members", "free riders", "--json"]
    made, first, why_ada, why_ben, shown, _, second, left, again, _, gone, _, back = desk.run(
        ["segment", "add", "Free riders", "--rule", "plan=free mrr<10", "--json"],
        members,
        ["segment", "why", ADA, "Free riders", "--json"],
        ["segment", "why", BEN, "Free riders"],
        ["show", "customer", BEN, "--json"],
        ["edit", "customer", BEN, "--set", "plan=Pro"],
        members,
        ["segment", "why", BEN, "Free riders", "--json"],
        ["segment", "add", "FREE riders", "--rule", "plan=pro", "--json"],
        ["segment", "remove", "Free riders"],
        members,
        ["undo"],
        members,
    )
    assert (made.document["count"], made.document["of"]) == (2, "customers")
    assert emails(first) == [BEN, CLEO]
    assert [line["part"] for line in why_ada.document["lines"][0]["lines"]] == ["blocks", "blocks"]
    assert why_ben.out.startswith("Ben Ito is in Free riders\nsince ")
    assert (shown.document["segments"], shown.document["segments_by_rule"]) == (["Free riders"], ["Free riders"])
    assert emails(second) == [CLEO]
    assert (left.document["is_member"], left.document["since"]) == (False, None)
    assert left.document["history"][0]["left"] is not None
    assert (again.document["id"], again.document["name"], again.document["count"]) == (
        made.document["id"],
        "Free riders",
        2,
    )
    assert (gone.code, gone.out) == (1, "")
    assert emails(back) == [ADA, BEN]
    # The desk is as it was, whichever test comes next.
    ready(desk.run(["edit", "customer", BEN, "--automatic", "plan"]))


def test_a_company_tag_reaches_its_members_and_leaves_with_the_tag(desk: Desk) -> None:
    members = ["segment", "members", "Key people", "--json"]
    _, before, _, during, _, after = desk.run(
        ["segment", "add", "Key people", "--rule", "tag:key-account"],
        members,
        ["edit", "company", "Harbor", "--tag", "key-account"],
        members,
        ["edit", "company", "Harbor", "--untag", "key-account"],
        members,
    )
    assert (emails(before), emails(during), emails(after)) == ([], [BEN, CLEO], [])


def test_segments_of_companies_and_built_in_ones(desk: Desk) -> None:
    made, members, listed, away = desk.run(
        ["segment", "add", "Teams", "--rule", "members>1", "--of", "companies", "--json"],
        ["segment", "members", "Teams", "--json"],
        ["segment", "list", "--json"],
        ["segment", "why", BEN, "Away", "--json"],
    )
    assert made.document["rule"] == "members>1"
    assert [one["name"] for one in members.document] == ["Harbor"]
    kinds = {(one["name"], one["of"]): one["kind"] for one in listed.document}
    assert (kinds["Slipping away", "customers"], kinds["Teams", "companies"]) == ("built in", "ours")
    assert (away.document["is_member"], away.document["lines"][0]["found"]) == (False, "not known")


def test_a_rule_that_is_none_is_a_sentence(desk: Desk) -> None:
    rules = ("nosuch=1", "plan=pro or", "count(x)", "last_seen<soon", "\udcff", "(" * 99)
    for answer in desk.run(*(["segment", "add", "Broken", "--rule", rule] for rule in rules)):
        assert (answer.code, answer.out) == (1, ""), answer
        assert len(answer.err.splitlines()) == 1
