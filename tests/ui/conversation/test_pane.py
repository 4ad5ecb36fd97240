"""The conversation pane on a real workspace: what is shown, what is submitted, and that only the feed changes it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from tests.ui.desk import Desk
from tests.ui.rich import conversation_called, customer_called
from tests.ui.workspaces import NOW

from console.domain.conversation import NoteRow
from console.domain.edits import (
    AddTag,
    AssignCustomer,
    ChangeNote,
    CloseConversation,
    DeleteNote,
    Owner,
    PinNote,
    QueueReply,
    RemoveTag,
    ReopenConversation,
    Several,
    SnoozeConversation,
    UnlinkCustomer,
    WriteNote,
)
from console.domain.records import OwnerKind
from console.ui.conversation.entries import DayEntry, QueuedReply, key_of
from console.ui.conversation.message_list import note_card_of
from console.ui.conversation.note_card import NoteCard


def test_it_shows_subject_people_and_customer(desk: Desk) -> None:
    assert desk.pane.header.subject.words() == "CSV export drops custom fields"
    assert desk.pane.header.spot.chip.isVisible()
    assert "Ariana Delacroix" in desk.pane.header.spot.chip.accessibleName()
    assert [type(entry).__name__ for entry in desk.pane.messages.entries()] == ["DayEntry", "Turn", "Turn", "Turn"]


def test_closing_changes_nothing_on_screen_until_the_feed_says_so(desk: Desk) -> None:
    desk.qtbot.mouseClick(desk.pane.header.state, Qt.MouseButton.LeftButton)

    assert desk.submitted == [CloseConversation(desk.conversation)]
    assert desk.pane.header.state.accessibleName() == "Close"
    desk.look()
    assert desk.pane.header.state.accessibleName() == "Reopen"
    desk.pane.close_or_reopen()
    assert desk.submitted[-1] == ReopenConversation(desk.conversation)


def test_a_folded_quote_unfolds_and_folds(desk: Desk) -> None:
    last = desk.bubbles()[-1]
    assert "The update is out" not in last.text.toPlainText()
    assert last.quote_button is not None

    last.quote_button.click()
    assert last.quote is not None
    assert "The update is out" in last.quote.toPlainText()
    assert last.quote.isVisible()

    last.quote_button.click()
    assert not last.quote.isVisible()


def test_the_quote_of_an_html_mail_is_folded_at_its_mark(desk: Desk) -> None:
    first = desk.bubbles()[0]

    assert "an older mail" not in first.text.toPlainText()
    assert "company.*" in first.text.toPlainText()
    assert first.quote_button is not None


def test_blocked_pictures_are_counted_and_asked_for_only_where_somebody_can_fetch_them(desk: Desk) -> None:
    words = " ".join(label.text() for label in desk.bubbles()[0].findChildren(type(desk.panel.header._more)))

    assert "2 pictures from the network are not shown" in words
    assert "does not fetch them" in words


def test_ctrl_c_copies_the_selected_words_of_a_message(desk: Desk) -> None:
    text = desk.bubbles()[1].text
    text.setFocus()
    text.selectAll()

    desk.qtbot.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text().startswith("Hi Ariana, thanks for the file!")


def test_a_bubble_is_as_high_as_its_words_at_every_width(desk: Desk) -> None:
    for width in (700, 1100, 1500):
        desk.window.resize(width, 900)
        desk.qtbot.waitUntil(lambda: desk.window.width() >= min(700, desk.window.width()))
        for bubble in desk.bubbles():
            document = bubble.text.document()
            assert bubble.text.height() >= document.size().height()
            assert bubble.text.height() <= document.size().height() + 30


def test_a_long_conversation_shows_its_end_and_loads_older_messages_above(desk: Desk) -> None:
    desk.pane.open(conversation_called(desk.session, "A long thread"))
    at_once = [bubble.text.toPlainText() for bubble in desk.bubbles()]
    assert 5 < len(at_once) < 20
    assert at_once[-1] == "Line 54"
    desk.qtbot.waitUntil(lambda: len(desk.bubbles()) == 20)
    texts = [bubble.text.toPlainText() for bubble in desk.bubbles()]
    assert texts == [f"Line {n}" for n in range(35, 55)]

    bar = desk.pane.messages.verticalScrollBar()
    desk.qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    desk.qtbot.keyClick(desk.pane.messages, Qt.Key.Key_Home)
    desk.qtbot.waitUntil(lambda: len(desk.bubbles()) == 40)
    assert desk.bubbles()[0].text.toPlainText() == "Line 15"
    desk.qtbot.waitUntil(lambda: bar.value() > 0)  # what was visible stays visible

    desk.qtbot.keyClick(desk.pane.messages, Qt.Key.Key_Home)
    desk.qtbot.waitUntil(lambda: len(desk.bubbles()) == 55)
    assert desk.pane.read().has_all  # pyright: ignore[reportOptionalMemberAccess]  # it is open


def test_widgets_are_filled_again_when_another_conversation_opens(desk: Desk) -> None:
    before = {id(bubble) for bubble in desk.bubbles()}

    desk.pane.open(conversation_called(desk.session, "Great, but twice"))

    assert {id(bubble) for bubble in desk.bubbles()} <= before
    assert not desk.pane.header.spot.chip.isVisible()
    assert desk.pane.header.spot.button.isVisible()


def test_a_note_is_written_pinned_changed_and_deleted(desk: Desk) -> None:
    desk.pane.write_note()
    desk.pane.composer.field.setPlainText("Same root cause as #4821")
    desk.qtbot.keyClick(desk.pane.composer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert isinstance(desk.submitted[-1], WriteNote)
    assert not _notes(desk), "nothing is painted before the feed"
    desk.look()
    assert [note.text for note in _notes(desk)] == ["Same root cause as #4821"]

    card = _card(desk)
    card.pin.click()
    desk.look()
    assert isinstance(desk.submitted[-1], PinNote)
    assert _notes(desk)[0].is_pinned

    card.edit.click()
    editor = card.editor()
    assert editor is not None
    editor.setPlainText("Another cause")
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.look()
    assert isinstance(desk.submitted[-1], ChangeNote)
    assert _notes(desk)[0].text == "Another cause"
    assert len(desk.pane.note_history(_notes(desk)[0].id)) >= 1

    card.delete.click()
    desk.look()
    assert isinstance(desk.submitted[-1], DeleteNote)
    assert not _notes(desk)


def test_an_answer_waits_in_the_outbox_and_says_so(desk: Desk) -> None:
    desk.pane.write_reply()
    desk.pane.composer.field.setPlainText("Yes, in Reports.")
    desk.qtbot.mouseClick(desk.pane.composer.send, Qt.MouseButton.LeftButton)

    assert isinstance(desk.submitted[-1], QueueReply)
    desk.look()
    queued = [entry for entry in desk.pane.messages.entries() if isinstance(entry, QueuedReply)]
    assert [reply.text for reply in queued] == ["Yes, in Reports."]
    assert "Queued" in desk.pane.messages.widget_of(key_of(queued[0])).accessibleName()  # pyright: ignore[reportOptionalMemberAccess]  # it is shown


def test_queue_and_close_is_one_edit(desk: Desk) -> None:
    desk.pane.write_reply()
    desk.pane.composer.field.setPlainText("Done.")
    desk.qtbot.mouseClick(desk.pane.composer.close_too, Qt.MouseButton.LeftButton)

    assert isinstance(desk.submitted[-1], Several)
    desk.look()
    assert desk.pane.header.state.accessibleName() == "Reopen"


def test_a_draft_is_kept_and_comes_back_with_its_conversation(desk: Desk) -> None:
    desk.pane.write_reply()
    desk.pane.composer.field.setPlainText("Half an ans")

    desk.pane.open(conversation_called(desk.session, "A long thread"))
    assert desk.pane.composer.field.toPlainText() == ""
    desk.pane.open(desk.conversation)

    assert desk.pane.composer.field.toPlainText() == "Half an ans"
    assert desk.session.workspace.journal.draft(f"reply:{desk.conversation}") == "Half an ans"


def test_a_draft_is_kept_half_a_second_after_the_last_key(desk: Desk) -> None:
    desk.pane.write_note()
    desk.qtbot.keyClicks(desk.pane.composer.field, "abc")

    desk.qtbot.waitUntil(lambda: desk.session.workspace.journal.draft(f"note:{desk.conversation}") == "abc")


def test_the_chip_opens_the_profile_and_alt_down_its_menu(desk: Desk) -> None:
    chip = desk.pane.header.spot.chip
    with desk.qtbot.waitSignal(desk.pane.profile_wanted) as asked:
        chip.click()
    assert asked.args == [desk.customer]

    desk.qtbot.keyClick(chip, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert desk.pane.menus._popover is not None
    assert desk.pane.menus._popover.is_open()


def test_unlinking_puts_the_button_where_the_chip_was(desk: Desk) -> None:
    desk.pane.unlink()
    assert desk.submitted == [UnlinkCustomer(desk.conversation)]
    desk.look()

    assert not desk.pane.header.spot.chip.isVisible()
    assert desk.pane.header.spot.button.isVisible()

    ben = customer_called(desk.session, "ben@northpeak.io")
    desk.session.submit(AssignCustomer(desk.conversation, ben))
    desk.look()
    assert "Ben Ode" in desk.pane.header.spot.chip.accessibleName()


def test_snoozing_until_a_moment_of_ones_own(desk: Desk) -> None:
    until = NOW + timedelta(days=3)
    desk.pane.menus.snoozed.emit(until)
    desk.look()

    assert desk.submitted[-1] == SnoozeConversation(desk.conversation, until)
    assert desk.pane.header._snoozed.isVisible()


def test_a_conversation_is_tagged_in_its_head(desk: Desk) -> None:
    desk.pane.header.tags.begin()
    desk.qtbot.keyClicks(desk.pane.header.tags.field, "export")
    desk.qtbot.keyClick(desk.pane.header.tags.field, Qt.Key.Key_Return)
    desk.look()
    owner = Owner(OwnerKind.CONVERSATION, desk.conversation)
    assert desk.submitted == [AddTag(owner, "export")]
    chip = desk.pane.header.tags.chip_of("export")
    assert chip is not None

    desk.qtbot.keyClick(chip, Qt.Key.Key_Delete)
    desk.look()
    assert desk.submitted[-1] == RemoveTag(owner, "export")
    assert desk.pane.header.tags.chip_of("export") is None


def test_days_are_parted_by_lines(desk: Desk) -> None:
    days = [entry for entry in desk.pane.messages.entries() if isinstance(entry, DayEntry)]

    assert [day.day for day in days] == [NOW.astimezone().date()]


def _notes(desk: Desk) -> list[NoteRow]:
    return [entry for entry in desk.pane.messages.entries() if isinstance(entry, NoteRow)]


def _card(desk: Desk) -> NoteCard:
    card = note_card_of(desk.pane.messages.widget_of(key_of(_notes(desk)[0])))
    assert card is not None
    return card
