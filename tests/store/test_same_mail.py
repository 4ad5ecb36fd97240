"""A Message-ID is a name for one mail, but some software writes it on many."""

from __future__ import annotations

from tests.store.world import World

from console.connectors.mail_parts import mail_record
from console.domain.profile import OriginKind
from console.domain.records import MailRecord, Page
from console.store.ingest import take_in
from console.store.workspace import Workspace

FIRST = ("ada@x.example", "Mon, 05 Jan 2026 10:00:00 +0000", "Invoice 1")
SECOND = ("bob@y.example", "Tue, 06 Jan 2026 10:00:00 +0000", "Something else")


def test_two_mails_that_carry_one_message_id_are_both_kept_and_stay_two_conversations(workspace: Workspace) -> None:
    world = World(workspace)

    _take(world, _mail("INBOX/1/1", *FIRST), _mail("INBOX/1/2", *SECOND))

    assert sorted(_texts(world)) == ["Invoice 1", "Something else"]
    assert len({conversation for _, conversation in world.rows("SELECT key, conversation_id FROM messages")}) == 2


def test_taken_in_again_from_another_place_neither_of_them_comes_twice(workspace: Workspace) -> None:
    world = World(workspace)
    _take(world, _mail("INBOX/1/1", *FIRST))
    _take(world, _mail("INBOX/1/2", *SECOND))

    _take(world, _mail("Archive/1/7", *SECOND), _mail("Archive/1/8", *FIRST))

    assert sorted(_texts(world)) == ["Invoice 1", "Something else"]


def test_the_same_mail_in_two_folders_is_one_message(workspace: Workspace) -> None:
    world = World(workspace)

    _take(world, _mail("INBOX/1/1", *FIRST), _mail("All/1/9", *FIRST))

    assert _texts(world) == ["Invoice 1"]
    assert world.rows("SELECT count(DISTINCT target_id), count(*) FROM records") == [(1, 2)]


def _mail(place: str, sender: str, date: str, words: str) -> MailRecord:
    raw = f"From: {sender}\r\nTo: help@acme.example\r\nDate: {date}\r\nMessage-ID: <same@x>\r\nSubject: {words}\r\n\r\n{words}\r\n"
    return mail_record(raw.encode(), place, own_addresses=frozenset(), is_read=True, now=None)


def _take(world: World, *mails: MailRecord) -> None:
    with world.workspace.database.write() as connection:
        intake = world.intake(connection, "Mailbox", OriginKind.SOURCE, None, frozenset())
        take_in(connection, Page("INBOX", mails), intake, world.later())


def _texts(world: World) -> list[str]:
    return [str(text).strip() for (text,) in world.rows("SELECT text FROM messages ORDER BY id")]
