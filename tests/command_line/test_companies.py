"""Companies from a script: what ``show company`` says of health and members, merging, splitting, keeping apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command_line.desk import Desk, plain_desk, ready

_LOGINS = "Email,Event,Timestamp\n" + "".join(
    f"ada@northpeak.example,Logged in,2020-0{1 + n % 9}-01T09:00:00Z\n" for n in range(9)
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return plain_desk(tmp_path)


def test_health_tells_its_state_and_evidence(desk: Desk) -> None:
    (desk.files / "logins.csv").write_text(_LOGINS, encoding="utf-8")
    ready(desk.run(["import", str(desk.files / "logins.csv"), "--as", "events"]))

    away, unknown = (
        answer.document
        for answer in desk.run(["show", "company", "North Peak", "--json"], ["show", "company", "Harbor", "--json"])
    )

    assert away["health"]["state"] == "away"
    assert away["health"]["evidence"].startswith("last login by Ada Berg, ")
    assert away["last_seen"] == {"at": "2020-09-01T09:00:00+00:00", "by": "Ada Berg", "how": "login"}
    assert away["sessions"] == {"value": 9, "from": "sum of members"}
    assert away["plan"] is None
    assert unknown["health"]["state"] == "unknown"
    assert unknown["health"]["evidence"].startswith("Not enough activity to judge")
    assert unknown["last_seen"] == {"at": None, "by": None, "how": None}


def test_members_who_disagree_are_counted(desk: Desk) -> None:
    people = "Email,Company,company.size\n" + "".join(
        f"p{n}@harbor.example,Harbor,{'50-100' if n < 2 else '120-250'}\n" for n in range(5)
    )
    (desk.files / "people.csv").write_text(people, encoding="utf-8")
    ready(desk.run(["import", str(desk.files / "people.csv")]))

    size = desk.one("show", "company", "Harbor", "--json").document["properties"]["size"]

    assert size["disagreement"] == [{"value": "120-250", "members": 3}, {"value": "50-100", "members": 2}]


def test_two_companies_become_one_and_two_again(desk: Desk) -> None:
    merged, shown = desk.run(
        ["merge", "--company", "North Peak", "Harbor"], ["show", "company", "North Peak", "--json"]
    )
    parted = desk.one("split", "--company", "North Peak", "said:name:harbor")
    again = desk.one("show", "company", parted.out.strip(), "--json")

    assert merged.out.strip() == "Merge companies"
    assert {one["email"] for one in shown.document["members"]} == {
        "ada@northpeak.example",
        "ben@harbor.example",
        "cleo@harbor.example",
    }
    assert {one["external_id"] for one in shown.document["identities"]} == {"said:name:north peak", "said:name:harbor"}
    assert again.document["name"] == "Harbor"
    assert again.document["member_count"] == 2


def test_a_merge_of_companies_is_undone(desk: Desk) -> None:
    before = desk.one("show", "company", "Harbor", "--json").document

    ready(desk.run(["merge", "--company", "North Peak", "Harbor"], ["undo"]))

    after = desk.one("show", "company", "Harbor", "--json").document
    before["health"]["as_of"] = after["health"]["as_of"]
    assert after == before


def test_companies_that_are_kept_apart_cannot_be_the_same_one(desk: Desk) -> None:
    apart, same = desk.run(
        ["never-merge", "--company", "North Peak", "Harbor"], ["never-merge", "--company", "Harbor", "Harbor"]
    )

    assert apart.out.strip() == "Never merge these companies"
    assert same.code != 0
    assert "They are one company now" in same.err


def test_a_company_is_shown_as_it_was_on_another_day(desk: Desk) -> None:
    (desk.files / "logins.csv").write_text(_LOGINS, encoding="utf-8")
    ready(desk.run(["import", str(desk.files / "logins.csv"), "--as", "events"]))

    today, later, long_ago = (
        answer.document
        for answer in desk.run(
            ["show", "company", "North Peak", "--json"],
            ["show", "company", "North Peak", "--as-of", "9000-01-01", "--json"],
            ["show", "company", "North Peak", "--as-of", "1990-01-01", "--json"],
        )
    )

    assert today["as_of"] is None
    assert later["as_of"].startswith("9000-01-01")
    assert {**later, "as_of": None, "health": None} == {**today, "health": None}
    assert later["health"]["state"] == "away"
    assert long_ago["health"]["state"] == "unknown"
    assert (long_ago["members"], long_ago["last_seen"]["at"]) == ([], None)
