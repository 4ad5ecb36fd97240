"""The window of a company: it says how it is and why, each deed is an edit, and it changes when the feed says so."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from tests.ui.company.conftest import MEMBERS, Room
from tests.ui.rich import company_called, customer_called, text
from tests.ui.workspaces import NOW

from console.domain.company_health import HealthState
from console.domain.edits import (
    AddTag,
    JoinCompany,
    MergeCompanies,
    NeverMergeCompanies,
    Owner,
    SetProperty,
    SplitCompany,
    WriteNote,
)
from console.domain.ids import CompanyId, ConversationId
from console.domain.inbox import ConversationState
from console.domain.profile_view import ConversationCard
from console.domain.records import Channel, OwnerKind
from console.ui.company.message_card import MessageCard
from console.ui.company.talk_list import TalkList
from console.ui.profile.owner_menu import OwnerMenu
from console.ui.widgets.buttons import Button


def words_of(room: Room) -> set[str]:
    """Every label that shows, also what is elided."""
    return {one.accessibleName() or one.text() for one in room.window.findChildren(QLabel) if one.isVisible()}


def button(room: Room, name: str) -> Button:
    return next(one for one in room.window.findChildren(Button) if one.accessibleName() == name)


def test_it_says_how_the_company_is_and_what_that_rests_on(room: Room) -> None:
    usage = room.window.banner.usage()
    assert usage is not None
    assert usage.health.state is HealthState.ACTIVE
    assert usage.counts_sessions
    assert sum(map(sum, usage.weeks)) == sum(len(range(number + 1, 60, 7)) for number in range(10))
    shown = words_of(room)
    assert any(words.startswith("Last login by Member 00, 1 day ago; sessions ") for words in shown)
    assert "Sessions a day, 26 weeks" in shown
    assert {"Plan", "Spend", "Size", "Industry", "Customer since", "Sessions, all members", "Last login"} <= shown
    assert room.window.windowTitle() == "Northpeak"


def test_how_it_is_worked_out_names_the_thresholds_and_the_state_that_holds(room: Room) -> None:
    card = room.window.acts.explain(room.window.banner.why)
    assert card is not None
    words = {one.text(): one.property("look") for one in card.findChildren(QLabel)}
    assert words["seen in the last 30 days"] == "strong"
    assert words["seen in the last 60 days, not in the last 30"] != "strong"


def test_members_who_disagree_stand_first_and_a_pin_ends_it(room: Room) -> None:
    (card,) = room.window.side.disagreements.cards()
    assert {"58 members say \u2068120–250\u2069", "2 members say \u206810–50\u2069"} <= {
        one.accessibleName() or one.text() for one in card.findChildren(QLabel)
    }
    assert "2 members disagree" in words_of(room)

    card.pin.click()

    (edit,) = room.submitted
    assert isinstance(edit, SetProperty)
    assert (edit.owner.id, edit.name, edit.is_pin) == (room.company, "size", True)
    room.look()
    assert room.window.side.disagreements.cards() == []


def test_what_stands_in_a_card_is_edited_there_and_has_no_row_below_it(room: Room) -> None:
    (card,) = room.window.side.disagreements.cards()
    properties = room.window.properties
    assert "size" in {one.name for one in properties.shown()}
    assert properties.row_of("size") is None
    assert properties.row_of("industry") is not None

    card.row.click()

    assert properties.editor() is not None
    properties.stop_editing()
    room.session.submit(SetProperty(room.window.owner(), "industry", text("Physics")))
    room.look()
    assert properties.row_of("size") is None


def test_a_check_in_begins_a_note_and_spares_one_that_is_being_written(room: Room) -> None:
    room.window.banner.act.click()
    field = room.window.frame.notes.field
    assert field.toPlainText() == "Check in with Northpeak: "
    field.setPlainText("Half a thought")
    room.window.banner.act.click()
    assert field.toPlainText() == "Half a thought"
    assert "nothing is sent" in room.window.banner.act.toolTip()


def test_compare_values_says_which_member_says_what(room: Room) -> None:
    (card,) = room.window.side.disagreements.cards()
    card.compare.click()
    assert any("Member 0" in words for words in words_of(room))


def test_a_suggested_member_joins_and_free_mail_is_never_suggested(room: Room) -> None:
    found = room.window.beside()
    assert found is not None
    assert [one.name for one in found.members] == ["Zoe Stray"]

    button(room, "Add Zoe Stray to the company").click()

    zoe = customer_called(room.session, "zoe@northpeak.io")
    assert room.submitted == [JoinCompany(zoe, CompanyId(room.company))]
    room.look()
    assert len(room.window.members.rows.ids()) == MEMBERS + 1


def test_a_namesake_is_suggested_with_the_reason_and_kept_apart_for_good(room: Room) -> None:
    found, other = room.window.beside(), company_called(room.session, "Northpeak Ltd.")
    assert found is not None
    assert [one.id for one in found.duplicates] == [other]
    assert any(words.startswith("The same name but for the legal form") for words in words_of(room))

    button(room, "Northpeak Ltd. is not the same").click()
    room.window.acts.close_all()
    room.look()
    room.window._ask_beside()
    room.settle()

    assert room.submitted == [NeverMergeCompanies(CompanyId(room.company), other)]
    assert room.window.beside().duplicates == ()  # pyright: ignore[reportOptionalMemberAccess]  # it was read


def test_a_merge_shows_both_sides_and_the_window_follows_the_one_that_stays(room: Room) -> None:
    other = company_called(room.session, "Northpeak Ltd.")
    dialog = room.window.acts.open_merge(other)
    assert dialog is not None
    assert dialog.cancel.hasFocus() or dialog.focusWidget() is dialog.cancel
    room.settle()
    dialog.swap()
    dialog.merge.click()

    assert room.submitted == [MergeCompanies(other, CompanyId(room.company))]
    room.look()
    assert room.window.owner() == Owner(OwnerKind.COMPANY, other)
    assert len(room.window.members.rows.ids()) == MEMBERS


def test_records_are_split_off_into_a_company_of_their_own(room: Room) -> None:
    other = company_called(room.session, "Northpeak Ltd.")
    room.session.submit(MergeCompanies(CompanyId(room.company), other))
    room.look()
    dialog = room.window.acts.open_split()
    assert dialog is not None
    dialog.boxes[1].setChecked(True)
    dialog.never.setChecked(False)
    dialog.split.click()
    edit = room.submitted[-1]
    assert isinstance(edit, SplitCompany)
    assert len(edit.identities) == 1


def test_message_all_counts_who_would_get_it_and_says_that_nothing_is_sent(room: Room) -> None:
    card = room.window.acts.message(room.window.header.message)
    assert isinstance(card, MessageCard)
    assert f"{MEMBERS} members would get it" in card.accessibleName()
    assert "Nothing is sent now" in card.accessibleName()


def test_a_tag_and_a_note_are_edits_about_the_company(room: Room) -> None:
    room.qtbot.keyClick(room.window, Qt.Key.Key_T)
    room.window.side.tags.field.setText("key account")
    room.qtbot.keyClick(room.window.side.tags.field, Qt.Key.Key_Return)
    room.qtbot.keyClick(room.window, Qt.Key.Key_N)
    room.window.frame.notes.field.setPlainText("Renews in May")
    room.qtbot.keyClick(room.window.frame.notes.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    tag, note = room.submitted
    assert tag == AddTag(Owner(OwnerKind.COMPANY, room.company), "key account")
    assert isinstance(note, WriteNote)
    room.look()
    assert room.window.side.tags.chip_of("key account") is not None


def test_conversations_of_all_members_are_listed_and_open_in_the_inbox(room: Room) -> None:
    wanted: list[Owner] = []
    room.session.wanted.connect(wanted.append)
    room.window.frame.show_tab("conversations")
    table = room.window.frame.talks.table
    table.setFocus()
    table.setCurrentIndex(room.window.frame.talks.rows.index(0, 0))
    room.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert room.window.frame.talks.rows.rowCount() == 1
    assert [one.kind for one in wanted] == [OwnerKind.CONVERSATION]


def test_a_company_that_is_not_there_says_so(room: Room) -> None:
    room.turn_to(12)
    assert room.window.windowTitle() == "Not there any more"


def test_a_company_without_members_judges_nothing_and_offers_nothing_to_send(room: Room) -> None:
    window = room.turn_to(company_called(room.session, "Empty Rooms"))
    usage = window.banner.usage()
    assert usage is not None
    assert usage.health.state is HealthState.UNKNOWN
    assert usage.health.evidence.startswith("Not enough activity to judge")
    assert not window.header.message.isEnabled()
    assert window.banner.property("surface") == "well"


def test_of_another_day_every_conversation_is_listed_page_by_page(room: Room) -> None:
    talks = TalkList(room.session)
    room.qtbot.addWidget(talks)
    then = [
        ConversationCard(
            ConversationId(key), Channel.EMAIL, f"Matter {key}", ConversationState.CLOSED, NOW - timedelta(hours=key), 1
        )
        for key in range(1, 951)
    ]
    talks.show_company(1, then)
    root = QModelIndex()
    assert 0 < talks.rows.rowCount() < len(then)
    while talks.rows.canFetchMore(root):
        talks.rows.fetchMore(root)
    assert [talks.rows.id_at(row) for row in range(talks.rows.rowCount())] == [card.id for card in then]


def test_another_day_shows_who_belonged_then_and_can_only_be_read(room: Room) -> None:
    window = room.window
    room.session.submit(AddTag(window.owner(), "later"))
    room.look()
    window.ask_day()
    window.show_day((NOW - timedelta(days=400)).date())
    room.settle()
    room.settle()

    assert not window.past.isHidden()
    view = window.view()
    assert view is not None
    assert view.as_of is not None
    assert ", as of " in window.windowTitle()
    assert view.tags == ()
    assert not window.header.note.isEnabled()
    assert not window.members.bar.isEnabled()
    before = list(room.submitted)
    window.write_note()
    window.deeds.add_tag("not then")
    for keys in ("O", "M"):
        next(one for one in window.actions() if one.shortcut().toString() == keys).trigger()
    assert not window.findChildren(OwnerMenu)
    assert not window.findChildren(MessageCard)
    assert room.submitted == before

    window.show_day(NOW.date())
    room.settle()
    room.settle()
    assert len(window.members.rows.ids()) == MEMBERS
    QTest.keyClick(window, Qt.Key.Key_Escape)
    room.settle()
    assert window.past.isHidden()
    assert window.windowTitle() == "Northpeak"
    assert len(window.members.rows.ids()) == MEMBERS
    assert window.header.note.isEnabled()
