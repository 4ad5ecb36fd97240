"""Replies are taken back in time, and where it is too late the undo says why."""

from __future__ import annotations

import pytest
from tests.store.sendings import (
    body_of,
    claimed,
    helpdesk,
    reply,
    rows,
    sent,
    states,
    talk,
)
from tests.store.world import World

from console.domain import edits as e
from console.domain.outbox import SendingState, Settled
from console.domain.outcomes import OutcomeState


def test_a_reply_is_taken_back_in_time_and_queued_again(world: World) -> None:
    source = helpdesk(world)
    edit = reply(world)
    world.undo(edit)
    assert states(world) == ["dropped"]
    assert claimed(world, source) is None

    world.redo(edit)

    assert states(world) == ["queued"]
    assert body_of(sent(world, source))["text"] == "On it"


@pytest.mark.parametrize(
    ("settled", "why"),
    [
        (Settled(SendingState.SENT), "cannot be taken back"),
        (Settled(SendingState.UNKNOWN, "?"), "may have been sent"),
        (None, "being sent"),
    ],
    ids=["sent", "unknown", "claimed"],
)
def test_the_undo_of_a_reply_that_went_says_why_not(world: World, settled: Settled | None, why: str) -> None:
    source = helpdesk(world)
    edit = reply(world)
    if settled is None:
        claimed(world, source)
    else:
        sent(world, source, settled)

    undone = world.outcome(world.undo(edit))

    assert undone.state is OutcomeState.REFUSED
    assert why in undone.reason
    assert len(rows(world)) == 1


def test_what_else_came_with_a_reply_that_went_is_taken_back_and_the_reply_is_named(world: World) -> None:
    source = helpdesk(world, "state")
    parts = (e.QueueReply(talk(world), "k", "Done"), e.CloseConversation(talk(world)))
    edit = world.do(e.Several("Answer and close", parts))
    assert states(world) == ["queued", "queued"]
    sent(world, source)

    undone = world.outcome(world.undo(edit))

    assert undone.state is OutcomeState.FOLDED
    assert "cannot be taken back" in undone.reason
    assert states(world) == ["sent", "dropped"]
