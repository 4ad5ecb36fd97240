"""A conversation is given to any teammate."""

from __future__ import annotations

from PySide6.QtCore import Qt
from tests.ui.desk import Desk

from console.domain.edits import AssignTeammate, WriteNote
from console.domain.edits_of_profiles import Owner
from console.domain.records import OwnerKind
from console.ui.assign.teammates import TeammatePopover


def _open(desk: Desk) -> TeammatePopover:
    popover = desk.pane.menus.open_teammates()
    assert popover is not None
    desk.qtbot.waitUntil(desk.session.background.is_idle, timeout=5_000)
    return popover


def _names(popover: TeammatePopover) -> list[str]:
    return [popover.list.model.index(at).data() for at in range(popover.list.model.rowCount())]


def test_a_teammate_is_found_by_typing_and_gets_the_conversation(desk: Desk) -> None:
    desk.session.submit(WriteNote(Owner(OwnerKind.CONVERSATION, desk.conversation), "n1", "seen"))
    desk.session.submit(AssignTeammate(desk.conversation, "Bea Winter"))
    desk.look()
    desk.qtbot.waitUntil(lambda: (read := desk.pane.read()) is not None and read.head.assignee == "Bea Winter")
    popover = _open(desk)
    assert _names(popover)[0] == "Nadia Kovac (me)"
    assert _names(popover)[-1] == "Nobody"

    popover.list.search("nad")
    desk.qtbot.keyClick(popover.list.field, Qt.Key.Key_Return)

    assert desk.submitted[-1] == AssignTeammate(desk.conversation, "Nadia Kovac")
    assert not popover.is_open()


def test_whoever_has_it_is_ticked_and_choosing_them_again_changes_nothing(desk: Desk) -> None:
    desk.session.submit(AssignTeammate(desk.conversation, "Bea Winter"))
    desk.look()
    desk.qtbot.waitUntil(lambda: (read := desk.pane.read()) is not None and read.head.assignee == "Bea Winter")
    popover = _open(desk)
    current = popover.list.current()
    assert current is not None
    assert (current.words, current.is_chosen) == ("Bea Winter", True)
    before = len(desk.submitted)

    desk.qtbot.keyClick(popover.list.field, Qt.Key.Key_Return)

    assert len(desk.submitted) == before


def test_nobody_takes_it_away(desk: Desk) -> None:
    desk.session.submit(AssignTeammate(desk.conversation, "Bea Winter"))
    desk.look()
    desk.qtbot.waitUntil(lambda: (read := desk.pane.read()) is not None and read.head.assignee == "Bea Winter")
    popover = _open(desk)

    popover.list.search("nobody")
    popover.list.choose()

    assert desk.submitted[-1] == AssignTeammate(desk.conversation, None)
