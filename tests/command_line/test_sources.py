"""``sources`` and ``quarantine`` on the command line: what is connected, changed, ordered, paused and removed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.command_line.desk import Desk, plain_desk, ready

from console.connectors.kinds.registry import CONNECTORS

ADD = ("sources", "add", "imap")
HOST = ("--set", "host=127.0.0.1", "--set", "port=9", "--set", "username=help@acme.example")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = plain_desk(tmp_path_factory.mktemp("desk"))
    ready(made.run([*ADD, "Team mail", *HOST], [*ADD, "Sales mail", *HOST]))
    return made


def _source(desk: Desk, name: str) -> dict[str, Any]:
    return desk.one("sources", "show", name, "--json").document


def test_every_kind_says_what_it_asks_for_and_against_what_it_was_tried(desk: Desk) -> None:
    kinds = {kind["kind"]: kind for kind in desk.one("sources", "kinds", "--json").document}

    assert kinds.keys() == CONNECTORS.keys()
    assert all(kind["tried"] and kind["fields"] for kind in kinds.values())


def test_a_source_is_changed_paused_and_ordered_and_each_can_be_taken_back(desk: Desk) -> None:
    ready(desk.run(
        ["sources", "set", "Team mail", "--every", "15", "--off", "Trash", "--set", "port=10"],
        ["sources", "pause", "Team mail"],
        ["sources", "trust", "Sales mail", "Team mail"],
    ))  # fmt: skip
    changed = _source(desk, "Team mail")
    ready(
        desk.run(
            ["undo"],
            ["sources", "resume", "Team mail"],
            ["sources", "set", "Team mail", "--every", "0", "--on", "Trash"],
        )
    )
    back = _source(desk, "Team mail")

    assert (changed["every"], changed["is_paused"], changed["trust"]) == (15, True, 1)
    assert [one["is_off"] for one in changed["streams"]] == [True]
    assert changed["settings"]["port"] == "10"
    assert (back["every"], back["is_paused"], back["trust"], back["streams"]) == (None, False, 0, [])


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("sources", "add", "imap"), "KIND NAME"),
        (("sources", "add", "carrier-pigeon", "Birds"), "no kind of source"),
        (("sources", "add", "imap", "Team mail", *HOST), "already"),
        (("sources", "set", "Team mail", "--every", "-5"), "minutes"),
        (("sources", "set", "Team mail", "--set", "nonsense"), "KEY=VALUE"),
        (("sources", "set", "Team mail", "--rename", "Sales mail"), "another name"),
        (("sources", "show", "Nobody"), "no source called"),
        (("sources", "trust", "Team mail", "Team mail"), "named twice"),
        (("quarantine", "list", "Nobody"), "no source called"),
        (("sources", "add", "--manifest", "/nowhere/x.yaml", "Mine"), "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(desk: Desk, command: tuple[str, ...], words: str) -> None:
    answer = desk.one(*command)

    assert answer.code == 1
    assert words in answer.err
    assert answer.err.count("\n") <= 1


def test_a_source_that_cannot_be_reached_is_counted_and_ends_with_three(desk: Desk) -> None:
    answer = desk.one("sync", "--once", "Sales mail", "--json")

    assert answer.code == 3
    said = json.loads(answer.out)
    assert (said["new"], [run["source"] for run in said["runs"]]) == (0, ["Sales mail"])
    assert said["runs"][0]["state"] == "waiting"


def test_a_removed_source_is_gone_and_undo_brings_it_back(desk: Desk) -> None:
    ready(desk.run([*ADD, "Passing", *HOST], ["sources", "remove", "Passing", "--drop"]))
    gone = [row["name"] for row in desk.one("sources", "list", "--json").document]
    ready(desk.run(["undo"]))

    assert "Passing" not in gone
    assert "Passing" in [row["name"] for row in desk.one("sources", "list", "--json").document]


def test_quarantine_is_empty_where_everything_could_be_read(desk: Desk) -> None:
    assert desk.one("quarantine", "list", "--json").document == []
    assert desk.one("quarantine", "retry", "--json").document == {"sources": []}
