"""The preview of a merge: choices, swapping, what changes meanwhile, and that outside words stay text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.ui.rich import ARIANA, customer_called, made_rich
from tests.ui.workspaces import NOW

from console.domain.edits import Edit, MergeCustomers, NeverMerge, Owner, SetProperty, Several
from console.domain.ids import CustomerId
from console.domain.records import CustomerRecord, OwnerKind
from console.domain.values import Value, ValueKind
from console.ui.compare.dialog import CompareDialog
from console.ui.customer.window import CustomerWindow

CANARY = '<img src="/canary.png"><b>bold</b>'


def text(words: str) -> Value:
    return Value(ValueKind.STRING, words)


class Room:
    """Ariana's window, and the comparison with her other self, who is called like the canary."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session, self.side = made_rich(folder)
        said = {"name": text(CANARY), "plan": text("Growth"), "shoe_size": text("43"), CANARY: text(CANARY)}
        self.side.take(CustomerRecord("twin", ("twin@elsewhere.example",), said, (), NOW, (CANARY,)), source="Typeform")
        self.submitted: list[Edit] = []
        self.session.submitted.connect(lambda entry: self.submitted.append(entry.edit))
        self.stays = Owner(OwnerKind.CUSTOMER, customer_called(self.session, ARIANA))
        self.goes = Owner(OwnerKind.CUSTOMER, customer_called(self.session, "twin@elsewhere.example"))
        self.window = CustomerWindow(self.session, self.stays.id)
        self.window.show()
        self.dialog = self.opened()

    def opened(self) -> CompareDialog:
        other = next(
            card
            for card in [self.session.read(lambda c: _card(c, self.goes.id))]
            if card is not None
        )  # fmt: skip
        dialog = self.window.deeds.compare(other, "Same phone number")
        assert dialog is not None
        self.qtbot.waitUntil(lambda: dialog.found() is not None)
        return dialog

    def choose(self, name: str) -> None:
        row = self.dialog.table.row_of(name)
        assert row is not None
        assert row.choose is not None
        row.choose.click()

    def result(self, name: str) -> tuple[str, str]:
        row = self.dialog.table.row_of(name)
        assert row is not None
        return row.shown.result, row.shown.reason


def _card(connection, key: int):
    from console.store.customer_cards import cards

    return cards(connection, [key])[key]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    made = Room(tmp_path / "workspace", qtbot)
    yield made
    made.window.close()
    made.window.deleteLater()
    made.session.close()
    made.side.workspace.close()


def test_what_was_chosen_is_said_by_hand_in_one_step_with_the_merge(room: Room) -> None:
    before = room.result("plan")
    assert before[0] != "Growth"

    room.choose("plan")
    assert room.result("plan") == ("Growth", "You chose")
    room.choose("name")
    room.choose("name")  # and let the rule decide again
    room.qtbot.keyClick(room.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (edit,) = room.submitted
    assert isinstance(edit, Several)
    merge, said = edit.edits
    assert merge == MergeCustomers(CustomerId(room.stays.id), CustomerId(room.goes.id))
    assert said == SetProperty(room.stays, "plan", text("Growth"))
    room.session.feed.look()
    assert (
        room.session.read(
            lambda c: c.exec_driver_sql("SELECT merged_into FROM customers WHERE id = ?", (room.goes.id,)).scalar()
        )
        == room.stays.id
    )


def test_swapping_keeps_the_choice_and_turns_who_stays(room: Room) -> None:
    room.choose("plan")
    room.qtbot.keyClick(room.dialog, Qt.Key.Key_S)

    assert room.result("plan") == ("Growth", "You chose")
    room.dialog.merge.click()
    (edit,) = room.submitted
    assert isinstance(edit, Several)
    assert edit.edits[0] == MergeCustomers(CustomerId(room.goes.id), CustomerId(room.stays.id))
    assert edit.edits[1] == SetProperty(room.goes, "plan", text("Growth"))


def test_the_focus_starts_on_cancel_and_without_a_choice_the_edit_is_the_merge_alone(room: Room) -> None:
    assert room.dialog.focusWidget() is room.dialog.cancel
    room.dialog.merge.click()
    assert room.submitted == [MergeCustomers(CustomerId(room.stays.id), CustomerId(room.goes.id))]


def test_called_different_they_are_never_merged(room: Room) -> None:
    room.dialog.never.click()
    assert room.submitted == [NeverMerge(CustomerId(room.stays.id), CustomerId(room.goes.id))]
    room.session.feed.look()
    again = room.opened()
    assert not again.banner.isHidden()


def test_what_changes_meanwhile_is_marked_and_nobody_is_merged_with_who_is_gone(room: Room) -> None:
    room.session.submit(SetProperty(room.goes, "shoe_size", text("44")))
    room.session.feed.look()
    room.qtbot.waitUntil(lambda: room.result("shoe_size")[0] == "44")
    marked = {row.shown.name for row in room.dialog.table.rows() if row.is_marked()}
    assert marked == {"shoe_size"}

    room.session.submit(MergeCustomers(CustomerId(room.stays.id), CustomerId(room.goes.id)))
    room.session.feed.look()
    room.qtbot.waitUntil(lambda: not room.dialog.merge.isEnabled())
    count = len(room.submitted)
    room.dialog.decide()
    assert len(room.submitted) == count


def test_identical_fields_fold_into_one_line(room: Room) -> None:
    room.session.submit(SetProperty(room.stays, "shoe_size", text("43")))
    room.session.feed.look()
    room.dialog.reject()
    room.dialog = room.opened()
    row = room.dialog.table.row_of("shoe_size")
    assert row is not None
    assert not row.isVisible()
    room.dialog.table.fold.click()
    assert row.isVisible()


def test_every_word_from_outside_is_text(room: Room) -> None:
    for label in room.dialog.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or "canary" not in label.text()
        assert "<img" not in label.toolTip()
    row = room.dialog.table.row_of(CANARY)
    assert row is not None
    assert "<b>" in row.accessibleName()
