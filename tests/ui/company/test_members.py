"""The members of a company: selected by keyboard, changed together with one undo, read only as they come into sight."""

from __future__ import annotations

import csv
from pathlib import Path

from PySide6.QtCore import Qt
from tests.ui.company.conftest import MEMBERS, Room

from console.domain.company_members import MemberSight
from console.domain.edits import AddTag, DefineSegment, EraseCustomer, Owner, SetProperty, Several, Undo
from console.domain.ids import CustomerId
from console.domain.records import OwnerKind
from console.domain.segment_rules import Condition, Subject, Verb, rule_to_json
from console.ui.company.member_model import Column


def press(room: Room, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    room.window.members.table.setFocus()
    room.qtbot.keyClick(room.window.members.table, key, modifiers)


def test_the_latest_come_first_and_whoever_was_never_seen_last(room: Room) -> None:
    assert room.names()[:3] == ["Member 00", "Member 01", "Member 02"]
    row = room.window.members.rows.row_at(0)
    assert row is not None
    assert (row.email, row.place, row.sessions, row.tags) == ("m00@northpeak.io", "Porto", 9, ("VIP",))
    assert sum(row.weeks) == 8
    assert room.window.members.rows.row_at(MEMBERS - 1).last_seen is None  # pyright: ignore[reportOptionalMemberAccess]  # it is there


def test_space_shift_and_control_a_select_and_escape_selects_nobody(room: Room) -> None:
    rows = room.window.members.rows
    press(room, Qt.Key.Key_Space)
    assert len(rows.chosen()) == 1
    press(room, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(room, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert rows.chosen() == rows.ids()[:3]
    assert room.window.members.bar.box.text() == "3 selected of 60"
    press(room, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(rows.chosen()) == MEMBERS
    press(room, Qt.Key.Key_Escape)
    assert rows.chosen() == ()


def test_the_bar_has_its_room_already_so_that_rows_never_jump(room: Room) -> None:
    before = room.window.members.table.mapTo(room.window, room.window.members.table.rect().topLeft())
    press(room, Qt.Key.Key_Space)
    room.qtbot.wait(1)
    assert room.window.members.table.mapTo(room.window, room.window.members.table.rect().topLeft()) == before


def test_control_a_takes_only_those_that_match_what_is_searched(room: Room) -> None:
    room.window.members.field.setText("m0")
    room.window.members.field.tell()
    room.settle()
    press(room, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(room.window.members.rows.chosen()) == 10


def test_enter_opens_the_member_in_a_window_of_their_own(room: Room) -> None:
    wanted: list[object] = []
    room.session.wanted.connect(wanted.append)
    press(room, Qt.Key.Key_Down)
    press(room, Qt.Key.Key_Return)
    assert wanted == [Owner(OwnerKind.CUSTOMER, room.window.members.rows.ids()[1])]


def test_all_who_are_selected_are_tagged_with_one_edit_and_one_undo(room: Room) -> None:
    rows = room.window.members.rows
    rows.choose_range(0, 2)
    card = room.window.bulk.ask_tag(room.window.members.bar.tag)
    card.field.setText("pilot")
    card.add.click()
    (edit,) = room.submitted
    assert isinstance(edit, Several)
    assert edit.edits == tuple(AddTag(Owner(OwnerKind.CUSTOMER, key), "pilot") for key in rows.ids()[:3])
    room.look()
    assert "pilot" in rows.row_at(2).tags  # pyright: ignore[reportOptionalMemberAccess]  # it is there
    done = room.session.workspace.journal.newest(1)[0].id
    room.session.submit(Undo(done))
    room.look()
    assert "pilot" not in rows.row_at(2).tags  # pyright: ignore[reportOptionalMemberAccess]  # it is there


def test_a_tag_for_members_says_what_it_starts_before_it_is_applied(room: Room) -> None:
    pilots = rule_to_json(Condition(Subject.TAG, Verb.IS, ("pilot",)))
    room.session.submit(DefineSegment(1, "Pilots", OwnerKind.CUSTOMER, pilots))
    room.look()
    room.window.members.rows.choose_range(0, 2)
    card = room.window.bulk.ask_tag(room.window.members.bar.tag)
    card.field.setText("pilot")
    room.qtbot.waitUntil(lambda: card.effect() == "3 join Pilots")
    room.window.bulk.close()


def test_who_was_erased_meanwhile_is_said_to_have_failed_and_can_be_tried_again(room: Room) -> None:
    rows = room.window.members.rows
    rows.choose_range(0, 2)
    card = room.window.bulk.ask_tag(room.window.members.bar.tag)
    gone = rows.ids()[1]
    room.session.submit(EraseCustomer(CustomerId(gone)))
    card.field.setText("pilot")
    card.add.click()
    assert isinstance(room.submitted[-1], Several)
    assert len(room.submitted[-1].edits) == 2
    toast = room.window.toasts.shown()[-1]
    assert toast.accessibleName().startswith("2 of 3 tagged, 1 failed")


def test_an_owner_is_given_to_all_who_are_selected(room: Room) -> None:
    room.window.members.rows.choose_range(0, 1)
    menu = room.window.bulk.ask_owner(room.window.members.bar.owner)
    next(action for action in menu.actions() if action.text() == "Nadia Kovac").trigger()
    menu.close()
    (edit,) = room.submitted
    assert isinstance(edit, Several)
    assert all(isinstance(one, SetProperty) and one.name == "owner" for one in edit.edits)


def test_the_export_holds_who_is_selected_and_runs_no_formula(room: Room, tmp_path: Path) -> None:
    rows = room.window.members.rows
    rows.choose_range(0, 1)
    room.window.bulk.write(tmp_path / "members.csv")
    with (tmp_path / "members.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["Name", "E-mail", "Place", "Last seen", "Sessions", "Tags"]
    assert [line[0] for line in lines[1:]] == ["Member 00", "Member 01"]


def test_titles_sort_and_filters_narrow(room: Room) -> None:
    table = room.window.members.table
    table.horizontalHeader().setSortIndicator(int(Column.MEMBER), Qt.SortOrder.DescendingOrder)
    room.settle()
    assert room.names()[0] == "Member 59"
    room.window.members.bar.filters.choose(MemberSight.RECENT)
    room.window.members.bar.filtered.emit(MemberSight.RECENT)
    room.settle()
    assert len(room.window.members.rows.ids()) == 10
    room.window.members.bar.filtered.emit(MemberSight.QUIET)
    room.settle()
    assert len(room.window.members.rows.ids()) == 50


def test_a_row_is_spoken_whole_with_whether_it_is_selected(room: Room) -> None:
    rows = room.window.members.rows
    rows.toggle(0)
    spoken = rows.data(rows.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "selected, Member 00, m00@northpeak.io, Porto, last seen yesterday, 9 sessions, VIP"


def test_only_rows_in_sight_are_read(room: Room) -> None:
    asked: list[int] = []
    model = room.window.members.rows
    reader = model._read
    model._read = lambda ids: (asked.extend(ids), reader(ids))[1]
    model.forget(None)
    model.row_at(0)
    assert 0 < len(asked) <= 41 < MEMBERS
