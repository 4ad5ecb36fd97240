"""What the inbox can be narrowed to, and whom a conversation can be given to."""

from __future__ import annotations

from dataclasses import replace

from tests.store.world import START, World, chat, conversation_key, customer

from console.domain import edits as e
from console.domain.ids import ConversationId
from console.domain.records import AuthorKind, MessageRecord, OwnerKind, Person
from console.store.filter_words import companies_of_conversations, tags_of_conversations, teammates


def conversation(world: World, key: str) -> ConversationId:
    return ConversationId(conversation_key(world, key))


def test_every_company_and_tag_of_a_conversation_is_there_with_its_count(world: World) -> None:
    people = [customer(str(n), f"p{n}@example.com", company__name=f"Firm {n // 2}") for n in range(50)]
    world.take(*people, *(replace(chat(f"c{n}", str(n), "Hello"), tags=("all", f"tag {n}")) for n in range(49)))

    with world.workspace.database.read() as connection:
        companies = companies_of_conversations(connection)
        tags = tags_of_conversations(connection)

    assert len(companies) == 25
    assert [count for _, _, count in companies] == [2] * 24 + [1]
    assert (tags[0].name, tags[0].count, len(tags)) == ("all", 49, 50)


def test_teammates_are_who_has_conversations_answered_or_wrote_notes_and_myself_first(world: World) -> None:
    answer = MessageRecord("a", START, AuthorKind.TEAMMATE, Person("", "Clara"), "We look into it")
    bot = MessageRecord("b", START, AuthorKind.BOT, Person("", "Robo"), "Hi")
    asked = chat("c", "1", "Hello")
    world.take(customer("1", "p@example.com"), replace(asked, messages=(*asked.messages, answer, bot)))
    world.do(e.AssignTeammate(conversation(world, "c"), "ömer"))
    world.do(e.WriteNote(e.Owner(OwnerKind.CONVERSATION, conversation(world, "c")), "n", "hm"), by="Bea")

    with world.workspace.database.read() as connection:
        assert teammates(connection, "Nadia") == ("Nadia", "Bea", "Clara", "ömer")
        assert teammates(connection, "Clara") == ("Clara", "Bea", "ömer")


def test_an_empty_workspace_has_only_myself(world: World) -> None:
    with world.workspace.database.read() as connection:
        assert teammates(connection, "Nadia") == ("Nadia",)
        assert companies_of_conversations(connection) == ()
