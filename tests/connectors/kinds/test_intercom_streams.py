"""What comes in from Intercom: nothing is lost by days, by cut lists, by long conversations, by scrolls, by merges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.connectors.kinds.intercom_asking import Console, of_kind
from tests.peers.intercom_server import IntercomServer, running_intercom
from tests.peers.intercom_world import IntercomWorld

from console.connectors.errors import SourceError, TemporaryError
from console.domain.channels import AuthorKind, Channel, OwnerKind
from console.domain.records import (
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    DefinitionRecord,
    DeletionRecord,
    EventRecord,
    JoinedRecord,
    NoteRecord,
)
from console.domain.values import ValueKind

HOUR = 3_600


@pytest.fixture
def server() -> Iterator[IntercomServer]:
    with running_intercom() as running:
        yield running


@pytest.fixture
def world(server: IntercomServer) -> IntercomWorld:
    return server.world


@pytest.fixture
def console(server: IntercomServer) -> Console:
    return Console(server)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "UTC", "Asia/Kolkata"])
@pytest.mark.parametrize("hour", range(0, 24, 5))
def test_a_change_on_the_day_of_the_last_sync_arrives(zone: str, hour: int) -> None:
    now = int((datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=hour)).timestamp())
    with running_intercom(IntercomWorld(zone=zone, clock=lambda: now)) as server:
        ada = server.world.contact("ada@example.com", "Ada", updated_at=now - 26 * HOUR)
        old = server.world.contact("ben@example.com", "Ben", updated_at=now - 2 * HOUR)
        server.world.contact("cay@example.com", "Cay", updated_at=now - HOUR)
        console = Console(server)
        console.pull()

        server.world.contacts[ada].update(name="Ada Lovelace", updated_at=now - HOUR // 2)
        pages = console.pull()

    came = {record.external_id: record for record in of_kind(pages, CustomerRecord)}
    assert came[ada].properties["name"].content == "Ada Lovelace"
    assert old not in came


def test_what_did_not_change_is_left_out_to_the_second(console: Console, world: IntercomWorld) -> None:
    now = world.clock()
    cursor = now - HOUR
    settling = 900
    world.contact("older@example.com", updated_at=cursor - settling - 1)
    kept = world.contact("younger@example.com", updated_at=cursor - settling)
    console.cursors["customers"] = str(cursor)

    assert [one.external_id for one in of_kind(console.pull(), CustomerRecord)] == [kept]


def test_a_contact_that_searches_showed_some_minutes_late_arrives(console: Console, world: IntercomWorld) -> None:
    now = world.clock()
    world.contact("seen@example.com", updated_at=now - 60)
    console.pull()

    late = world.contact("late@example.com", updated_at=now - 600)

    assert [one.external_id for one in of_kind(console.pull(), CustomerRecord)].count(late) == 1


def test_the_eleventh_tag_and_the_eleventh_company_arrive(console: Console, world: IntercomWorld) -> None:
    tags = [world.tag(f"tag {number}") for number in range(12)]
    companies = [world.company(f"Company {number}") for number in range(11)]
    world.contact("ada@example.com", tag_ids=tags, company_ids=companies)

    (ada,) = of_kind(console.pull(), CustomerRecord)

    assert sorted(ada.tags) == sorted(f"tag {number}" for number in range(12))
    assert list(ada.company_ids) == companies


def test_ten_tags_cost_no_request_of_their_own(console: Console, server: IntercomServer, world: IntercomWorld) -> None:
    world.contact("ada@example.com", tag_ids=[world.tag(f"tag {number}") for number in range(10)])

    (ada,) = of_kind(console.pull(), CustomerRecord)

    assert len(ada.tags) == 10
    assert server.count("/contacts/.*/tags") == 0


def test_a_conversation_of_600_parts_loses_nothing_that_is_here_and_says_what_it_did_not_get(
    console: Console, world: IntercomWorld
) -> None:
    now = world.clock() - HOUR
    ada = world.contact("ada@example.com", "Ada")
    talk = world.conversation(ada, "<p>Hello</p>", at=now - 700)
    for number in range(600):
        world.part(talk, f"<p>{number}</p>", world.as_contact(ada), at=now - 600 + number)

    pages = console.pull()

    (record,) = of_kind(pages, ConversationRecord)
    assert [one.text for one in record.messages] == ["Hello", *(str(number) for number in range(100, 600))]
    assert record.properties["older_messages_not_given"].content == Decimal(100)
    coverage = [page.coverage for page in pages if page.stream == "conversations" and page.coverage]
    assert "500 newest" in coverage[-1].remark
    assert "1 had more" in coverage[-1].remark


def test_a_conversation_holds_who_said_what_and_notes_are_apart(console: Console, world: IntercomWorld) -> None:
    ada = world.contact("ada@example.com", "Ada &amp; Co")
    talk = world.conversation(
        ada,
        "<p>It <b>breaks</b><script>x()</script></p>",
        subject="<p>Export &gt; fails</p>",
        tag_ids=[world.tag("bug")],
    )
    world.part(talk, "<p>Which one?</p>", world.as_admin())
    world.part(talk, "<p>Ask Ravi</p>", world.as_admin(), kind="note")
    world.part(talk, None, world.as_admin(), kind="assignment")
    world.part(talk, "<p>A bot says</p>", {"type": "bot", "id": "7", "name": "Fin", "email": "fin@acme.example"})

    pages = console.pull()

    (record,) = of_kind(pages, ConversationRecord)
    assert [(one.author_kind, one.text) for one in record.messages] == [
        (AuthorKind.CUSTOMER, "It breaks"),
        (AuthorKind.TEAMMATE, "Which one?"),
        (AuthorKind.BOT, "A bot says"),
    ]
    assert (record.channel, record.subject, record.customer_id, record.tags) == (
        Channel.CHAT,
        "Export > fails",
        ada,
        ("bug",),
    )
    assert record.messages[0].author.name == "Ada & Co"
    assert "script" not in (record.messages[0].html or "")
    (note,) = of_kind(pages, NoteRecord)
    assert (note.owner_kind, note.owner_id, note.text, note.author) == (
        OwnerKind.CONVERSATION,
        talk,
        "Ask Ravi",
        "Marta Weiss",
    )


def test_a_redacted_message_loses_its_words(console: Console, world: IntercomWorld) -> None:
    talk = world.conversation(world.contact("ada@example.com"), "<p>Hi</p>")
    world.part(talk, None, world.as_admin(), redacted=True)

    (record,) = of_kind(console.pull(), ConversationRecord)

    assert [one.text for one in record.messages] == ["Hi", "This message was redacted in Intercom."]


def test_companies_come_by_scroll_to_its_end(console: Console, server: IntercomServer, world: IntercomWorld) -> None:
    for number in range(250):
        world.company(f"Company &amp; {number}", monthly_spend=155)

    pages = console.pull()

    companies = of_kind(pages, CompanyRecord)
    assert len({one.external_id for one in companies}) == 250
    assert companies[0].name == "Company & 0"
    assert companies[0].properties["monthly_spend"].content == Decimal(155)
    assert not world.scrolls
    coverage = [page.coverage for page in pages if page.stream == "companies" and page.is_last]
    assert coverage[0] is not None
    assert "whole number" in coverage[0].remark


def test_a_scroll_that_breaks_begins_again(console: Console, server: IntercomServer, world: IntercomWorld) -> None:
    for number in range(150):
        world.company(f"Company {number}")
    server.break_next_scroll_at(2)

    pages = console.pull()

    assert len({one.external_id for one in of_kind(pages, CompanyRecord)}) == 150


def test_a_scroll_of_somebody_else_delays_companies_and_nothing_else(console: Console, world: IntercomWorld) -> None:
    world.company("Acme")
    world.contact("ada@example.com")
    world.scrolls["theirs"] = (0, 1e12)

    pages = []
    with pytest.raises(TemporaryError, match="Another program") as caught:
        pages.extend(console.pages_of_a_pull())

    assert len(of_kind(pages, CustomerRecord)) == 1
    assert caught.value.retry_at is not None


def test_a_company_that_is_gone_is_deleted_and_one_without_members_is_not(
    console: Console, world: IntercomWorld
) -> None:
    gone, empty = world.company("Gone"), world.company("Empty")
    console.pull()

    del world.companies[gone]
    world.companies[empty]["user_count"] = 0

    assert of_kind(console.pull(), DeletionRecord) == [DeletionRecord(f"company:{gone}")]


def test_a_merged_contact_is_joined_by_the_next_pull(console: Console, world: IntercomWorld) -> None:
    lead, user = world.contact(name="Lead", role="lead"), world.contact("ada@example.com")
    console.pull()

    world.merge(lead, user)

    assert of_kind(console.pull(), JoinedRecord) == [JoinedRecord(lead, user)]


def test_opening_the_profile_of_a_merged_contact_leads_to_who_it_became(console: Console, world: IntercomWorld) -> None:
    lead, user = world.contact(name="Lead", role="lead"), world.contact("ada@example.com")
    world.merge(lead, user)

    pages = console.look_up(lead)

    assert of_kind(pages, JoinedRecord)[0] == JoinedRecord(lead, user)
    assert [one.external_id for one in of_kind(pages, CustomerRecord)] == [user]


def test_opening_the_profile_of_a_deleted_contact_says_so(console: Console, world: IntercomWorld) -> None:
    assert of_kind(console.look_up("6762f0d0ffff"), DeletionRecord) == [DeletionRecord("customer:6762f0d0ffff")]


def test_a_full_listing_finds_who_is_gone(console: Console, world: IntercomWorld) -> None:
    gone, stays = world.contact("gone@example.com"), world.contact("stays@example.com")
    console.pull()
    del world.contacts[gone]
    console.cursors.clear()

    pages = console.pull()

    assert of_kind(pages, DeletionRecord) == [DeletionRecord(f"customer:{gone}")]
    assert stays in [one.external_id for one in of_kind(pages, CustomerRecord)]


def test_segments_and_events_come_when_a_profile_is_opened(console: Console, world: IntercomWorld) -> None:
    now = world.clock()
    ada = world.contact("ada@example.com")
    world.segments[ada] = [
        {
            "type": "segment",
            "id": "s1",
            "name": "Active &amp; well",
            "created_at": now,
            "updated_at": now,
            "person_type": "user",
        }
    ]
    for days in (200, 150, 10, 5):
        world.event(ada, "exported", now - days * 24 * HOUR, rows=5, price={"amount": 349, "currency": "eur"})
    (before,) = of_kind(console.pull(), CustomerRecord)

    pages = console.look_up(ada)

    assert before.segments is None
    assert of_kind(pages, CustomerRecord)[0].segments == ("Active & well",)
    events = of_kind(pages, EventRecord)
    assert sorted((now - int(one.at.timestamp())) // (24 * HOUR) for one in events) == [5, 10, 200]
    assert next(one for one in events if "times" in one.metadata).metadata["times"].content == Decimal(4)
    assert next(one for one in events if "price" in one.metadata).metadata["price"].content == "3.49 EUR"
    assert any(page.coverage and "90 days" in page.coverage.remark for page in pages)


def test_deleted_conversations_come_from_their_feed_and_only_once(console: Console, world: IntercomWorld) -> None:
    ada = world.contact("ada@example.com")
    talks = [world.conversation(ada, f"<p>{number}</p>") for number in range(60)]
    console.pull()
    for talk in talks[:55]:
        world.delete_conversation(talk)
    for one in world.deleted:
        one["deleted_at"] -= 2 * HOUR
    console.cursors["deleted conversations"] = str(world.clock() - 3 * HOUR)

    first = of_kind(console.pull(), DeletionRecord)
    console.cursors["deleted conversations"] = str(world.clock())
    again = of_kind(console.pull(), DeletionRecord)

    assert {one.external_id for one in first} == {f"conversation:{talk}" for talk in talks[:55]}
    assert again == []


def test_notes_come_with_their_customer_and_company(console: Console, world: IntercomWorld) -> None:
    ada, acme = world.contact("ada@example.com"), world.company("Acme")
    world.note(ada, "<p>Likes calls</p>")
    world.note(acme, "<p>Renews in May</p>")

    notes = of_kind(console.pull(), NoteRecord)

    assert {(one.owner_kind, one.owner_id, one.text) for one in notes} == {
        (OwnerKind.CUSTOMER, ada, "Likes calls"),
        (OwnerKind.COMPANY, acme, "Renews in May"),
    }


def test_attributes_are_definitions_and_give_their_values_a_type(console: Console, world: IntercomWorld) -> None:
    world.attribute("plan", options=("Free", "Pro"))
    world.attribute("renewal", "date")
    world.attribute("seats", "integer")
    world.contact(
        "ada@example.com", custom_attributes={"plan": "Pro", "renewal": 1_793_000_000, "seats": 12, "name": "odd"}
    )

    pages = console.pull()

    definitions = {one.name: one for one in of_kind(pages, DefinitionRecord)}
    assert (definitions["plan"].kind, definitions["plan"].choices) == (ValueKind.CHOICE, ("Free", "Pro"))
    (ada,) = of_kind(pages, CustomerRecord)
    kinds = {name: ada.properties[name].kind for name in ("plan", "renewal", "seats", "custom.name")}
    assert kinds == {
        "plan": ValueKind.CHOICE,
        "renewal": ValueKind.DATETIME,
        "seats": ValueKind.NUMBER,
        "custom.name": ValueKind.STRING,
    }


def test_a_stream_that_nobody_wants_is_not_asked_for(
    console: Console, server: IntercomServer, world: IntercomWorld
) -> None:
    world.company("Acme")
    console.off = frozenset({"companies", "conversations"})

    console.pull()

    assert server.count("/companies|/conversations/search") == 0


def test_one_bad_contact_is_put_aside_and_the_others_come(console: Console, world: IntercomWorld) -> None:
    for number in range(20):
        world.contact(f"{number}@example.com")
    bad = world.contact("bad@example.com", name=["not", "a", "name"])

    pages = console.pull()

    assert len(of_kind(pages, CustomerRecord)) == 20
    assert [one.external_id for page in pages for one in page.rejected] == [f"customer:{bad}"]


def test_a_change_in_the_future_does_not_hide_later_ones(console: Console, world: IntercomWorld) -> None:
    world.contact("odd@example.com", updated_at=2_328_134_400)
    console.pull()

    assert int(console.cursors["customers"]) <= world.clock()


def test_a_revoked_token_is_one_problem_for_somebody(console: Console, server: IntercomServer) -> None:
    server.token = "another"

    with pytest.raises(SourceError, match="sign-in"):
        console.pull()
    assert server.count("") == 1


def test_too_many_requests_are_waited_for_and_counted(
    console: Console, server: IntercomServer, world: IntercomWorld
) -> None:
    world.contact("ada@example.com")
    server.fail_next("contacts/search", 429, "rate_limit_exceeded", Retry_After="1")

    assert len(of_kind(console.pull(), CustomerRecord)) == 1
    assert console.requests == len(server.seen)


def test_every_request_names_the_version(console: Console, server: IntercomServer, world: IntercomWorld) -> None:
    world.contact("ada@example.com")

    console.pull()

    assert {one["intercom-version"] for one in server.headers_seen} == {"2.16"}


def test_two_accounts_share_no_message(world: IntercomWorld, console: Console) -> None:
    other = IntercomWorld(id_code="other002")
    for one in (world, other):
        one.conversation(one.contact("ada@example.com"), "<p>Hello</p>")
    with running_intercom(other) as second:
        keys = [
            {message.key for record in of_kind(asked.pull(), ConversationRecord) for message in record.messages}
            for asked in (console, Console(second))
        ]

    assert len(keys[0]) == len(keys[1]) == 1
    assert keys[0].isdisjoint(keys[1])
