"""Edits of connected sources: names, settings, streams, pace, reading again; each can be taken back."""

from __future__ import annotations

import json

import pytest
from tests.store.world import World

from console.domain.edits import (
    AddSource,
    ChangeSource,
    ChooseStreams,
    Edit,
    PauseSource,
    ReadAgain,
    RemoveSource,
    RenameSource,
    RetryQuarantine,
    SetSourcePace,
)
from console.domain.ids import SourceId
from console.domain.sources import SourceRow
from console.store.changes import Stale, changes_since, last_change
from console.store.source_writes import source_id
from console.store.sources import sources

KEY = source_id("rest", "Desk")
ADD = AddSource(KEY, "rest", "Desk", json.dumps({"base_url": "https://desk.example"}))


def _source(world: World, name: str = "Desk") -> SourceRow:
    with world.workspace.database.read() as connection:
        return next(row for row in sources(connection) if row.name == name)


def _refusal(world: World, edit: Edit) -> str:
    return world.outcome(world.do(edit)).reason


@pytest.fixture
def desk(world: World) -> World:
    world.do(ADD)
    return world


def test_a_renamed_source_keeps_its_key_and_nobody_else_gets_its_first_name(desk: World) -> None:
    desk.do(RenameSource(KEY, "Help desk"))

    assert _source(desk, "Help desk").id == KEY
    assert "choose another name" in _refusal(desk, ADD)
    assert "choose another name" in _refusal(desk, AddSource(SourceId(5), "rest", "Help desk", "{}"))


def test_two_accounts_of_one_vendor_are_two_sources(desk: World) -> None:
    other = source_id("rest", "Desk US")
    desk.do(AddSource(other, "rest", "Desk US", "{}"))

    assert _source(desk).id != _source(desk, "Desk US").id
    assert "choose another name" in _refusal(desk, RenameSource(other, "Desk"))


def test_other_settings_leave_pace_and_streams_as_they_are_chosen(desk: World) -> None:
    desk.do(ChooseStreams(KEY, ("events",)))
    desk.do(SetSourcePace(KEY, 15))
    desk.do(ChangeSource(KEY, json.dumps({"base_url": "https://eu.desk.example"}), ("help@acme.example",)))

    row = _source(desk)
    assert row.settings["base_url"] == "https://eu.desk.example"
    assert (row.every, [(one.stream, one.is_off) for one in row.streams]) == (15, [("events", True)])


@pytest.mark.parametrize(
    "edit", [RenameSource(KEY, "Other"), ChooseStreams(KEY, ("a",)), SetSourcePace(KEY, 5), PauseSource(KEY, is_paused=True), RemoveSource(KEY)]
)  # fmt: skip
def test_every_change_of_a_source_can_be_taken_back_and_the_window_hears_of_it(desk: World, edit: Edit) -> None:
    before = _source(desk)
    done = desk.do(edit)
    with desk.workspace.database.read() as connection:
        seq = last_change(connection)

    desk.undo(done)

    assert _source(desk) == before
    with desk.workspace.database.read() as connection:
        assert Stale.SOURCE in {change.kind for change in changes_since(connection, seq)}


def test_what_makes_no_sense_is_refused_in_words(desk: World) -> None:
    assert "minutes" in _refusal(desk, SetSourcePace(KEY, 0))
    assert "needs a name" in _refusal(desk, RenameSource(KEY, "  "))
    assert "put aside" in _refusal(desk, RetryQuarantine(KEY))
    assert "not connected" in _refusal(desk, ReadAgain(SourceId(99)))


def test_reading_again_forgets_where_the_streams_ended(desk: World) -> None:
    with desk.workspace.database.write() as connection:
        connection.exec_driver_sql("INSERT INTO streams (source_id, stream, cursor) VALUES (?, 'people', 'c7')", (KEY,))

    done = desk.do(ReadAgain(KEY))

    assert desk.rows("SELECT cursor FROM streams") == [(None,)]
    desk.undo(done)
    assert desk.rows("SELECT cursor FROM streams") == [("c7",)]
