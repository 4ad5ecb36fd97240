"""The window of a customer: it shows who this is, each deed is an edit, and it changes when the feed says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from tests.ui.customer.conftest import Room
from tests.ui.rich import customer_called

from console.domain.edits import AddTag, MergeCustomers, Owner, WriteNote
from console.domain.ids import CustomerId
from console.domain.records import OwnerKind
from console.ui.widgets.buttons import CopyButton


def words_of(room: Room) -> set[str]:
    """Every label that shows, also what is elided."""
    return {one.accessibleName() or one.text() for one in room.window.findChildren(QLabel) if one.isVisible()}


def test_it_says_who_this_is_and_when_they_were_here(room: Room) -> None:
    assert room.window.windowTitle() == "Ariana Delacroix"
    shown = words_of(room)
    assert {"First seen", "Last seen", "Sessions", "Last contacted", "Last heard from", "Signed up"} <= shown
    assert "Today, 10:51" in shown
    assert any("Nadia Kovac" in words for words in shown)


def test_sessions_that_no_source_counts_are_a_sum_and_say_so(room: Room) -> None:
    read = room.window.read()
    assert read is not None
    sessions = read.figures.sessions
    assert sessions is not None
    assert (sessions.count, sessions.origin) == (27, "")
    assert any(words.startswith("sum of session events") for words in words_of(room))


def test_an_address_and_a_number_are_copied(room: Room) -> None:
    copies = {one.accessibleName(): one for one in room.window.header.findChildren(CopyButton)}
    room.qtbot.mouseClick(copies["Copy the e-mail ariana@northpeak.io"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "ariana@northpeak.io"
    room.qtbot.mouseClick(copies["Copy the number +33 4 72 00 00 18"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "+33 4 72 00 00 18"


def test_a_tag_is_an_edit_and_appears_with_the_feed(room: Room) -> None:
    room.qtbot.keyClick(room.window, Qt.Key.Key_T)
    room.window.facts.tags.field.setText("vip")
    room.qtbot.keyClick(room.window.facts.tags.field, Qt.Key.Key_Return)
    assert room.submitted == [AddTag(Owner(OwnerKind.CUSTOMER, room.customer), "vip")]
    room.look()
    assert room.window.facts.tags.chip_of("vip") is not None


def test_n_writes_a_note(room: Room) -> None:
    room.qtbot.keyClick(room.window, Qt.Key.Key_N)
    room.window.signals.notes.field.setPlainText("Call her on Monday")
    room.qtbot.keyClick(room.window.signals.notes.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (edit,) = room.submitted
    assert isinstance(edit, WriteNote)
    room.look()
    assert [card.note().text for card in room.window.signals.notes.cards()] == ["Call her on Monday"]  # pyright: ignore[reportOptionalMemberAccess]  # shown cards have a note


def test_properties_are_filtered_by_name_and_value(room: Room) -> None:
    room.window.facts.filter.setText("enterp")
    room.window.facts.filter.tell()
    assert [one.name for one in room.window.properties.shown()] == ["plan"]
    room.window.facts.filter.empty()
    assert len(room.window.properties.shown()) > 8


def test_after_a_merge_the_window_shows_the_customer_that_stays(room: Room) -> None:
    other = customer_called(room.session, "ben@northpeak.io")
    room.session.submit(MergeCustomers(CustomerId(other), CustomerId(room.customer)))
    room.look()
    assert room.window.owner() == Owner(OwnerKind.CUSTOMER, other)
