"""What teammates wrote in a source, what it says of its properties, and whom it made one."""

from __future__ import annotations

import uuid
from dataclasses import replace

from tests.store.seen import check
from tests.store.world import START, World, chat, conversation_key, customer, text

from console.domain.edits import AddTag, NeverMerge, Owner, RemoveTag, ReopenConversation, WriteNote
from console.domain.ids import ConversationId, CustomerId
from console.domain.records import (
    CustomerRecord,
    DefinitionRecord,
    JoinedRecord,
    NoteRecord,
    OwnerKind,
)
from console.domain.values import ValueKind

ANNA, BEN = "anna@example.com", "ben@example.com"


def note(key: str, owner: str, text: str, kind: OwnerKind = OwnerKind.CUSTOMER) -> NoteRecord:
    return NoteRecord(key, kind, owner, text, "Ravi Menon", START)


def test_a_note_written_in_the_source_stands_on_its_customer_and_comes_in_once(world: World) -> None:
    world.take(customer("1", ANNA), note("n1", "1", "Prefers calls"))

    again = world.take(customer("1", ANNA), note("n1", "1", "Prefers calls"))

    assert again.unchanged == 2
    shown = world.rows("SELECT owner_id, text, author FROM notes WHERE deleted_at IS NULL")
    assert shown == [(world.customer(ANNA), "Prefers calls", "Ravi Menon")]


def test_a_note_of_a_conversation_stands_on_the_conversation(world: World) -> None:
    world.take(chat("c1", None, "Help"), note("n1", "c1", "Look at the log", OwnerKind.CONVERSATION))

    assert world.rows("SELECT owner_kind, owner_id FROM notes") == [("conversation", conversation_key(world, "c1"))]


def test_our_own_note_that_the_source_took_does_not_come_in_again(world: World) -> None:
    world.take(customer("1", ANNA))
    (source,) = world.rows("SELECT id FROM sources WHERE name = 'Helpdesk'")[0]
    with world.workspace.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO outbox (edit_id, source_id, kind, body, state, receipt, at) VALUES ('e', ?, 'note', '{}', 'sent', 'n1', 0)",
            (source,),
        )

    world.take(note("n1", "1", "Ours"), note("n2", "1", "Theirs"))

    assert world.rows("SELECT text FROM notes") == [("Theirs",)]


def test_who_the_source_joined_is_one_here_and_keeps_notes_and_tags(world: World) -> None:
    world.take(CustomerRecord("lead", (), tags=("vip",)), customer("user", BEN))
    (lead,) = world.rows("SELECT owner_id FROM identities WHERE external_id = 'lead'")[0]
    world.do(WriteNote(Owner(OwnerKind.CUSTOMER, int(lead)), str(uuid.uuid4()), "Met at the fair"))

    world.take(JoinedRecord("lead", "user"))

    ben = world.customer(BEN)
    assert world.rows("SELECT owner_id FROM identities WHERE external_id = 'lead'") == [(ben,)]
    assert world.rows("SELECT owner_id, text FROM notes") == [(ben, "Met at the fair")]
    assert world.rows("SELECT owner_id FROM taggings") == [(ben,)]
    assert world.rows("SELECT gone_at IS NOT NULL FROM records WHERE external_id = 'customer:lead'") == [(1,)]


def test_who_a_teammate_parted_is_not_joined_by_a_source(world: World) -> None:
    world.take(customer("1", ANNA), customer("2", BEN))
    world.do(NeverMerge(CustomerId(world.customer(ANNA)), CustomerId(world.customer(BEN))))

    world.take(JoinedRecord("1", "2"))

    assert world.customer(ANNA) != world.customer(BEN)


def test_a_definition_gives_a_property_its_type_and_choices_and_leaves_those_of_teammates(world: World) -> None:
    plan = DefinitionRecord("customer:plan", OwnerKind.CUSTOMER, "plan", ValueKind.CHOICE, ("Free", "Pro"))

    world.take(plan)
    world.take(DefinitionRecord("customer:plan", OwnerKind.CUSTOMER, "plan", ValueKind.CHOICE, ("Other",)))

    assert world.rows("SELECT kind, choices FROM properties WHERE name = 'plan'") == [("choice", '["Free", "Pro"]')]


def test_a_record_silent_about_segments_takes_none_away(world: World) -> None:
    world.take(CustomerRecord("1", (ANNA,), segments=("Active",)))

    world.take(CustomerRecord("1", (ANNA,), segments=None))
    assert world.rows("SELECT name FROM segments_given") == [("Active",)]

    world.take(CustomerRecord("1", (ANNA,), segments=()))
    assert world.rows("SELECT name FROM segments_given") == []


def tags_of(world: World) -> set[str]:
    return {str(row[0]) for row in world.rows("SELECT t.name FROM taggings g JOIN tags t ON t.id = g.tag_id")}


def test_a_tag_that_the_source_took_off_is_off_and_one_of_a_teammate_stays(world: World) -> None:
    world.take(CustomerRecord("1", (ANNA,), tags=("vip", "beta")))
    world.do(AddTag(world.owner(ANNA), "ours"))

    world.take(CustomerRecord("1", (ANNA,), tags=("beta",)))

    assert tags_of(world) == {"beta", "ours"}
    check(world)


def test_a_tag_that_a_teammate_took_off_stays_off_until_the_source_says_it_anew(world: World) -> None:
    world.take(CustomerRecord("1", (ANNA,), tags=("vip",)))
    world.do(RemoveTag(world.owner(ANNA), "vip"))

    world.take(CustomerRecord("1", (ANNA,), {"plan": text("Pro")}, tags=("vip",)))
    assert tags_of(world) == set()

    world.take(CustomerRecord("1", (ANNA,)))
    world.take(CustomerRecord("1", (ANNA,), tags=("vip",)))
    assert tags_of(world) == {"vip"}


def test_a_tag_stuck_on_by_a_teammate_first_is_not_the_sources_to_take_off(world: World) -> None:
    world.take(CustomerRecord("1", (ANNA,)))
    world.do(AddTag(world.owner(ANNA), "vip"))
    world.take(CustomerRecord("1", (ANNA,), tags=("vip",)))

    world.take(CustomerRecord("1", (ANNA,)))

    assert tags_of(world) == {"vip"}


def test_a_conversation_closed_in_the_source_is_closed_here_and_what_was_done_here_stays(world: World) -> None:
    def state() -> str:
        return str(world.rows("SELECT state FROM conversations")[0][0])

    talk = replace(chat("c1", None, "Help"), is_closed=False)
    world.take(talk)
    world.take(replace(talk, is_closed=True))
    assert state() == "closed"

    world.do(ReopenConversation(ConversationId(conversation_key(world, "c1"))))
    world.take(replace(talk, is_closed=True, subject="Another"))
    assert state() == "open"

    world.take(replace(talk, is_closed=False))
    world.take(replace(talk, is_closed=True))
    assert state() == "closed"
    check(world)


def test_messages_of_one_second_stand_in_the_order_in_which_the_source_tells_them(world: World) -> None:
    said = [f"Line {number}" for number in range(20)]
    talk = chat("c1", None, *said)

    world.take(replace(talk, messages=tuple(replace(one, at=START) for one in talk.messages)))

    assert [row[0] for row in world.rows("SELECT text FROM messages ORDER BY id")] == said
