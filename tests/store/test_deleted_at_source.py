"""What a source has deleted is hidden and says so; what teammates wrote stays; what comes back is shown again."""

from __future__ import annotations

from datetime import timedelta

from tests.store.world import START, World

from console.domain.edits import AddTag, Owner, WriteNote
from console.domain.ids import ConversationId
from console.domain.records import (
    AuthorKind,
    Channel,
    ConversationRecord,
    CustomerRecord,
    DeletionRecord,
    EventRecord,
    MessageRecord,
    OwnerKind,
    Person,
)
from console.domain.values import Value, ValueKind
from console.store.conversations import turns
from console.store.profiles import profile

ADA = CustomerRecord(
    "7", ("ada@x.example",), {"plan": Value(ValueKind.STRING, "pro"), "name": Value(ValueKind.STRING, "Ada")},
    segments=("Beta",),
)  # fmt: skip
TALK = ConversationRecord(
    "12",
    Channel.CHAT,
    "Export fails",
    (
        MessageRecord("chat-1", START, AuthorKind.CUSTOMER, Person("ada@x.example"), "It fails"),
        MessageRecord("chat-2", START + timedelta(minutes=1), AuthorKind.TEAMMATE, Person(""), "Which file?"),
    ),
    customer_id="7",
)
LOGIN = EventRecord("e1", "Logged in", START, customer_id="7")


def _only(world: World, statement: str) -> object:
    return world.rows(statement)[0][0]


def _turns(world: World) -> list[tuple[str, bool]]:
    key = ConversationId(int(str(_only(world, "SELECT id FROM conversations"))))
    with world.workspace.database.read() as connection:
        return [(turn.text, turn.is_gone) for turn in turns(connection, key, None, 50)]


def test_a_deleted_conversation_says_so_keeps_notes_and_tags_and_needs_no_answer(world: World) -> None:
    world.take(ADA, TALK)
    talk = Owner(OwnerKind.CONVERSATION, int(str(_only(world, "SELECT id FROM conversations"))))
    world.do(WriteNote(talk, "n1", "Ask engineering"))
    world.do(AddTag(talk, "export"))

    taken = world.take(DeletionRecord("conversation:12"))

    assert taken.gone == 1
    assert _turns(world) == [("It fails", True), ("Which file?", True)]
    row = world.rows("SELECT state, preview, message_count, waiting_since FROM conversations")
    assert row == [("closed", "Deleted at the source", 0, None)]
    assert _only(world, "SELECT count(*) FROM notes WHERE deleted_at IS NULL") == 1
    assert _only(world, "SELECT count(*) FROM taggings") == 1


def test_a_deleted_customer_keeps_what_was_known_and_the_profile_says_that_no_source_has_them(world: World) -> None:
    world.take(ADA)
    ada = world.owner("ada@x.example")
    world.do(WriteNote(ada, "n1", "Likes short answers"))
    world.do(AddTag(ada, "vip"))

    world.take(DeletionRecord("customer:7"))

    with world.workspace.database.read() as connection:
        read = profile(connection, ada.id, now=world.at)
    assert [one.is_gone for one in read.identities if not one.is_home] == [True]
    assert world.shown(ada.id)["plan"] == "pro"
    assert [note.text for note in read.notes] == ["Likes short answers"]
    assert [tag.name for tag in read.tags] == ["vip"]
    assert world.rows("SELECT * FROM segments_given") == []


def test_of_a_customer_whom_another_source_knows_only_that_one_is_heard(world: World) -> None:
    world.take(ADA)
    world.take(CustomerRecord("a", ("ada@x.example",), {"plan": Value(ValueKind.STRING, "free")}), source="Billing")
    world.take(CustomerRecord("7", ("ada@x.example",), {"plan": Value(ValueKind.STRING, "team")}))
    assert world.shown("ada@x.example")["plan"] == "team"

    world.take(DeletionRecord("customer:7"))

    assert world.shown("ada@x.example")["plan"] == "free"


def test_an_id_alone_deletes_nothing_since_two_kinds_may_share_it(world: World) -> None:
    world.take(ADA, TALK)

    assert world.take(DeletionRecord("7"), DeletionRecord("12"), DeletionRecord("company:7")).gone == 0


def test_a_deleted_event_is_no_longer_in_the_stream(world: World) -> None:
    world.take(ADA, LOGIN)

    world.take(DeletionRecord("event:e1"))

    assert world.rows("SELECT * FROM events") == []
    assert world.rows("SELECT * FROM activities") == []


def test_what_comes_back_is_shown_again_and_deleting_twice_changes_nothing(world: World) -> None:
    world.take(ADA, TALK, LOGIN)
    before = {table: world.rows(f"SELECT * FROM {table} ORDER BY 1") for table in ("events", "winners", "activities")}
    gone = [DeletionRecord(place) for place in ("customer:7", "conversation:12", "event:e1")]
    world.take(*gone)
    assert world.take(*gone).gone == 0

    world.take(ADA, TALK, LOGIN)

    assert {table: world.rows(f"SELECT * FROM {table} ORDER BY 1") for table in before} == before
    assert _turns(world) == [("It fails", False), ("Which file?", False)]
    assert world.rows("SELECT gone_at FROM identities WHERE gone_at IS NOT NULL") == []
    assert world.rows("SELECT held FROM record_counts ORDER BY kind") == [(1,), (1,), (1,)]
