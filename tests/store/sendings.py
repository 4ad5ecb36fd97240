"""What tests of the outbox say and see: a world whose helpdesk takes edits back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from tests.store.world import World, chat, conversation_key, customer

from console.domain import edits as e
from console.domain.ids import ConversationId, EditId, SourceId
from console.domain.outbox import SendingState, Settled
from console.domain.outbox_rows import OutboxDetail, OutboxFilter, OutboxRow
from console.domain.records import OwnerKind
from console.store.outbox import outbox
from console.store.outbox_detail import outbox_detail
from console.store.outbox_sending import Claimed, claim, settle

ANNA = "anna@example.com"
SENT = Settled(SendingState.SENT, receipt="r1")


def helpdesk(world: World, *back: str) -> SourceId:
    """A helpdesk with Anna and one chat, which takes back replies and what is named."""
    world.take(customer("a", ANNA, name="Anna", plan="Free"), chat("chat a", "a", "Hello"))
    source = source_called(world, "Helpdesk")
    for what in ("reply", *back):
        world.do(e.SetWriteBack(source, what, True))
    return source


def source_called(world: World, name: str) -> SourceId:
    ((key,),) = world.rows("SELECT id FROM sources WHERE name = ?", name)
    return SourceId(int(str(key)))


def talk(world: World) -> ConversationId:
    return ConversationId(conversation_key(world, "chat a"))


def talk_owner(world: World) -> e.Owner:
    return e.Owner(OwnerKind.CONVERSATION, talk(world))


def reply(world: World, text: str = "On it", key: str = "k1") -> EditId:
    return world.do(e.QueueReply(talk(world), key, text))


def rows(world: World, wanted: OutboxFilter = OutboxFilter.ALL) -> tuple[OutboxRow, ...]:
    with world.workspace.database.read() as connection:
        return outbox(connection, wanted, now=world.at)


def row(world: World) -> OutboxRow:
    """The only one there is."""
    (found,) = rows(world)
    return found


def detail(world: World, sending: int) -> OutboxDetail:
    with world.workspace.database.read() as connection:
        return outbox_detail(connection, sending, now=world.at)


def states(world: World) -> list[str]:
    """How all of them stand, in the order in which they were made."""
    return [str(one[0]) for one in world.rows("SELECT state FROM outbox ORDER BY id")]


def values(world: World) -> list[object]:
    """What properties the source is told, in order, of those that are not dropped."""
    found = world.rows(
        "SELECT json_extract(body, '$.value') FROM outbox WHERE kind = 'property' AND state <> 'dropped' ORDER BY id"
    )
    return [one[0] for one in found]


def claimed(world: World, source: int) -> Claimed | None:
    """What goes next, a minute later."""
    world.at += timedelta(minutes=1)
    with world.workspace.database.write() as connection:
        return claim(connection, source, world.at)


def sent(world: World, source: int, settled: Settled = SENT) -> Claimed:
    """The next one goes, and the source answers."""
    found = claimed(world, source)
    assert found is not None
    answered(world, found.id, settled)
    return found


def answered(world: World, sending: int, settled: Settled) -> None:
    with world.workspace.database.write() as connection:
        settle(connection, sending, settled, world.at)


def body_of(found: Claimed) -> Mapping[str, object]:
    return found.sending.body
