"""Where nobody can tell whether something was sent: it is looked up once, then a teammate decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.store.conftest import KEY
from tests.store.sendings import (
    ANNA,
    answered,
    claimed,
    helpdesk,
    reply,
    rows,
    sent,
    states,
)
from tests.store.world import World, chat, conversation_key

from console.domain import edits as e
from console.domain.ids import ConversationId
from console.domain.outbox import SendingState, Settled
from console.domain.outbox_rows import WaitsFor
from console.store import backups
from console.store.outbox_sending import doubt_claimed, not_found, put_off
from console.store.workspace import Role, Workspace


def test_an_unknown_reply_is_looked_up_once_and_then_left_to_a_teammate(world: World) -> None:
    source = helpdesk(world)
    reply(world)
    key = sent(world, source, Settled(SendingState.UNKNOWN, "The line broke.")).id
    probe = claimed(world, source)
    assert probe is not None
    assert (probe.id, probe.is_probe) == (key, True)
    with world.workspace.database.write() as connection:
        not_found(connection, key, world.at, world.at)

    assert claimed(world, source) is None
    assert states(world) == ["unknown"]

    world.do(e.CheckSending(key))
    again = claimed(world, source)
    assert again is not None
    assert again.is_probe
    answered(world, key, Settled(SendingState.SENT, receipt="found"))
    assert states(world) == ["sent"]


def test_what_another_reply_has_become_is_told_to_whoever_looks_for_this_one(world: World) -> None:
    source = helpdesk(world)
    reply(world)
    sent(world, source, Settled(SendingState.SENT, receipt="part 7"))
    reply(world)
    sent(world, source, Settled(SendingState.UNKNOWN, "The line broke."))

    probe = claimed(world, source)

    assert probe is not None
    assert probe.sending.taken == {"part 7"}


def test_a_teammate_can_say_that_it_was_sent_or_send_it_again(world: World) -> None:
    source = helpdesk(world)
    reply(world)
    key = sent(world, source, Settled(SendingState.UNKNOWN, "?")).id
    edit = world.do(e.MarkSent(key))
    assert states(world) == ["sent"]
    world.undo(edit)
    assert states(world) == ["unknown"]

    world.do(e.RetrySending(key))

    found = claimed(world, source)
    assert found is not None
    assert not found.is_probe


def test_what_was_claimed_when_the_process_ended_is_looked_up_and_never_sent_again_by_itself(world: World) -> None:
    source = helpdesk(world, "tag")
    reply(world)
    world.do(e.AddTag(world.owner(ANNA), "vip"))
    assert claimed(world, source)
    assert claimed(world, source)
    with world.workspace.database.write() as connection:
        assert doubt_claimed(connection, world.at) == 2
    for _ in range(2):
        probe = claimed(world, source)
        assert probe is not None
        assert probe.is_probe
        with world.workspace.database.write() as connection:
            not_found(connection, probe.id, world.at, world.at)

    assert states(world) == ["unknown", "queued"]  # a tag twice is one tag


def test_a_passing_trouble_puts_off_everything_for_that_source_but_what_a_teammate_tries_now(world: World) -> None:
    source = helpdesk(world)
    world.take(chat("chat b", "a", "And?"))
    reply(world)
    world.do(e.QueueReply(ConversationId(conversation_key(world, "chat b")), "k2", "Other"))
    found = claimed(world, source)
    assert found is not None
    until = world.later(60)
    world.at = found.sending.at
    with world.workspace.database.write() as connection:
        put_off(connection, found.id, "The network is away.", until)

    first, second = rows(world)

    assert (first.waits_for, first.reason, first.next_at) == (WaitsFor.TRY, "The network is away.", until)
    assert second.next_at == until
    world.do(e.RetrySending(second.id))
    tried = claimed(world, source)
    assert tried is not None
    assert tried.id == second.id


def test_a_reply_that_waited_in_a_backup_is_looked_up_and_not_sent_again(world: World, tmp_path: Path) -> None:
    source = helpdesk(world)
    reply(world, "Sent since the backup")
    backup = backups.back_up(world.workspace, KEY, world.at)
    first = sent(world, source)

    backups.restore(backup, KEY, tmp_path / "restored", lambda: world.at)

    with restored_world(tmp_path / "restored", world) as again:
        again.do(e.PauseSource(source, False))
        found = claimed(again, source)
        assert found is not None
        assert found.is_probe
        assert found.sending.op_id == first.sending.op_id
        assert states(again) == ["unknown"]


@contextmanager
def restored_world(folder: Path, world: World) -> Iterator[World]:
    workspace = Workspace(folder, KEY, Role.SCRIPT)
    try:
        yield World(workspace, world.at, world.made)
    finally:
        workspace.close()
