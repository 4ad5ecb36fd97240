"""A conversation as it is read: head, pages of turns, attachments, notes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.store import rows as put
from tests.store.rows import NOW

from console.domain.edits import Owner
from console.domain.inbox import ConversationState
from console.domain.records import AuthorKind, OwnerKind, Person
from console.store import conversations
from console.store.connection import Connection
from console.store.errors import NotFound
from console.store.moments import micros
from console.store.schema import workspace as tables
from console.store.workspace import Workspace


def test_a_head_says_whose_the_conversation_is_and_how_it_stands(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        ada = put.customer(connection, "Ada", "ada@north.example")
        key = put.conversation(
            connection,
            "Lamp",
            "one",
            "two",
            customer_id=ada,
            assignee="Marta",
            is_priority=True,
            metadata=json.dumps({"score": ["number", "9"], "page": "Pricing", "again": True}),
        )
        put.put(connection, tables.participants, conversation_id=key, address="a@x.example", name="", role="cc")
        put.put(connection, tables.participants, conversation_id=key, address="a@x.example", name="Al", role="to")

    with workspace.database.read() as connection:
        head = conversations.head(connection, key)
        with pytest.raises(NotFound, match="no conversation 5"):
            conversations.head(connection, 5)

    assert head.customer is not None
    assert (head.customer.id, head.source_name, head.assignee) == (ada, "Helpdesk", "Marta")
    assert (head.state, head.is_unread, head.is_priority, head.turn_count) == (ConversationState.OPEN, True, True, 2)
    assert head.metadata == {"score": "9", "page": "Pricing", "again": "yes"}
    assert head.participants == (Person("a@x.example", "Al"),)


def test_turns_come_in_pages_from_the_newest_each_page_oldest_first(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        key = put.conversation(connection, "Lamp", *map(str, range(7)))

    with workspace.database.read() as connection:
        last = conversations.turns(connection, key, None, 3)
        middle = conversations.turns(connection, key, last[0].id, 3)
        first = conversations.turns(connection, key, middle[0].id, 3)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {conversations._TURNS}", (key, 9, 3)).fetchall()

    assert [[turn.text for turn in page] for page in (last, middle, first)] == [["4", "5", "6"], ["1", "2", "3"], ["0"]]
    assert "messages_conversation" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def test_a_turn_says_who_wrote_to_whom_with_what(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        ada = put.customer(connection, "Ada", "ada@north.example")
        key = put.conversation(connection, "Lamp", customer_id=ada)
        message = put.message(
            connection,
            key,
            "hello\n> before",
            at=NOW,
            identity_id=put.home_of(OwnerKind.CUSTOMER, ada),
            author_name="Ada",
            recipients=json.dumps([["to", "us@x.example", "We", "We <us@x.example>"], ["cc", "b@x.example", "", ""]]),
            quoted_from=6,
            remote_images=2,
            warnings=json.dumps(["The sender's name holds another address"]),
            gone_at=micros(NOW),
        )
        put.attachment(connection, message, 1, "plan.pdf.exe", b"MZ")
        put.attachment(connection, message, 2, "logo.png", b"png", content_id="logo", is_inline=True)

    with workspace.database.read() as connection:
        turn = conversations.turns(connection, key, None, 5)[0]
        logo = conversations.inline_image(connection, message, "logo")
        nothing = conversations.inline_image(connection, message, "other")
        part, content = conversations.attachment(connection, 1)
        with pytest.raises(NotFound):
            conversations.attachment(connection, 9)

    assert (turn.kind, turn.author_customer, turn.author_name) == (AuthorKind.CUSTOMER, ada, "Ada")
    assert [person.address for person in turn.recipients] == ["us@x.example", "b@x.example"]
    assert (turn.quoted_from, turn.remote_images, len(turn.warnings), turn.is_gone) == (6, 2, 1, True)
    assert [(one.name, one.is_executable, one.is_inline) for one in turn.attachments] == [
        ("plan.pdf.exe", True, False),
        ("logo.png", False, True),
    ]
    assert (logo, nothing, part.name, content) == (b"png", None, "plan.pdf.exe", b"MZ")


def test_pinned_notes_come_first_and_a_note_remembers_what_it_said(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        key = put.conversation(connection, "Lamp", "x")
        put.note(connection, OwnerKind.CONVERSATION, key, "n1", "old", at=NOW - timedelta(days=1), is_pinned=True)
        put.note(connection, OwnerKind.CONVERSATION, key, "n2", "new", edited_by="Bo", edited_at=micros(NOW))
        put.note(connection, OwnerKind.CONVERSATION, key, "n3", "gone", deleted_at=micros(NOW))
        _version(connection, "v1", "first")
        _version(connection, "v2", "second", at=micros(NOW + timedelta(hours=1)))

    with workspace.database.read() as connection:
        notes = conversations.notes(connection, Owner(OwnerKind.CONVERSATION, key))
        versions = conversations.note_versions(connection, "n2")

    assert [(note.id, note.is_pinned, note.edited_by) for note in notes] == [("n1", True, None), ("n2", False, "Bo")]
    assert [version.text for version in versions] == ["second", "first"]


def _version(connection: Connection, key: str, text: str, *, at: int = micros(NOW)) -> None:
    put.put(connection, tables.note_versions, id=key, note_id="n2", text=text, by="Bo", at=at)
