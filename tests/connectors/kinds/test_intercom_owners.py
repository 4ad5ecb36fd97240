"""Companies by scroll, merged and deleted ones, and what only comes when a profile is opened."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from tests.connectors.kinds.intercom_asking import Console, of_kind
from tests.peers.intercom_server import IntercomServer, running_intercom
from tests.peers.intercom_world import IntercomWorld

from console.connectors.errors import TemporaryError
from console.domain.channels import OwnerKind
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


def test_a_first_sync_that_broke_off_goes_on_where_it_was(
    console: Console, server: IntercomServer, world: IntercomWorld
) -> None:
    ada, start = world.contact("ada@example.com"), world.clock() - 100 * HOUR
    talks = [world.conversation(ada, f"<p>{number}</p>", at=start + number * HOUR) for number in range(60)]
    server.fail_next(f"GET /conversations/{talks[55]}", 500)
    with pytest.raises(TemporaryError):
        console.pull()
    asked = server.count("GET /conversations/1")

    console.pull()

    assert {one.external_id for one in of_kind(console.pages, ConversationRecord)} == set(talks)
    assert server.count("GET /conversations/1") - asked <= 60 - 50 + 1
