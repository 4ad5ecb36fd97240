"""Intercom through the real sync process: what stays here, what goes out once, what is hidden."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.peers.intercom_server import TOKEN, IntercomServer, running_intercom
from tests.peers.intercom_world import IntercomWorld

from console.domain.channels import Owner, OwnerKind
from console.domain.edits import AddSource, AddTag, Edit, Entry, QueueReply, SetWriteBack, WriteNote
from console.domain.ids import ConversationId, EditId, new_edit_id
from console.store import workspace as files
from console.store.replies import waiting_replies
from console.store.source_writes import source_id
from console.store.workspace import Role, Workspace
from console.sync.process import SyncProcess
from console.system import clock

_TABLES = (
    "customers",
    "claims",
    "winners",
    "messages",
    "conversations",
    "notes",
    "taggings",
    "events",
    "memberships",
    "properties",
)


class Desk:
    """A workspace with sources of Intercom, the sync process run once whenever it is asked for; time goes on by itself."""

    def __init__(self, folder: Path) -> None:
        self.key, self.ahead = os.urandom(32), timedelta(0)
        files.create(folder, self.key)
        self.workspace = Workspace(folder, self.key, Role.SCRIPT)

    def now(self) -> datetime:
        return clock.now() + self.ahead

    def keep(self, edit: Edit) -> EditId:
        entry = Entry(new_edit_id(self.now(), os.urandom(10)), self.now(), "Nadia", edit)
        self.workspace.journal.append(entry)
        return entry.id

    def add(self, server: IntercomServer, name: str = "Intercom") -> None:
        settings = {"region": "us", "base_url": server.address, "allow_private": "yes"}
        self.keep(AddSource(source_id("intercom", name), "intercom", name, json.dumps(settings)))

    def run(self) -> None:
        SyncProcess(
            self.workspace, lambda _source: TOKEN, self.now, clock.monotonic, clock.wait, lambda _said: None, once=True
        ).run()

    def rows(self, statement: str, *arguments: object) -> list[tuple[object, ...]]:
        with self.workspace.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement, arguments).fetchall()]

    def talk(self) -> ConversationId:
        return ConversationId(int(str(self.rows("SELECT id FROM conversations")[0][0])))

    def owner(self, external_id: str) -> int:
        return int(str(self.rows("SELECT owner_id FROM identities WHERE external_id = ?", external_id)[0][0]))


@pytest.fixture
def server() -> Iterator[IntercomServer]:
    with running_intercom() as running:
        yield running


@pytest.fixture
def world(server: IntercomServer) -> IntercomWorld:
    return server.world


@pytest.fixture
def desk(tmp_path: Path, server: IntercomServer) -> Iterator[Desk]:
    made = Desk(tmp_path / "workspace")
    made.add(server)
    yield made
    made.workspace.close()


def test_a_second_sync_changes_nothing(desk: Desk, world: IntercomWorld) -> None:
    acme = world.company("Acme", website="https://acme.example")
    ada = world.contact("ada@example.com", "Ada", company_ids=[acme], tag_ids=[world.tag("vip")])
    world.note(ada, "<p>Likes calls</p>")
    world.part(world.conversation(ada, "<p>Hello</p>"), "<p>Hi</p>", world.as_admin())
    desk.run()
    before = {table: desk.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in _TABLES}

    desk.run()

    assert {table: desk.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in _TABLES} == before
    assert before["messages"]
    assert before["notes"]


def test_of_a_conversation_that_grew_beyond_500_parts_nothing_that_came_earlier_is_lost(
    desk: Desk, world: IntercomWorld
) -> None:
    ada, start = world.contact("ada@example.com", "Ada"), world.clock() - 7_200
    talk = world.conversation(ada, "<p>Hello</p>", at=start)
    for number in range(300):
        world.part(talk, f"<p>{number}</p>", world.as_contact(ada), at=start + 1 + number)
    desk.run()
    for number in range(300, 600):
        world.part(talk, f"<p>{number}</p>", world.as_contact(ada), at=start + 1 + number)

    desk.run()

    assert len(desk.rows("SELECT id FROM messages WHERE gone_at IS NULL")) == 601
    ((remark,),) = desk.rows("SELECT remark FROM coverage WHERE stream = 'conversations'")
    assert "500 newest" in str(remark)


def test_a_lead_merged_at_intercom_keeps_the_notes_and_tags_of_teammates(desk: Desk, world: IntercomWorld) -> None:
    lead, user = world.contact(name="Lead", role="lead"), world.contact("ada@example.com", "Ada")
    desk.run()
    owner = Owner(OwnerKind.CUSTOMER, desk.owner(lead))
    desk.keep(WriteNote(owner, str(uuid.uuid4()), "Met at the fair"))
    desk.keep(AddTag(owner, "fair"))
    desk.run()

    world.merge(lead, user)
    desk.run()

    assert desk.owner(lead) == desk.owner(user)
    assert desk.rows("SELECT owner_id, text FROM notes") == [(desk.owner(user), "Met at the fair")]
    assert desk.rows("SELECT owner_id FROM taggings") == [(desk.owner(user),)]
    shown = desk.rows("SELECT w.text FROM winners w JOIN properties p ON p.id = w.property_id WHERE p.name = 'name'")
    assert shown == [("Ada",)]


def test_a_reply_whose_answer_was_lost_is_there_exactly_once(
    desk: Desk, server: IntercomServer, world: IntercomWorld
) -> None:
    talk = world.conversation(world.contact("ada@example.com"), "<p>It breaks</p>")
    desk.run()
    desk.keep(SetWriteBack(source_id("intercom", "Intercom"), "reply", True))
    desk.keep(QueueReply(desk.talk(), "key-1", "Please reload"))
    desk.ahead += timedelta(seconds=30)
    server.lose_next("POST .*/reply")

    for _ in range(3):
        desk.run()
        desk.ahead += timedelta(hours=1)

    assert [part["body"] for part in world.parts[talk]] == ["<p>Please reload</p>"]
    assert desk.rows("SELECT state FROM outbox") == [("sent",)]
    assert sorted(desk.rows("SELECT text FROM messages")) == [("It breaks",), ("Please reload",)]
    with desk.workspace.database.read() as connection:
        assert waiting_replies(connection, desk.talk()) == ()


def test_a_note_that_was_sent_does_not_come_back_as_a_second_one(desk: Desk, world: IntercomWorld) -> None:
    ada = world.contact("ada@example.com")
    desk.run()
    desk.keep(SetWriteBack(source_id("intercom", "Intercom"), "note", True))
    desk.keep(WriteNote(Owner(OwnerKind.CUSTOMER, desk.owner(ada)), str(uuid.uuid4()), "Ask Ravi first"))
    desk.run()
    world.contacts[ada]["updated_at"] = world.clock()

    desk.run()

    assert [one["body"] for one in world.notes[ada]] == ["<p>Ask Ravi first</p>"]
    assert desk.rows("SELECT text FROM notes") == [("Ask Ravi first",)]


def test_two_accounts_are_two_sources_and_one_customer_with_two_records(desk: Desk, world: IntercomWorld) -> None:
    with running_intercom(IntercomWorld(id_code="other002")) as second:
        desk.add(second, "Intercom of Bolt")
        for one in (world, second.world):
            one.conversation(one.contact("ada@example.com", "Ada"), "<p>Hello</p>")
        desk.run()

    assert len(desk.rows("SELECT id FROM customers WHERE merged_into IS NULL")) == 1
    assert desk.rows("SELECT count(DISTINCT source_id), count(*) FROM messages") == [(2, 2)]


def test_a_conversation_deleted_at_intercom_is_hidden(desk: Desk, world: IntercomWorld) -> None:
    ada = world.contact("ada@example.com")
    gone, stays = world.conversation(ada, "<p>Gone</p>"), world.conversation(ada, "<p>Stays</p>")
    desk.run()

    world.delete_conversation(gone)
    desk.run()

    assert desk.rows("SELECT text FROM messages WHERE gone_at IS NULL") == [("Stays",)]
    assert stays in {str(row[0]) for row in desk.rows("SELECT external_id FROM conversations")}
