"""Owner, place, events, notes and suggested duplicates in the window of a customer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from tests.ui.customer.conftest import Room
from tests.ui.workspaces import NOW

from console.domain.edits import NeverMerge, Owner, SetProperty, WriteNote
from console.domain.records import CustomerRecord, EventRecord, OwnerKind
from console.domain.values import Value, ValueKind
from console.ui.customer.event_list import EventDetails
from console.ui.widgets.buttons import Button
from console.ui.widgets.labels import ElidedLabel


def text(words: str) -> Value:
    return Value(ValueKind.STRING, words)


def test_the_owner_is_a_property_and_is_chosen_among_teammates(room: Room) -> None:
    menu = room.window.acts.open_owner(room.window.header.owner)
    (nadia,) = [action for action in menu.actions() if action.text() == "Nadia Kovac"]
    nadia.trigger()
    menu.close()
    assert room.submitted == [SetProperty(Owner(OwnerKind.CUSTOMER, room.customer), "owner", text("Nadia Kovac"))]
    room.look()
    assert "Nadia Kovac" in room.window.header.owner.text()


def test_message_opens_the_newest_conversation_that_can_be_answered(room: Room) -> None:
    opened: list[object] = []
    room.session.wanted.connect(opened.append)
    room.qtbot.keyClick(room.window, Qt.Key.Key_M)
    view = room.window.view()
    assert view is not None
    assert opened == [Owner(OwnerKind.CONVERSATION, view.conversations[0].id)]


def test_the_link_to_the_window_is_copied(room: Room) -> None:
    menu = room.window.acts.open_more(room.window.header.more)
    next(action for action in menu.actions() if action.text().startswith("Copy the link")).trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == f"console://customer/{room.customer}"


def test_the_place_a_source_names_is_on_the_map_with_its_time(room: Room) -> None:
    place = room.window.signals.place
    room.qtbot.waitUntil(lambda: place.place.words() == "Lyon, France")
    assert place.map.isVisible()
    assert place.approximate.isVisible()
    assert "from \u2068Intercom\u2069" in place.accessibleName()
    assert "12:08" in {one.words() for one in room.window.findChildren(ElidedLabel)}


def test_without_a_place_there_is_no_map(room: Room) -> None:
    room.side.take(CustomerRecord("x1", ("nobody@example.com",), {"name": text("No Body")}), source="Sheet")
    room.turn_to(_customer(room, "nobody@example.com"))
    room.qtbot.waitUntil(lambda: not room.window.signals.place.map.isVisible())
    assert "Place not known, no login with an IP yet" in {
        one.text() for one in room.window.signals.place.findChildren(QLabel)
    }


def test_the_last_logins_address_tells_the_country_and_a_private_one_does_not(room: Room) -> None:
    who = CustomerRecord("x2", ("ip@example.com",), {"name": text("Ivy Page")})
    events = (
        EventRecord("old", "Logged in", NOW.replace(hour=1), "x2", metadata={"ip": text("81.2.69.142")}),
        EventRecord("new", "Logged in", NOW.replace(hour=2), "x2", metadata={"ip": text("192.168.7.7")}),
    )
    room.side.take(who, *events, source="App")
    room.turn_to(_customer(room, "ip@example.com"))
    place = room.window.signals.place
    room.qtbot.waitUntil(lambda: place.place.words() == "United Kingdom")
    assert "from last login IP" in place.accessibleName()
    assert "81.2" not in place.accessibleName()


def test_an_event_unfolds_what_the_last_one_said_with_its_type(room: Room) -> None:
    (row,) = room.window.signals.events.rows()
    assert "27 in all" in row.accessibleName()
    link = Value(ValueKind.LINK, "https://northpeak.io/r")
    room.side.take(EventRecord("e999", "Logged in", NOW, "5f31", metadata={"report": link}), source="Intercom")
    room.look()
    row.setFocus()
    room.qtbot.keyClick(row, Qt.Key.Key_Right)
    (details,) = room.window.signals.events.findChildren(EventDetails)
    assert [button.text() for button in details.findChildren(Button)] == ["https://northpeak.io/r"]
    room.qtbot.keyClick(row, Qt.Key.Key_Left)
    assert not details.isVisible()


def test_notes_are_searched_and_shown_with_their_emphasis(room: Room) -> None:
    for number, words in enumerate(("Prefers **e-mail**", "Call on Monday", "Renewal talk", "Likes short answers")):
        room.session.submit(WriteNote(Owner(OwnerKind.CUSTOMER, room.customer), f"n{number}", words))
    room.look()
    notes, search = room.window.signals.notes, room.window.signals.search
    assert search.isVisible()
    search.setText("mail")
    search.tell()
    (card,) = notes.cards()
    assert card.note() is not None
    assert "<strong>" in card._text._rich
    search.setText("nothing of the kind")
    search.tell()
    assert notes.cards() == () or not notes.isVisible()


def test_a_suggested_duplicate_says_why_and_no_is_for_good(room: Room) -> None:
    twin = CustomerRecord("x3", ("ad@elsewhere.example",), {"name": text("A. Delacroix"), "phone": text("0472000018")})
    room.side.take(twin, source="Sheet")
    room.window.load(is_new=True)
    cards = room.window.facts.duplicates
    room.qtbot.waitUntil(lambda: bool(cards.suggestions()))
    ((other, reason),) = cards.suggestions()
    assert (other.name, reason) == ("A. Delacroix", "Same phone number, similar name")

    no = next(one for one in cards.findChildren(Button) if one.text() == "Not the same")
    no.click()

    assert [type(edit) for edit in room.submitted] == [NeverMerge]
    room.look()
    room.window.load(is_new=True)
    room.qtbot.waitUntil(lambda: not cards.isVisible())


def test_up_and_down_walk_the_properties_and_ctrl_c_copies(room: Room) -> None:
    row = room.row("mrr")
    row.setFocus()
    room.qtbot.keyClick(row, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "€\u00a04,250"


def test_an_unknown_customer_is_said_to_be_gone(room: Room) -> None:
    room.turn_to(12)
    assert room.window.read() is None
    assert room.window.windowTitle() == "Not there any more"


def _customer(room: Room, email: str) -> int:
    return room.session.read(
        lambda c: c.exec_driver_sql(
            "SELECT id FROM customers WHERE email = ? AND merged_into IS NULL", (email,)
        ).scalar_one()
    )
