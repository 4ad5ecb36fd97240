"""The outbox as it is read, and what teammates can do about what is on its way."""

from __future__ import annotations

import pytest
from tests.store.sendings import (
    ANNA,
    answered,
    claimed,
    detail,
    helpdesk,
    reply,
    row,
    rows,
    sent,
    source_called,
    states,
    talk,
    talk_owner,
)
from tests.store.world import World, chat, conversation_key, text

from console.domain import edits as e
from console.domain.ids import ConversationId, SourceId
from console.domain.outbox import SendingState, Settled
from console.domain.outbox_rows import OutboxFilter, WaitsFor
from console.domain.outbox_words import words_of
from console.domain.outcomes import OutcomeState
from console.store.erasing import erase
from console.store.errors import NotFound
from console.store.outbox import outbox_counts, write_backs
from console.store.outbox_sending import due_sources
from console.store.refreshing import Touched
from console.store.replies import waiting_replies


def test_a_reply_waits_a_few_seconds_for_its_undo_and_then_for_its_turn(world: World) -> None:
    source = helpdesk(world)
    reply(world, "At once")
    with world.workspace.database.read() as connection:
        assert not due_sources(connection, row(world).at)

    found = row(world)

    assert (found.source, found.source_name, found.subject) == (source, "Helpdesk", "Chat chat a")
    assert (found.target_name, found.by, found.body["text"]) == ("Anna", "Marta", "At once")
    assert (found.state, found.waits_for, found.place) == (SendingState.QUEUED, WaitsFor.TURN, 1)
    assert words_of(found) == "Reply to Anna"


def test_what_does_not_go_back_to_a_source_waits_for_that_choice(world: World) -> None:
    source = helpdesk(world)
    reply(world)
    world.do(e.SetWriteBack(source, "reply", False))

    assert row(world).waits_for is WaitsFor.CHOICE
    assert claimed(world, source) is None

    world.do(e.SetWriteBack(source, "reply", True))

    assert row(world).waits_for is WaitsFor.TURN
    assert claimed(world, source) is not None


def test_what_goes_back_can_be_chosen_and_taken_back(world: World) -> None:
    source = helpdesk(world, "tag")
    off = world.do(e.SetWriteBack(source, "tag", False))
    with world.workspace.database.read() as connection:
        assert write_backs(connection, source) == {"reply"}

    world.undo(off)

    with world.workspace.database.read() as connection:
        assert write_backs(connection, source) == {"reply", "tag"}


def test_a_source_that_is_paused_or_needs_somebody_sends_nothing(world: World) -> None:
    source = helpdesk(world)
    reply(world)
    world.do(e.PauseSource(source, True))
    assert row(world).waits_for is WaitsFor.PAUSE
    assert claimed(world, source) is None
    world.do(e.PauseSource(source, False))
    with world.workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE sources SET state = 'needs you'")

    assert row(world).waits_for is WaitsFor.SOURCE
    assert claimed(world, source) is None


def test_edits_of_one_conversation_wait_for_the_one_before(world: World) -> None:
    source = helpdesk(world, "state")
    reply(world)
    first = row(world).id
    world.do(e.CloseConversation(talk(world)))

    closing = rows(world)[1]

    assert (closing.waits_for, closing.behind) == (WaitsFor.BEFORE, first)
    assert words_of(closing) == "Close “Chat chat a”"
    world.do(e.HoldSending(first))
    assert claimed(world, source) is None
    world.do(e.DropSending(first))
    assert claimed(world, source) is not None


def test_another_conversation_does_not_wait(world: World) -> None:
    source = helpdesk(world)
    world.take(chat("chat b", "a", "And?"))
    reply(world)
    world.do(e.HoldSending(row(world).id))
    world.do(e.QueueReply(ConversationId(conversation_key(world, "chat b")), "k2", "Other"))

    found = claimed(world, source)

    assert found is not None
    assert found.sending.body["text"] == "Other"


def test_what_is_held_says_by_whom_since_when(world: World) -> None:
    source = helpdesk(world)
    reply(world)
    key = row(world).id
    world.do(e.HoldSending(key), by="Nadia")

    held = row(world)

    assert (held.state, held.held_by, held.waits_for) == (SendingState.HELD, "Nadia", WaitsFor.NOTHING)
    assert claimed(world, source) is None
    world.do(e.ReleaseSending(key))
    assert row(world).state is SendingState.QUEUED


def test_the_text_of_a_waiting_reply_can_be_changed_and_that_be_taken_back(world: World) -> None:
    helpdesk(world)
    reply(world, "Soon")
    edit = world.do(e.EditSending(row(world).id, "Today"))
    assert row(world).body["text"] == "Today"

    world.undo(edit)

    assert row(world).body["text"] == "Soon"


def test_a_refused_reply_is_sent_again_with_another_text(world: World) -> None:
    source = helpdesk(world)
    reply(world)
    key = sent(world, source, Settled(SendingState.REFUSED, "Too long.")).id
    assert (row(world).state, row(world).reason) == (SendingState.REFUSED, "Too long.")

    world.do(e.EditSending(key, "Shorter"))

    assert sent(world, source).sending.body["text"] == "Shorter"
    assert states(world) == ["sent"]


@pytest.mark.parametrize("state", [SendingState.SENT, SendingState.CLAIMED])
def test_what_is_over_or_being_sent_can_no_longer_be_changed(world: World, state: SendingState) -> None:
    source = helpdesk(world)
    reply(world)
    found = claimed(world, source)
    assert found is not None
    if state is SendingState.SENT:
        answered(world, found.id, Settled(state))

    for edit in (
        e.HoldSending(found.id),
        e.DropSending(found.id),
        e.EditSending(found.id, "x"),
        e.RetrySending(found.id),
    ):
        refused = world.outcome(world.do(edit))
        assert refused.state is OutcomeState.REFUSED
        assert refused.reason
    assert states(world) == [state.value]


def test_dropping_can_be_taken_back(world: World) -> None:
    helpdesk(world)
    reply(world)
    edit = world.do(e.DropSending(row(world).id))
    assert states(world) == ["dropped"]

    world.undo(edit)

    assert states(world) == ["queued"]


def test_the_lists_are_sorted_by_who_must_act(world: World) -> None:
    source = helpdesk(world)
    for n in range(4):
        world.take(chat(f"chat {n}", "a", "Hello"))
        world.do(e.QueueReply(ConversationId(conversation_key(world, f"chat {n}")), f"k{n}", f"{n}"))
    sent(world, source)
    sent(world, source, Settled(SendingState.REFUSED, "No."))

    assert [one.body["text"] for one in rows(world)] == ["1", "2", "3", "0"]
    assert [one.body["text"] for one in rows(world, OutboxFilter.NEEDS_YOU)] == ["1"]
    assert [one.body["text"] for one in rows(world, OutboxFilter.WAITING)] == ["2", "3"]
    assert [one.body["text"] for one in rows(world, OutboxFilter.DONE)] == ["0"]
    with world.workspace.database.read() as connection:
        counts = outbox_counts(connection, done_since=world.at.replace(hour=0))
    assert (counts.needs_you, counts.waiting, counts.done, counts.not_sent) == (1, 2, 1, 3)


def test_a_sending_tells_its_story(world: World) -> None:
    source = helpdesk(world)
    reply(world)
    key = row(world).id
    world.do(e.HoldSending(key), by="Nadia")
    world.do(e.ReleaseSending(key), by="Nadia")
    sent(world, source, Settled(SendingState.REFUSED, "No such chat."))

    story = detail(world, key).history

    assert [(one.what, one.title, one.by) for one in story] == [
        ("made", "Queue a reply", "Marta"),
        ("edit", "Hold what goes out", "Nadia"),
        ("edit", "Release what was held", "Nadia"),
        ("tried", "Sent off", ""),
        ("settled", "No such chat.", ""),
    ]
    with pytest.raises(NotFound):
        detail(world, 999)


def test_a_reply_that_was_sent_is_shown_until_it_came_back(world: World) -> None:
    source = helpdesk(world)
    reply(world, "Done")
    sent(world, source)

    def shown() -> list[str]:
        with world.workspace.database.read() as connection:
            return [one.state for one in waiting_replies(connection, talk(world))]

    assert shown() == ["sent"]
    with world.workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE sources SET synced_at = 99999999999999999")
    assert shown() == []


def test_erasing_a_customer_takes_what_waits_for_them(world: World) -> None:
    helpdesk(world, "tag")
    reply(world)
    world.do(e.AddTag(world.owner(ANNA), "vip"))
    with world.workspace.database.write() as connection:
        erase(connection, world.owner(ANNA).id, "e1", 0, "Marta", Touched())

    assert rows(world) == ()


def test_no_key_is_given_twice(world: World) -> None:
    helpdesk(world)
    reply(world)
    first = row(world).id
    with world.workspace.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM outbox")

    reply(world)

    assert row(world).id > first


def test_a_source_that_is_not_there_takes_nothing(world: World) -> None:
    helpdesk(world)

    assert world.outcome(world.do(e.SetWriteBack(SourceId(77), "tag", True))).state is OutcomeState.REFUSED
    assert source_called(world, "Helpdesk")


def test_a_property_goes_back_only_where_it_was_chosen(world: World) -> None:
    helpdesk(world)

    world.do(e.SetProperty(world.owner(ANNA), "plan", text("Pro")))
    world.do(e.AddTag(talk_owner(world), "bug"))

    assert rows(world) == ()
