"""The page of the outbox: groups, keys, and what can be done with each sending."""

from __future__ import annotations

from PySide6.QtCore import Qt
from tests.ui.outbox.conftest import Posts

from console.domain.edits import (
    CheckSending,
    DropSending,
    EditSending,
    HoldSending,
    MarkSent,
    ReleaseSending,
    RetrySending,
)
from console.domain.outbox import SendingState
from console.domain.outbox_rows import OutboxFilter
from console.ui.outbox.resend_card import ResendCard


def test_who_must_act_stands_first_and_the_fields_of_a_conflict_are_one_line(posts: Posts) -> None:
    lines = posts.page.groups.lines()

    states = [line.matter.first.state for line in lines]
    listed = posts.page.listed

    assert states == [
        SendingState.CONFLICT,
        SendingState.REFUSED,
        SendingState.UNKNOWN,
        SendingState.QUEUED,
        SendingState.SENT,
        SendingState.SENT,
    ]
    assert len(lines[0].matter.rows) == 2
    assert listed is not None
    assert (listed.counts.needs_you, listed.counts.waiting, listed.counts.done) == (3, 1, 2)
    assert "Tag limit of 250" in lines[1]._meaning.text()
    assert lines[3]._standing.words() == "Waits for what was done before it"


def test_only_what_is_wanted_is_listed(posts: Posts) -> None:
    posts.page.choose_filter(OutboxFilter.DONE)
    done = [line.matter.first.state for line in posts.page.groups.lines()]
    posts.page.choose_filter(OutboxFilter.WAITING)
    waiting = [line.matter.first.state for line in posts.page.groups.lines()]

    assert set(done) == {SendingState.SENT}
    assert waiting == [SendingState.QUEUED]


def test_arrows_and_steps_walk_the_lines_and_enter_goes_to_the_whole(posts: Posts) -> None:
    first, second = posts.page.groups.lines()[:2]
    posts.page.groups.choose(first.matter.key)

    posts.qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.is_chosen()
    posts.page.step_by(-1)
    assert first.is_chosen()
    posts.qtbot.waitUntil(lambda: posts.page.detail.conflict is not None, timeout=5_000)
    posts.qtbot.keyClick(first, Qt.Key.Key_Return)

    focus = posts.page.focusWidget()
    assert focus is not None
    assert posts.page.detail.isAncestorOf(focus)


def test_what_waits_is_held_and_released_by_one_key(posts: Posts) -> None:
    waiting = posts.look_at(SendingState.QUEUED)

    posts.qtbot.keyClick(posts.page, Qt.Key.Key_H)
    assert posts.done()[0] == HoldSending(waiting.key)
    posts.look()
    assert "Held by you since" in posts.page.groups.line_of(waiting.key)._standing.words()
    posts.qtbot.keyClick(posts.page, Qt.Key.Key_H)

    assert posts.done()[0] == ReleaseSending(waiting.key)


def test_everything_is_held_and_released_at_once(posts: Posts) -> None:
    waiting = posts.matter(SendingState.QUEUED)

    posts.page.hold_all.click()
    posts.look()
    assert posts.rows()[waiting.key].state is SendingState.HELD
    assert posts.page.hold_all.text() == "Release all"
    posts.page.hold_all.click()

    assert posts.rows()[waiting.key].state is SendingState.QUEUED


def test_a_refused_one_is_tried_again_and_a_dropped_one_can_be_brought_back(posts: Posts) -> None:
    refused = posts.look_at(SendingState.REFUSED)

    posts.qtbot.keyClick(posts.page, Qt.Key.Key_R)
    assert posts.done()[0] == RetrySending(refused.key)
    posts.look()
    posts.page.groups.choose(refused.key)
    posts.qtbot.keyClick(posts.page, Qt.Key.Key_Delete)

    assert posts.done()[0] == DropSending(refused.key)
    assert posts.rows()[refused.key].state is SendingState.DROPPED


def test_what_nobody_can_tell_of_is_checked_and_sent_again_only_after_a_question(posts: Posts) -> None:
    unknown = posts.look_at(SendingState.UNKNOWN)
    line = posts.page.groups.line_of(unknown.key)
    line.buttons["retry"].click()
    card = posts.page.window().findChild(ResendCard)
    assert card is not None
    assert posts.done() == []
    card.keep.click()
    assert posts.done() == []
    line.buttons["check"].click()
    assert posts.done()[0] == CheckSending(unknown.key)
    line.buttons["retry"].click()
    cards = posts.page.window().findChildren(ResendCard)
    cards[-1].again.click()

    assert posts.done()[0] == RetrySending(unknown.key)


def test_a_teammate_who_knows_says_that_it_was_sent(posts: Posts) -> None:
    unknown = posts.look_at(SendingState.UNKNOWN)

    posts.page.detail.buttons["sent"].click()

    assert posts.done()[0] == MarkSent(unknown.key)
    assert posts.rows()[unknown.key].state is SendingState.SENT


def test_the_text_of_what_waits_can_be_changed(posts: Posts) -> None:
    waiting = posts.look_at(SendingState.QUEUED)

    dialog = posts.page.acts.open_edit(waiting.first)
    assert not dialog.save.isEnabled()
    dialog.field.setPlainText("Did it help?")
    dialog.save.click()

    assert posts.done()[0] == EditSending(waiting.key, "Did it help?")
    assert posts.rows()[waiting.key].body["text"] == "Did it help?"


def test_what_is_settled_leaves_its_group_and_the_next_one_is_looked_at(posts: Posts) -> None:
    refused = posts.look_at(SendingState.REFUSED)
    posts.page.choose_filter(OutboxFilter.NEEDS_YOU)

    posts.page.acts.act("drop", refused)
    posts.look()

    current = posts.page.groups.current()
    assert current is not None
    assert current.first.state is SendingState.UNKNOWN


def test_an_empty_outbox_says_that_everything_has_been_sent(posts: Posts) -> None:
    for state in (SendingState.CONFLICT, SendingState.REFUSED, SendingState.UNKNOWN, SendingState.QUEUED):
        posts.page.acts.act("drop", posts.matter(state))
    posts.look()
    posts.page.choose_filter(OutboxFilter.NEEDS_YOU)

    assert posts.page.groups.lines() == ()
    assert posts.page._empty.accessibleName().startswith("Nothing needs you")
    assert posts.page.listed is not None
    assert posts.page.listed.counts.not_sent == 0
