"""The view of a conflict: field by field, nothing preselected, and what will be sent."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QRadioButton
from tests.ui.outbox.conftest import Posts

from console.domain.edits import ResolveConflict
from console.domain.ids import CustomerId
from console.domain.outbox import SendingState
from console.store.profiles import profile
from console.ui.outbox.conflict import ConflictCard
from console.ui.outbox.field_choice import MINE, THEIRS
from console.ui.profile.wording import value_words


def _card(posts: Posts) -> ConflictCard:
    posts.look_at(SendingState.CONFLICT)
    card = posts.page.detail.conflict
    assert card is not None
    return card


def _words(card: ConflictCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if not label.isHidden()]


def test_nothing_is_chosen_at_first_and_sending_is_off_until_every_field_is(posts: Posts) -> None:
    card = _card(posts)
    send = posts.page.detail.buttons["resolve"]

    assert [radio.isChecked() for radio in card.findChildren(QRadioButton)] == [False] * 4
    assert not send.isEnabled()
    card.choices[0].mine.radio.click()
    assert not send.isEnabled()
    card.choices[1].theirs.radio.click()

    assert send.isEnabled()


def test_a_radio_button_says_the_field_the_side_and_the_value(posts: Posts) -> None:
    card = _card(posts)

    names = {radio.accessibleName() for radio in card.findChildren(QRadioButton)}

    assert "Persona: yours, Operations lead" in names
    assert "Persona: at Intercom, Head of operations" in names


def test_what_will_be_sent_follows_each_choice_and_tags_are_kept_by_themselves(posts: Posts) -> None:
    card = _card(posts)
    assert "still to be chosen" in _words(card)
    assert "VIP" in _words(card)

    card.theirs.click()
    posts.qtbot.waitUntil(lambda: "taken over here" in _words(card), timeout=5_000)
    assert posts.page.detail.buttons["resolve"].text() == "Take this over"
    card.choices[0].choose(MINE)

    posts.qtbot.waitUntil(lambda: "1 of 2 fields is yours" in _words(card), timeout=5_000)
    posts.qtbot.waitUntil(lambda: "to Intercom" in _words(card), timeout=5_000)
    assert posts.page.detail.buttons["resolve"].text() == "Send this choice"


def test_the_choice_is_sent_by_one_key_and_the_sources_value_is_taken_over(posts: Posts) -> None:
    card = _card(posts)
    by_name = {choice.conflict.field: choice for choice in card.choices}
    by_name["phone"].choose(MINE)
    by_name["persona"].choose(THEIRS)

    posts.qtbot.keyClick(posts.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    phone, persona = by_name["phone"].conflict.sending, by_name["persona"].conflict.sending
    assert posts.done()[0] == ResolveConflict((phone,), (persona,))
    assert posts.rows()[phone].state is SendingState.QUEUED
    assert posts.rows()[persona].state is SendingState.DROPPED
    now, key = posts.session.now(), CustomerId(posts.customer.id)
    found = posts.session.read(lambda connection: profile(connection, key, now=now))
    shown = {one.name: value_words(one.value) for one in found.properties if one.value is not None}
    assert shown["persona"] == "Head of operations"
    assert shown["phone"] == "+33 4 72 55 01 18"


def test_choices_stay_while_the_list_is_read_again(posts: Posts) -> None:
    card = _card(posts)
    card.choices[0].choose(MINE)

    posts.page.acts.act("drop", posts.matter(SendingState.REFUSED))
    posts.look()

    again = posts.page.detail.conflict
    assert again is not None
    assert again.choices[0].chosen() == MINE
