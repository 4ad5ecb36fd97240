"""A customer as of another day: shown as they were, plainly marked, and nobody can change them."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from tests.ui.customer.conftest import Room
from tests.ui.workspaces import NOW

from console.domain.edits import AddTag, Owner, SetProperty
from console.domain.records import OwnerKind
from console.domain.values import Value, ValueKind
from console.ui.widgets.labels import ElidedLabel


def then(room: Room, days: int) -> None:
    """The day so many days ago is on screen."""
    room.window.ask_day()
    room.window.past.slider.setValue(room.window.past.slider.maximum() - days)
    day = (NOW - timedelta(days=days)).date()
    room.qtbot.waitUntil(lambda: _shown_day(room) == day)


def _shown_day(room: Room):
    read = room.window.read()
    return read.profile.as_of.date() if read and read.profile.as_of else None


def test_values_tags_and_notes_are_those_of_the_day(room: Room) -> None:
    me = Owner(OwnerKind.CUSTOMER, room.customer)
    room.session.submit(SetProperty(me, "plan", Value(ValueKind.STRING, "Gold")))
    room.session.submit(AddTag(me, "vip"))
    room.look()
    assert room.window.facts.tags.chip_of("vip") is not None

    then(room, 1)

    shown = {one.name: one.value for one in room.window.properties.shown()}
    assert shown["plan"] == Value(ValueKind.STRING, "Growth")
    view = room.window.view()
    assert view is not None
    assert [tag.name for tag in view.tags] == ["beta-export"]
    assert room.window.past.isVisible()
    assert "read-only" in room.window.past.accessibleName()
    assert room.window.windowTitle() == "Ariana Delacroix, as of 19 Nov 2026"


def test_nothing_of_the_past_can_be_changed(room: Room) -> None:
    then(room, 1)
    before = len(room.submitted)

    room.qtbot.keyClick(room.row("plan"), Qt.Key.Key_Return)
    assert room.window.properties.editor() is None
    room.window.write_note()
    assert not room.window.signals.notes.field.isVisible()
    room.window.deeds.add_tag("vip")
    room.window.facts.tags.begin()
    card = room.window.deeds.open_why(room.row("plan"))

    assert card is not None
    assert not card.pin_button.isEnabled()
    assert not room.window.facts.tags.field.isVisible()
    assert not room.window.header.owner.isEnabled()
    assert not room.window.facts.identities.split.isEnabled()
    assert len(room.submitted) == before


def test_the_stream_ends_on_that_day(room: Room) -> None:
    then(room, 20)
    room.qtbot.waitUntil(lambda: bool(room.window.story.reading.lines))
    read = room.window.read()
    assert read is not None
    moment = read.profile.as_of
    assert moment is not None
    assert {line.at <= moment for line in room.window.story.reading.lines} == {True}


def test_escape_comes_back_to_today(room: Room) -> None:
    then(room, 3)
    room.qtbot.keyClick(room.window, Qt.Key.Key_Escape)

    read = room.window.read()
    assert read is not None
    assert not read.is_past
    assert not room.window.past.isVisible()
    assert room.window.header.owner.isEnabled()


def test_the_clock_shows_the_time_there_now_also_beside_the_past(room: Room) -> None:
    then(room, 1)
    room.qtbot.waitUntil(room.session.background.is_idle)
    words = {one.words() for one in room.window.findChildren(ElidedLabel)}
    assert "12:08" in words
    assert "11 h ago" not in words
