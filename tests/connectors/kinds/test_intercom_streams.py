"""What comes in from Intercom: nothing is lost by days, by cut lists or by long conversations."""

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
    ConversationRecord,
    CustomerRecord,
    DeletionRecord,
    NoteRecord,
)

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


@pytest.mark.parametrize("host", ["https://elsewhere.example", "http://127.0.0.1:1"])
def test_a_next_page_at_another_host_ends_in_a_visible_error_and_the_token_stays_here(
    console: Console, server: IntercomServer, host: str
) -> None:
    row = {"type": "conversation", "id": "1", "deleted_at": server.world.clock()}
    pages = {"type": "pages", "next": f"{host}/conversations/deleted?page=2", "page": 1}
    server.answer_next("/conversations/deleted", {"type": "list", "conversations": [row], "pages": pages})

    with pytest.raises(SourceError, match="another place"):
        console.pull()


def test_a_next_page_at_another_region_of_intercom_is_asked_for_at_our_own(
    console: Console, server: IntercomServer, world: IntercomWorld
) -> None:
    world.deleted.append({"type": "conversation", "id": "2", "metrics_retained": True, "deleted_at": world.clock()})
    row = {"type": "conversation", "id": "1", "deleted_at": world.clock()}
    pages = {"type": "pages", "next": "https://api.intercom.io/conversations/deleted?page=1", "page": 1}
    server.answer_next("/conversations/deleted", {"type": "list", "conversations": [row], "pages": pages})

    gone = of_kind(console.pull(), DeletionRecord)

    assert [one.external_id for one in gone] == ["conversation:1", "conversation:2"]


def test_a_search_that_repeats_itself_ends_in_a_visible_error(
    console: Console, server: IntercomServer, world: IntercomWorld
) -> None:
    world.contact("ada@example.com")
    following = {"type": "pages", "next": {"per_page": 1, "starting_after": "same"}}
    row = {"type": "contact", "id": "1", "role": "user", "email": "", "updated_at": world.clock()}
    for _ in range(3):
        server.answer_next("/contacts/search", {"type": "list", "data": [row], "total_count": 9, "pages": following})

    with pytest.raises(TemporaryError, match="again and again"):
        console.pull()


def test_customers_that_were_counted_and_not_given_are_told(
    console: Console, server: IntercomServer, world: IntercomWorld
) -> None:
    row = {"type": "contact", "id": "1", "role": "user", "email": "", "updated_at": world.clock()}
    server.answer_next(
        "/contacts/search", {"type": "list", "data": [row], "total_count": 9, "pages": {"type": "pages"}}
    )

    coverage = [page.coverage for page in console.pull() if page.stream == "customers" and page.coverage]

    assert coverage[0].remark == "Intercom counted 8 more customers than it gave."
