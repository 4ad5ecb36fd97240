"""Taking pages in: again changes nothing, order does not matter, one bad record stops nobody (P33, P36)."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.conftest import opened
from tests.store.seen import check, hashes
from tests.store.world import START, World, chat, conversation_key, customer, text

from console.domain import edits as e
from console.domain.ids import ConversationId
from console.domain.profile import OriginKind
from console.domain.records import (
    AuthorKind,
    CustomerRecord,
    DeletionRecord,
    EventRecord,
    FlagsRecord,
    MailRecord,
    MessageRecord,
    Page,
    Person,
    Record,
    Rejected,
)
from console.store.ingest import take_in

ADDRESSES = ["ann@x.example", "ben@x.example", "cay@x.example"]
ANNA = "anna@example.com"

properties = st.fixed_dictionaries(
    {},
    optional={"plan": st.sampled_from("ABC"), "company__name": st.sampled_from(["Acme", "Bolt"]), "size": st.just("5")},
)
customers = st.builds(
    lambda number, emails, said: customer(str(number), *sorted(emails), **said),
    st.integers(0, 4),
    st.sets(st.sampled_from(ADDRESSES), max_size=2),
    properties,
)
events = st.builds(
    lambda number, who, day: EventRecord(f"e{number}", "seen", START + timedelta(days=day), str(who)),
    st.integers(0, 4),
    st.integers(0, 4),
    st.integers(0, 9),
)


def records_of(source: str) -> st.SearchStrategy[list[Record]]:
    """What one source may say: each thing once."""
    chats = st.builds(
        lambda number, who, said: chat(f"{source} {number}", None if who is None else str(who), *said),
        st.integers(0, 3),
        st.one_of(st.none(), st.integers(0, 4)),
        st.lists(st.sampled_from(["Hello", "Help"]), min_size=1, max_size=3),
    )
    return st.lists(st.one_of(customers, events, chats), max_size=8, unique_by=lambda one: (type(one), one.external_id))


sources = st.fixed_dictionaries({name: records_of(name) for name in ("Helpdesk", "Chat", "vip.csv")})


def take_all(world: World, said: dict[str, list[Record]], chance: random.Random) -> None:
    """Every record once, in pages of any size and in any order; each source was fetched at a time of its own."""
    pages: list[tuple[str, list[Record]]] = []
    for source, records in said.items():
        left = list(records)
        chance.shuffle(left)
        while left:
            size = chance.randint(1, 4)
            pages.append((source, left[:size]))
            left = left[size:]
    chance.shuffle(pages)
    for source, records in pages:
        kind = OriginKind.SPREADSHEET if source.endswith(".csv") else OriginKind.SOURCE
        fetched = START + timedelta(hours=["Helpdesk", "Chat", "vip.csv"].index(source))
        world.take(*records, source=source, kind=kind, at=fetched)


def essence(world: World) -> dict[str, Any]:
    """Who is who and what is shown, without the keys that the first to arrive gives."""
    members: dict[object, list[str]] = {}
    for owner, place in world.rows(
        "SELECT owner_id, source_id || '/' || external_id FROM identities WHERE source_id <> 0"
    ):
        members.setdefault(owner, []).append(str(place))
    named = {owner: " ".join(sorted(places)) for owner, places in members.items()}
    shown = world.rows(
        "SELECT w.owner_id, p.owner_kind, p.name, w.text FROM winners w JOIN properties p ON p.id = w.property_id WHERE p.owner_kind = 'customer'"
    )
    companies = world.rows(
        "SELECT u.id, o.name FROM customers u JOIN companies o ON o.id = u.company_id WHERE u.merged_into IS NULL"
    )
    talks = world.rows(
        "SELECT customer_id, external_id, state, first_at, last_at, message_count, unread_count FROM conversations"
    )
    return {
        "partition": sorted(named.values()),
        "shown": sorted((named.get(owner, ""), *map(str, rest)) for owner, *rest in shown),
        "companies": sorted((named.get(owner, ""), str(name)) for owner, name in companies),
        "conversations": sorted((named.get(owner, ""), *map(str, rest)) for owner, *rest in talks),
        "events": sorted(
            (named[owner], str(name)) for owner, name in world.rows("SELECT owner_id, external_id FROM events")
        ),
    }


@settings(max_examples=20)
@given(sources, st.integers(0, 2**32))
def test_pages_in_another_order_show_the_same_and_again_change_nothing(
    empty_workspace: Path, said: dict[str, list[Record]], seed: int
) -> None:
    chance = random.Random(seed)
    with TemporaryDirectory() as folder:
        found = []
        for number in range(2):
            with opened(empty_workspace, Path(folder) / str(number)) as workspace:
                world = World(workspace)
                take_all(world, said, chance)
                check(world)
                found.append(essence(world))
                before = hashes(world)
                take_all(world, said, chance)
                assert hashes(world) == before
                check(world)
        assert found[0] == found[1]


def test_a_record_that_cannot_be_read_is_put_aside_once_and_the_others_go_in(world: World) -> None:
    records = tuple(customer(str(number), f"c{number}@x.example", plan="Pro") for number in range(499))
    page = Page("all", records, "1", (Rejected("bad", "The record has no time", b"\x00\xff"),))
    for _ in range(2):
        with world.workspace.database.write() as connection:
            intake = world.intake(connection, "Helpdesk", OriginKind.SOURCE, None, frozenset())
            taken = take_in(connection, page, intake, world.later())
        assert taken.left_out == 1

    assert world.rows("SELECT count(*) FROM customers") == [(499,)]
    assert world.rows("SELECT external_id, reason FROM quarantine") == [("bad", "The record has no time")]


def test_what_a_source_no_longer_says_ends_and_what_a_sheet_leaves_out_stays(world: World) -> None:
    world.take(customer("1", ANNA, plan="Pro", city="Lyon"))
    world.take(customer(ANNA, ANNA, vip="yes", plan="Gold"), source="vip.csv", kind=OriginKind.SPREADSHEET)
    world.take(customer("1", ANNA, plan="Pro"))
    world.take(customer(ANNA, ANNA, plan="Gold"), source="vip.csv", kind=OriginKind.SPREADSHEET)

    assert world.shown(ANNA) == {"plan": "Gold", "vip": "yes"}
    assert world.rows("SELECT value FROM claims WHERE until IS NOT NULL") == [("Lyon",)]
    check(world)


def test_a_value_that_came_back_is_said_again_and_the_history_keeps_all(world: World) -> None:
    for plan in ("Pro", "Free", "Pro"):
        world.take(customer("1", ANNA, plan=plan))

    assert world.shown(ANNA) == {"plan": "Pro"}
    assert [row[0] for row in world.rows("SELECT value FROM claims ORDER BY id")] == ["Pro", "Free", "Pro"]
    assert len(world.rows("SELECT 1 FROM claims WHERE until IS NULL")) == 1


def test_a_page_whose_cursor_is_not_told_keeps_the_former_one(world: World) -> None:
    for cursor in ("first", None):
        with world.workspace.database.write() as connection:
            intake = world.intake(connection, "Helpdesk", OriginKind.SOURCE, None, frozenset())
            take_in(connection, Page("mails", (), cursor), intake, world.later())

    assert world.rows("SELECT cursor FROM streams WHERE stream = 'mails'") == [("first",)]


def test_a_page_that_fails_leaves_neither_rows_nor_cursor(world: World) -> None:
    before = hashes(world, without={"alembic_version"})
    broken = CustomerRecord("1", (ANNA,), {"plan": text("Pro")}, tags=(None,))  # pyright: ignore[reportArgumentType]  # a bug of a connector
    with pytest.raises((AttributeError, TypeError)), world.workspace.database.write() as connection:  # noqa: PT012  # the transaction is the point
        intake = world.intake(connection, "Helpdesk", OriginKind.SOURCE, None, frozenset())
        take_in(connection, Page("all", (customer("0", "c@x.example"), broken), "7"), intake, world.later())

    assert hashes(world, without={"alembic_version"}) == before


def mail(external_id: str, key: str, *, is_read: bool = False) -> MailRecord:
    message = MessageRecord(
        key, START, AuthorKind.CUSTOMER, Person(ANNA, "Anna"), "Hello", subject="Hello", is_read=is_read
    )
    return MailRecord(external_id, message, key, (), "hello", False, key.encode())


def test_a_mail_and_its_flags_on_one_page_are_both_taken_in(world: World) -> None:
    world.take(mail("INBOX/1/1", "m1"), FlagsRecord("INBOX/1/1", True), mail("INBOX/1/2", "m2"))

    assert world.rows("SELECT key, is_read FROM messages ORDER BY key") == [("m1", 1), ("m2", 0)]
    world.take(FlagsRecord("INBOX/1/1", False))
    assert world.rows("SELECT sum(is_read) FROM messages") == [(0,)]
    check(world)


def test_a_mail_in_two_folders_is_one_message_and_gone_only_from_both(world: World) -> None:
    world.take(mail("INBOX/1/1", "m1"), mail("Archive/1/9", "m1"))
    assert world.rows("SELECT count(*) FROM messages") == [(1,)]

    world.take(DeletionRecord("INBOX/1/1"))
    assert world.rows("SELECT count(*) FROM messages WHERE gone_at IS NULL") == [(1,)]
    world.take(DeletionRecord("Archive/1/9"))
    assert world.rows("SELECT count(*) FROM messages WHERE gone_at IS NULL") == [(0,)]
    check(world)

    world.take(mail("Archive/1/10", "m1"))
    assert world.rows("SELECT count(*) FROM messages WHERE gone_at IS NULL") == [(1,)]
    check(world)


def test_the_same_mail_from_a_file_and_from_a_mailbox_is_one_message_of_one_customer(world: World) -> None:
    world.take(mail("INBOX/1/1", "m1"), source="Mailbox")
    world.take(mail("file:3", "m1"), source="Imported mail")

    assert world.rows("SELECT count(*) FROM messages") == [(1,)]
    assert world.rows("SELECT count(*) FROM customers WHERE merged_into IS NULL") == [(1,)]
    assert world.rows("SELECT conversation_count FROM customers WHERE merged_into IS NULL") == [(1,)]
    check(world)


def test_a_chat_that_goes_on_gains_messages_and_opens_again(world: World) -> None:
    world.take(customer("1", ANNA), chat("c", "1", "Hello"))
    talk = ConversationId(conversation_key(world, "c"))
    world.do(e.CloseConversation(talk))
    world.take(chat("c", "1", "Hello"))
    assert world.rows("SELECT state FROM conversations") == [("closed",)]

    world.take(chat("c", "1", "Hello", "Still there?"))

    assert world.rows("SELECT state, message_count FROM conversations") == [("open", 2)]
    check(world)


def test_whose_a_conversation_is_by_hand_stays_when_its_source_goes_on(world: World) -> None:
    world.take(customer("1", ANNA), customer("2", "ben@x.example"), chat("c", "1", "Hello"), chat("d", "1", "Hi"))
    ben = world.customer("ben@x.example")
    world.do(e.AssignCustomer(ConversationId(conversation_key(world, "c")), ben))  # pyright: ignore[reportArgumentType]  # a key
    world.do(e.UnlinkCustomer(ConversationId(conversation_key(world, "d"))))
    world.take(chat("c", "1", "Hello", "More"), chat("d", "1", "Hi", "More"))

    assert world.rows("SELECT external_id, customer_id FROM conversations ORDER BY external_id") == [
        ("c", ben),
        ("d", None),
    ]
    check(world)


def test_two_records_of_one_source_with_one_address_are_marked_as_shared_and_a_desk_as_a_desk(world: World) -> None:
    world.take(
        customer("1", "team@shop.example"), customer("2", "team@shop.example"), customer("3", "ann@shop.example")
    )

    flags = dict(world.rows("SELECT email, is_role * 10 + is_shared FROM customers WHERE email <> ''"))
    assert flags == {"team@shop.example": 11, "ann@shop.example": 0}
