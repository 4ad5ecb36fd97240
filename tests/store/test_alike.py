"""What else of the same sender could be linked, by each kind of evidence, and what is never offered."""

from __future__ import annotations

from tests.store.world import START, World, conversation_key, customer

from console.domain import edits as e
from console.domain.ids import ConversationId, CustomerId
from console.domain.records import AuthorKind, Channel, ConversationRecord, MessageRecord, Person
from console.store.alike import Alike, alike

ANNA, BORIS = "anna@example.com", "boris@example.com"


def said(
    key: str, channel: Channel, *, nickname: str = "", name: str = "", address: str = "", by: str | None = None
) -> ConversationRecord:
    person = Person(address, name or nickname)
    message = MessageRecord(f"m-{key}", START, AuthorKind.CUSTOMER, person, "Great, but the wizard asks twice")
    return ConversationRecord(key, channel, key, (message,), customer_id=by, nickname=nickname)


def found(world: World, key: str, owner: str = ANNA) -> Alike | None:
    with world.workspace.database.read() as connection:
        return alike(connection, conversation_key(world, key), world.customer(owner), 10)


def keys(world: World, *names: str) -> set[ConversationId]:
    return {ConversationId(conversation_key(world, name)) for name in names}


def assign(world: World, key: str, owner: str) -> None:
    world.do(e.AssignCustomer(ConversationId(conversation_key(world, key)), CustomerId(world.customer(owner))))


def test_other_reviews_by_a_nickname_are_offered_until_they_are_somebodys(world: World) -> None:
    world.take(customer("1", ANNA), *(said(f"r{n}", Channel.REVIEW, nickname="ari_d") for n in range(3)))
    world.take(said("other", Channel.REVIEW, nickname="someone"))
    assign(world, "r0", ANNA)

    offered = found(world, "r0")

    assert offered is not None
    assert (set(offered.conversations), offered.by, offered.channel) == (
        keys(world, "r1", "r2"),
        "ari_d",
        Channel.REVIEW,
    )
    assign(world, "r1", ANNA)
    assign(world, "r2", ANNA)
    assert found(world, "r0") is None


def test_a_nickname_that_somebody_else_has_as_well_offers_nothing(world: World) -> None:
    world.take(customer("1", ANNA), customer("2", BORIS))
    world.take(*(said(f"r{n}", Channel.REVIEW, nickname="anonymous") for n in range(3)))
    assign(world, "r0", BORIS)
    assign(world, "r1", ANNA)

    assert found(world, "r1") is None


def test_what_the_same_address_wrote_is_offered_unless_it_was_taken_from_this_very_customer(world: World) -> None:
    world.take(customer("1", ANNA), customer("2", BORIS))
    world.take(*(said(f"c{n}", Channel.CHAT, address=ANNA, by="1") for n in range(2)))
    for name in ("c0", "c1"):
        world.do(e.UnlinkCustomer(ConversationId(conversation_key(world, name))))
    assign(world, "c0", BORIS)

    offered = found(world, "c0", BORIS)

    assert offered is not None
    assert (set(offered.conversations), offered.by) == (keys(world, "c1"), ANNA)
    assign(world, "c0", ANNA)
    assert found(world, "c0", ANNA) is None


def test_a_bare_name_counts_within_its_source_only(world: World) -> None:
    world.take(customer("1", ANNA))
    world.take(said("call1", Channel.CALL, name="Mr. Lindqvist"), said("call2", Channel.CALL, name="Mr. Lindqvist"))
    world.take(said("call3", Channel.CALL, name="Mr. Lindqvist"), source="Another")
    assign(world, "call1", ANNA)

    offered = found(world, "call1")

    assert offered is not None
    assert (set(offered.conversations), offered.channel) == (keys(world, "call2"), Channel.CALL)


def test_all_are_linked_in_one_edit_and_unlinked_by_one_undo(world: World) -> None:
    world.take(customer("1", ANNA), *(said(f"r{n}", Channel.REVIEW, nickname="ari_d") for n in range(4)))
    assign(world, "r0", ANNA)
    offered = found(world, "r0")
    assert offered is not None
    anna = CustomerId(world.customer(ANNA))
    linked = "SELECT count(*) FROM conversations WHERE customer_id IS NOT NULL"

    done = world.do(e.Several("Link 3 reviews", tuple(e.AssignCustomer(one, anna) for one in offered.conversations)))
    assert world.rows(linked) == [(4,)]
    world.undo(done)

    assert world.rows(linked) == [(1,)]
