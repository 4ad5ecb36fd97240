"""The profile panel on a real workspace: every deed is an edit, and the panel changes when the feed says so."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from tests.ui.desk import Desk
from tests.ui.rich import company_called, customer_called

from console.domain.edits import (
    AddTag,
    DefineProperty,
    MaskProperty,
    MergeCustomers,
    NeverMerge,
    RemoveTag,
    ReturnToAutomatic,
    SetProperty,
    Several,
    SplitCustomer,
    WriteNote,
)
from console.domain.profile import ClaimState
from console.domain.values import Value, ValueKind
from console.ui.compare.dialog import CompareDialog
from console.ui.profile.property_row import PropertyRow, is_contested
from console.ui.widgets.buttons import CopyButton


def test_it_shows_who_this_is(desk: Desk) -> None:
    view = desk.panel.view()
    assert view is not None
    assert desk.panel.header.accessibleName() == "Ariana Delacroix"
    assert [line.line().words for line in desk.panel.companies.rows()] == ["Northpeak Analytics"]  # pyright: ignore[reportOptionalMemberAccess]  # rows that show have a line
    assert desk.panel.header._place.words() == "Lyon, France"
    assert desk.panel.header._clock.text() == "12:08 local"


def test_an_address_is_copied_and_ticked(desk: Desk) -> None:
    copy = next(one for one in desk.panel.header.findChildren(CopyButton) if one.isVisible())

    desk.qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text() == "ariana@northpeak.io"


def test_w_explains_and_the_ladder_names_the_deciding_step(desk: Desk) -> None:
    assert is_contested(desk.shown("plan"))
    desk.qtbot.keyClick(desk.row("plan"), Qt.Key.Key_W)

    popover = desk.panel.deeds._popover
    assert popover is not None
    assert popover.is_open()
    words = " ".join(label.text() for label in popover.findChildren(type(desk.panel.header._clock)))
    assert "Nobody set it by hand, so the API wins." in words
    assert "Replaced" in words
    desk.qtbot.keyClick(popover, Qt.Key.Key_Escape)
    assert not popover.is_open()


def test_the_value_is_pinned_masked_and_returned_to_automatic(desk: Desk) -> None:
    card = desk.panel.deeds.open_why(desk.row("plan"))
    assert card is not None
    assert not card.automatic_button.isEnabled()
    card.pin_button.click()
    desk.look()
    assert desk.submitted[-1] == SetProperty(desk.panel.owner(), "plan", Value(ValueKind.STRING, "Enterprise"), True)
    assert desk.shown("plan").winner.is_pin

    card = desk.panel.deeds.open_why(desk.row("plan"))
    assert card is not None
    assert not card.pin_button.isEnabled()
    card.mask_button.click()
    desk.look()
    assert desk.submitted[-1] == MaskProperty(desk.panel.owner(), "plan")
    assert desk.shown("plan").state is ClaimState.MASKED
    assert "Empty on purpose" in desk.row("plan").accessibleName()

    card = desk.panel.deeds.open_why(desk.row("plan"))
    assert card is not None
    assert card.automatic_button.isEnabled()
    card.automatic_button.click()
    desk.look()
    assert desk.submitted[-1] == ReturnToAutomatic(desk.panel.owner(), "plan")
    assert desk.shown("plan").value == Value(ValueKind.STRING, "Enterprise")
    assert not desk.shown("plan").winner.by_hand


def test_the_focus_starts_on_pin_and_stays_inside(desk: Desk) -> None:
    row = desk.row("plan")
    row.setFocus()
    card = desk.panel.deeds.open_why(row)
    assert card is not None
    assert card.pin_button.hasFocus()

    for _ in range(9):
        desk.qtbot.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
        assert card.isAncestorOf(desk.window.focusWidget())
    desk.qtbot.keyClick(desk.window.focusWidget(), Qt.Key.Key_Escape)
    assert row.hasFocus()


def test_tags_are_added_completed_and_taken_off(desk: Desk) -> None:
    desk.panel.add_tag()
    desk.qtbot.keyClicks(desk.panel.tags.field, "VIP")
    desk.qtbot.keyClick(desk.panel.tags.field, Qt.Key.Key_Return)
    assert desk.submitted == [AddTag(desk.panel.owner(), "VIP")]
    assert desk.panel.tags.chip_of("VIP") is None
    desk.look()
    chip = desk.panel.tags.chip_of("VIP")
    assert chip is not None

    desk.qtbot.keyClick(chip, Qt.Key.Key_Delete)
    desk.look()
    assert desk.submitted[-1] == RemoveTag(desk.panel.owner(), "VIP")
    assert desk.panel.tags.chip_of("VIP") is None


def test_a_note_on_the_customer(desk: Desk) -> None:
    desk.panel.write_note()
    desk.panel.notes.field.setPlainText("Prefers e-mail")
    desk.qtbot.keyClick(desk.panel.notes.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.look()

    assert isinstance(desk.submitted[-1], WriteNote)
    assert [card.note().text for card in desk.panel.notes.cards()] == ["Prefers e-mail"]  # pyright: ignore[reportOptionalMemberAccess]  # cards that show have a note


def test_a_new_property_is_defined_and_set_in_one_edit(desk: Desk) -> None:
    button = desk.panel.sections.section("properties").button
    assert button is not None
    card = desk.panel.deeds.open_new_property(button)
    assert not card.save()
    assert "name" in card.problem()
    card.name.setText("seats")
    card.kind.setCurrentIndex(card.kind.findData("number"))
    card.field.findChildren(QLineEdit)[0].setText("42")  # pyright: ignore[reportOptionalMemberAccess]  # it has a field

    assert card.save()
    desk.look()

    assert isinstance(desk.submitted[-1], Several)
    assert desk.shown("seats").value == Value(ValueKind.NUMBER, Decimal(42))


def test_the_name_of_a_known_property_brings_its_type(desk: Desk) -> None:
    button = desk.panel.sections.section("properties").button
    assert button is not None
    card = desk.panel.deeds.open_new_property(button)

    card.name.setText("mrr")

    assert card.kind.currentData() == "money"
    assert not card.kind.isEnabled()


def test_a_property_goes_on_top(desk: Desk) -> None:
    shown = desk.shown("plan")
    desk.panel.deeds._toggle_top(shown)
    desk.look()

    assert isinstance(desk.submitted[-1], DefineProperty)
    assert desk.panel.properties.shown()[0].name == "plan"


def test_splitting_previews_both_sides_and_can_be_for_good(desk: Desk) -> None:
    dialog = desk.panel.deeds.open_split()
    assert dialog is not None
    assert not dialog.split.isEnabled()
    typeform = next(box for box in dialog.boxes if "Typeform" in box.text())
    typeform.setChecked(True)
    assert dialog.split.isEnabled()
    assert "Typeform" in dialog._leaves[1].text()
    assert "Typeform" not in dialog._stays[1].text()

    dialog.split.click()
    desk.look()

    done = desk.submitted[-1]
    assert isinstance(done, Several)
    split, never = done.edits
    assert isinstance(split, SplitCustomer)
    assert never == NeverMerge(split.customer, split.into)
    words = [row.line().words for row in desk.panel.identities._lines.rows()]  # pyright: ignore[reportOptionalMemberAccess]  # rows that show have a line
    assert "Typeform" not in words


def test_merging_asks_first_and_can_be_swapped(desk: Desk) -> None:
    ben = customer_called(desk.session, "ben@northpeak.io")
    picker = desk.panel.deeds.open_merge(desk.panel.identities.merge)
    picker.search("ben")
    desk.qtbot.waitUntil(lambda: any("Ben Ode" in str(row) for row in picker.model.rows()))
    picker.step_by(1)
    picker.choose()
    dialog = next(one for one in desk.window.findChildren(CompareDialog) if one.isVisible())
    assert dialog.cancel.hasFocus() or not dialog.isActiveWindow()
    desk.qtbot.waitUntil(lambda: dialog.merge.isEnabled())
    dialog.heads.swap.click()
    dialog.merge.click()

    assert desk.submitted[-1] == MergeCustomers(ben, desk.customer)


def test_sections_fold_and_are_remembered(desk: Desk) -> None:
    section = desk.panel.sections.section("notes")
    section.header.click()
    assert section.is_folded()

    desk.panel.sections._kind = ""
    section.fold(is_folded=False)
    desk.panel.show_company(company_called(desk.session, "Northpeak Analytics"))
    desk.panel.show_customer(desk.customer)

    assert section.is_folded()


def test_a_company_shows_its_members_and_who_says_otherwise(desk: Desk) -> None:
    desk.panel.show_company(company_called(desk.session, "Northpeak Analytics"))

    names = [row.line().words for row in desk.panel.members.rows()]  # pyright: ignore[reportOptionalMemberAccess]  # rows that show have a line
    assert names == ["Ariana Delacroix", "Ben Ode"]
    assert is_contested(desk.shown("size"))
    assert desk.panel.sections.section("members").isVisible()
    assert not desk.panel.sections.section("events").isVisible()


def test_rows_are_filled_again_when_another_profile_is_shown(desk: Desk) -> None:
    before = {id(row) for row in desk.panel.properties.findChildren(PropertyRow)}

    desk.panel.show_customer(customer_called(desk.session, "ben@northpeak.io"))
    desk.panel.show_customer(desk.customer)

    assert {id(row) for row in desk.panel.properties.findChildren(PropertyRow)} == before


def test_nobody_is_shown_as_nobody(desk: Desk) -> None:
    desk.panel.show_customer(None)

    assert desk.panel.view() is None
    assert not desk.panel.header.isVisible()


def test_a_click_on_a_property_edits_it_and_a_click_on_a_line_opens_what_it_names(desk: Desk) -> None:
    desk.qtbot.mouseClick(desk.row("mrr"), Qt.MouseButton.LeftButton)
    assert desk.panel.properties.editor() is not None
    desk.panel.properties.stop_editing()

    with desk.qtbot.waitSignal(desk.panel.company_wanted):
        desk.panel.companies.rows()[0].click()
