"""What teammates wrote in a source, what it says of its properties, and whom it made one."""

from __future__ import annotations

import uuid

from tests.store.world import START, World, chat, conversation_key, customer

from console.domain.edits import NeverMerge, Owner, WriteNote
from console.domain.ids import CustomerId
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
