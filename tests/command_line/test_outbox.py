"""The outbox from a script: look, hold, release, change, cancel, choose what goes back."""

from __future__ import annotations

from typing import Any

import pytest
from tests.command_line.desk import Desk, small_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = small_desk(tmp_path_factory.mktemp("desk"))
    made.one("edit", "conversation", made.one("list", "conversations", "--json").document[0]["id"], "--reply", "On it")
    return made


def listed(desk: Desk, *options: str) -> list[dict[str, Any]]:
    return list(desk.one("outbox", "list", "--json", *options).document)


def test_a_reply_is_held_changed_released_and_cancelled(desk: Desk) -> None:
    (row,) = listed(desk)
    assert (row["state"], row["words"], row["body"]["text"]) == ("queued", "Reply to Ada Berg", "On it")

    answers = desk.run(
        ["outbox", "hold", "all"], ["outbox", "edit", row["id"], "Done"], ["outbox", "show", row["id"]], ["outbox", "release", row["id"]],
        ["outbox", "cancel", row["id"]], ["outbox", "list", "--filter", "done", "--json"], ["undo"], ["outbox", "list"],
    )  # fmt: skip

    assert [answer.code for answer in answers] == [0] * 8
    assert "Done" in answers[2].out
    assert "held" in answers[2].out
    assert [one["state"] for one in answers[5].document] == ["dropped"]
    assert "queued" in answers[7].out


def test_what_cannot_be_done_says_why(desk: Desk) -> None:
    (row,) = listed(desk)
    commands = (["release", row["id"]], ["sent", row["id"]], ["hold", "99"], ["show", "99"], ["hold", "x"], ["resolve"])

    for answer in desk.run(*(["outbox", *words] for words in commands)):
        assert answer.code == 1
        assert len(answer.err.splitlines()) == 1


def test_all_means_nothing_that_would_reach_a_customer_twice(desk: Desk) -> None:
    assert "nothing of that kind" in desk.one("outbox", "retry", "all").out
    assert [row["attempts"] for row in listed(desk)] == [0]


def test_what_goes_back_is_chosen_for_each_source(desk: Desk) -> None:
    answers = desk.run(
        ["sources", "write-back", "Team mail", "tag"], ["sources", "write-back", "Team mail", "customer:plan", "on"],
        ["sources", "write-back", "Team mail", "reply", "off"], ["sources", "write-back", "Team mail", "--json"],
        ["sources", "write-back", "Team mail", "everything"], ["sources", "write-back", "Nowhere"],
    )  # fmt: skip

    assert answers[3].document == {"source": "Team mail", "write_back": ["property:customer:plan", "tag"]}
    assert [answer.code for answer in answers] == [0, 0, 0, 0, 1, 1]
