"""The customer picker: found by words, chosen by keyboard, never by accident."""

from __future__ import annotations

from PySide6.QtCore import Qt
from tests.ui.desk import Desk
from tests.ui.rich import conversation_called, customer_called

from console.domain.assigning import Candidate
from console.domain.edits import AssignCustomer, CreateCustomer, Several
from console.ui.assign.popover import AssignPopover
from console.ui.assign.rows import Create, Heading


def test_nothing_is_chosen_beforehand_without_strong_evidence(desk: Desk) -> None:
    popover = _review(desk)
    _search(desk, popover, "ben")

    assert popover.picker.current() is None
    desk.qtbot.keyClick(popover.picker.field, Qt.Key.Key_Return)
    assert desk.submitted == []
    assert popover.is_open()


def test_arrows_choose_over_headings_and_enter_assigns(desk: Desk) -> None:
    popover = _review(desk)
    _search(desk, popover, "ben")
    assert isinstance(popover.picker.model.rows()[0], Heading)

    desk.qtbot.keyClick(popover.picker.field, Qt.Key.Key_Down)
    chosen = popover.picker.current()
    assert isinstance(chosen, Candidate)
    assert chosen.customer.name == "Ben Ode"
    assert chosen.reason
    desk.qtbot.keyClick(popover.picker.field, Qt.Key.Key_Return)

    ben = customer_called(desk.session, "ben@northpeak.io")
    assert desk.submitted == [AssignCustomer(conversation_called(desk.session, "Great, but twice"), ben)]
    assert not popover.is_open()
    assert desk.pane.header.spot.button.isVisible()
    desk.look()
    assert desk.pane.header.spot.chip.isVisible()


def test_the_chosen_customer_stays_chosen_while_one_types_on(desk: Desk) -> None:
    popover = _review(desk)
    _search(desk, popover, "be")
    desk.qtbot.keyClick(popover.picker.field, Qt.Key.Key_Down)
    _search(desk, popover, "ben")

    chosen = popover.picker.current()
    assert isinstance(chosen, Candidate)
    assert chosen.customer.name == "Ben Ode"


def test_ctrl_enter_makes_a_new_customer_and_assigns_it_in_one_edit(desk: Desk) -> None:
    popover = _review(desk)
    _search(desk, popover, "Ada Lovelace")
    desk.qtbot.keyClick(popover.picker.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    step = popover.picker.step
    assert step.isVisible()
    assert step.name.text() == "Ada Lovelace"
    step.email.setText("Ada@Example.com")
    desk.qtbot.keyClick(step.email, Qt.Key.Key_Return)

    done = desk.submitted[-1]
    assert isinstance(done, Several)
    make, assign = done.edits
    assert isinstance(make, CreateCustomer)
    assert (make.name, make.emails) == ("Ada Lovelace", ("ada@example.com",))
    assert assign == AssignCustomer(conversation_called(desk.session, "Great, but twice"), make.customer)
    desk.look()
    assert "Ada Lovelace" in desk.pane.header.spot.chip.accessibleName()


def test_a_typed_address_that_exists_uses_the_existing_customer(desk: Desk) -> None:
    popover = _review(desk)
    popover.picker.search("ben@northpeak.io")
    popover.picker.begin_new()
    step = popover.picker.step
    assert step.email.text() == "ben@northpeak.io"
    assert "Use the existing Ben Ode" in step.button.accessibleName()

    step.button.click()

    ben = customer_called(desk.session, "ben@northpeak.io")
    assert desk.submitted[-1] == AssignCustomer(conversation_called(desk.session, "Great, but twice"), ben)


def test_a_customer_needs_a_name_or_an_address(desk: Desk) -> None:
    popover = _review(desk)
    popover.picker.begin_new()
    step = popover.picker.step

    step.button.click()
    assert "needs a name" in step._problem.text()
    step.email.setText("no address")
    step.button.click()
    assert "not an e-mail address" in step._problem.text()
    assert desk.submitted == []


def test_escape_empties_the_field_then_closes(desk: Desk) -> None:
    popover = _review(desk)
    desk.qtbot.keyClicks(popover.picker.field, "ben")

    desk.qtbot.keyClick(popover.picker.field, Qt.Key.Key_Escape)
    assert popover.is_open()
    assert popover.picker.field.text() == ""
    desk.qtbot.keyClick(popover.picker.field, Qt.Key.Key_Escape)
    assert not popover.is_open()


def test_escape_in_the_second_step_goes_back_to_the_search(desk: Desk) -> None:
    popover = _review(desk)
    popover.picker.begin_new()

    desk.qtbot.keyClick(popover.picker.step.name, Qt.Key.Key_Escape)

    assert popover.is_open()
    assert popover.picker.field.isVisible()


def test_the_last_row_makes_a_new_customer(desk: Desk) -> None:
    popover = _review(desk)
    _search(desk, popover, "zzz")

    assert popover.picker.model.rows() == (Create("zzz"),)
    desk.qtbot.keyClick(popover.picker.field, Qt.Key.Key_Down)
    desk.qtbot.keyClick(popover.picker.field, Qt.Key.Key_Return)
    assert popover.picker.step.isVisible()


def test_the_present_customer_is_not_offered_again(desk: Desk) -> None:
    popover = desk.pane.menus.open_assign()
    assert popover is not None
    _search(desk, popover, "ariana")

    found = [row.customer.id for row in popover.picker.model.rows() if isinstance(row, Candidate)]
    assert desk.customer not in found


def test_the_card_is_always_as_high_as_what_is_in_it(desk: Desk) -> None:
    popover = _review(desk)
    _search(desk, popover, "a")

    picker = popover.picker
    rows = sum(picker.view.sizeHintForRow(place) for place in range(picker.model.rowCount()))

    def holds_everything() -> bool:
        below_list = picker.view.mapTo(popover, picker.view.rect().bottomLeft()).y()
        return picker.view.height() >= rows and below_list < popover.height() - 40

    # The list is higher at once; the layouts between hear of it in the next turns of the event loop.
    desk.qtbot.waitUntil(holds_everything)


def _review(desk: Desk) -> AssignPopover:
    desk.pane.open(conversation_called(desk.session, "Great, but twice"))
    popover = desk.pane.menus.open_assign()
    assert popover is not None
    desk.qtbot.waitUntil(desk.session.background.is_idle)
    return popover


def _search(desk: Desk, popover: AssignPopover, words: str) -> None:
    popover.picker.search(words)
    desk.qtbot.waitUntil(lambda: Create(words) in popover.picker.model.rows())
