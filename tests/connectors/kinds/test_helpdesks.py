"""Chatwoot, Help Scout, Freshdesk and Front by their manifests: what becomes of what they give, and what goes back to them."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
from tests.connectors.contract.answers import AnswerSet, Served
from tests.connectors.contract.sets import chatwoot, freshdesk, front, google_play, help_scout
from tests.connectors.hostile_server import Asked

from console.connectors.contract import Speaking
from console.connectors.errors import SourceError
from console.connectors.http_places import places_of
from console.connectors.kinds.registry import connector_called
from console.connectors.rest.bundled import bundled_manifest
from console.connectors.rest.templates import text_of
from console.domain.channels import AuthorKind, Channel
from console.domain.outbox import Sending, SendingState, Settled, WriteKind
from console.domain.records import ConversationRecord, CustomerRecord, NoteRecord, OwnerKind, Record

pytestmark = pytest.mark.usefixtures("without_pace")
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


def pulled(answers: AnswerSet, answer: Any = None) -> list[Record]:
    with Served(answers, answer=answer) as served:
        return served.puller().records()


def talk(records: list[Record], key: str) -> ConversationRecord:
    return next(one for one in records if isinstance(one, ConversationRecord) and one.external_id == key)


def said(found: ConversationRecord) -> list[tuple[AuthorKind, str]]:
    return [(one.author_kind, one.text.strip()) for one in found.messages]


def test_chatwoot_tells_customers_teammates_bots_and_notes_apart() -> None:
    records = pulled(chatwoot.SET)
    found = talk(records, "3")

    assert said(found) == [
        (AuthorKind.CUSTOMER, "Line 1"), (AuthorKind.TEAMMATE, "Line 2"), (AuthorKind.BOT, "Thank you"),
    ]  # fmt: skip
    assert (found.channel, found.subject, found.customer_id) == (Channel.EMAIL, "Invoice", "3")
    assert talk(records, "2").is_closed
    assert [one.text for one in records if isinstance(one, NoteRecord) and one.owner_id == "3"] == ["He is right"]


def test_chatwoot_is_read_until_it_is_older_than_what_was_seen_and_whole_once_a_day() -> None:
    with Served(chatwoot.SET) as served:
        puller = served.puller()
        puller.records()
        asked = len(served.server.asked)
        again = [one.external_id for one in puller.records() if isinstance(one, CustomerRecord)]
        pages = [one.target for one in served.server.asked[asked:] if "/contacts?" in one.target]

    assert again == ["8"]
    assert len(pages) == 1


def test_help_scout_reads_threads_and_keeps_properties_by_their_slug() -> None:
    records = pulled(help_scout.SET)

    assert [kind for kind, _ in said(talk(records, "1"))] == [AuthorKind.CUSTOMER, AuthorKind.TEAMMATE]
    assert talk(records, "1").tags == ("billing",)
    first = next(one for one in records if isinstance(one, CustomerRecord))
    assert (first.emails, first.properties["plan"].content) == (("c1@example.com",), "pro")


def test_freshdesk_begins_a_ticket_with_its_description_and_knows_its_agents() -> None:
    records = pulled(freshdesk.SET)
    found = talk(records, "3")

    assert said(found)[0] == (AuthorKind.CUSTOMER, "Help 3")
    assert [(one.author.name, one.author.address) for one in found.messages[1:2]] == [("Tom", "tom@help.example")]
    assert found.channel is Channel.CALL
    assert not [one for one in records if isinstance(one, ConversationRecord) and one.external_id == "4"]
    assert next(one for one in records if isinstance(one, CustomerRecord)).emails == (
        "c1@example.com",
        "other1@example.com",
    )


def test_front_knows_who_a_conversation_is_with_by_the_address_it_names() -> None:
    records = pulled(front.SET)
    found = talk(records, "cnv_2")

    assert (found.customer_id, found.is_closed) == ("crd_2", True)
    assert said(found) == [(AuthorKind.CUSTOMER, "Help"), (AuthorKind.TEAMMATE, "Look here")]
    first = next(one for one in records if isinstance(one, CustomerRecord))
    assert (first.emails, first.segments, first.properties["phone"].content) == (
        ("c1@example.com",), ("beta",), "+49301234567",
    )  # fmt: skip


@pytest.mark.parametrize("host", ["api3.frontapp.com", "evil.example", "acme.api.frontapp.com.evil.example"])
def test_front_may_not_name_the_next_page_elsewhere(host: str) -> None:
    with pytest.raises(SourceError, match="another place"):
        pulled(front.SET, lambda *_: {"_results": [], "_pagination": {"next": f"https://{host}/contacts?page_token=2"}})


def test_front_may_name_the_next_page_on_the_other_of_its_hosts() -> None:
    hosts = frozenset(text_of(host, {"company": "acme"}) for host in bundled_manifest("front").hosts)
    places = places_of("https://api2.frontapp.com", hosts, allow_private=False)

    assert places.is_allowed("https://acme.api.frontapp.com/contacts?page_token=2")
    assert not places.is_allowed("http://acme.api.frontapp.com/contacts?page_token=2")
    assert not places.is_allowed("https://other.api.frontapp.com/contacts?page_token=2")


def send(
    answers: AnswerSet, answer: Any, kind: WriteKind, owner: OwnerKind, target: str, body: dict[str, object]
) -> tuple[Settled, list[Asked]]:
    with Served(answers, answer=answer) as served:
        settings = served.puller().settings
        sending = Sending("op1", kind, owner, target, body, NOW)
        settled = connector_called(answers.kind).push(Speaking(settings, answers.secret, Event()), sending)
        return settled, served.server.asked


TALK = OwnerKind.CONVERSATION


@pytest.mark.parametrize(
    ("answers", "kind", "owner", "body", "method", "path", "sent"),
    [
        (chatwoot.SET, WriteKind.REPLY, TALK, {"text": "Hi"}, "POST", "/api/v1/accounts/7/conversations/5/messages", {"content": "Hi", "message_type": "outgoing", "private": False}),
        (chatwoot.SET, WriteKind.NOTE, TALK, {"text": "Hm"}, "POST", "/api/v1/accounts/7/conversations/5/messages", {"content": "Hm", "message_type": "outgoing", "private": True}),
        (chatwoot.SET, WriteKind.TAG, TALK, {"tag": "vip"}, "POST", "/api/v1/accounts/7/conversations/5/labels", {"labels": ["billing", "vip"]}),
        (chatwoot.SET, WriteKind.UNTAG, OwnerKind.CUSTOMER, {"tag": "billing"}, "POST", "/api/v1/accounts/7/contacts/5/labels", {"labels": []}),
        (chatwoot.SET, WriteKind.STATE, TALK, {"state": "closed"}, "POST", "/api/v1/accounts/7/conversations/5/toggle_status", {"status": "resolved"}),
        (chatwoot.SET, WriteKind.PROPERTY, OwnerKind.CUSTOMER, {"name": "plan", "value": "pro", "kind": "string"}, "PUT", "/api/v1/accounts/7/contacts/5", {"custom_attributes": {"plan": "pro"}}),
        (help_scout.SET, WriteKind.REPLY, TALK, {"text": "Hi & bye"}, "POST", "/v2/conversations/5/reply", {"customer": {"id": 9}, "text": "<p>Hi &amp; bye</p>"}),
        (help_scout.SET, WriteKind.TAG, TALK, {"tag": "vip"}, "PUT", "/v2/conversations/5/tags", {"tags": ["old", "vip"]}),
        (help_scout.SET, WriteKind.STATE, TALK, {"state": "closed"}, "PATCH", "/v2/conversations/5", {"op": "replace", "path": "/status", "value": "closed"}),
        (help_scout.SET, WriteKind.PROPERTY, OwnerKind.CUSTOMER, {"name": "plan", "value": None, "kind": "string"}, "PATCH", "/v2/customers/5/properties", [{"op": "replace", "path": "/plan", "value": None}]),
        (freshdesk.SET, WriteKind.REPLY, TALK, {"text": "Hi"}, "POST", "/api/v2/tickets/5/reply", {"body": "<p>Hi</p>"}),
        (freshdesk.SET, WriteKind.STATE, TALK, {"state": "closed"}, "PUT", "/api/v2/tickets/5", {"status": 4}),
        (freshdesk.SET, WriteKind.TAG, OwnerKind.CUSTOMER, {"tag": "vip"}, "PUT", "/api/v2/contacts/5", {"tags": ["old", "vip"]}),
        (front.SET, WriteKind.NOTE, TALK, {"text": "Hm"}, "POST", "/conversations/5/comments", {"body": "Hm"}),
        (front.SET, WriteKind.PROPERTY, OwnerKind.CUSTOMER, {"name": "plan", "value": "pro", "kind": "string"}, "PATCH", "/contacts/5", {"custom_fields": {"kept": 1, "plan": "pro"}}),
        (google_play.SET, WriteKind.REPLY, TALK, {"text": "Thanks"}, "POST", "/androidpublisher/v3/applications/com.example.app/reviews/5:reply", {"replyText": "Thanks"}),
    ],
)  # fmt: skip
def test_what_goes_back_is_what_the_documentation_asks_for(
    answers: AnswerSet, kind: WriteKind, owner: OwnerKind, body: dict[str, object], method: str, path: str, sent: object
) -> None:
    def answer(there: str, _query: object, asked: Asked) -> Any:
        if there.endswith("/token"):
            return {"access_token": "t"}
        if asked.method == "GET":
            now = (
                {"payload": ["billing"]}
                if there.endswith("/labels")
                else {"tags": ["old"], "custom_fields": {"kept": 1}}
            )
            return (
                now
                if answers.kind != "help-scout"
                else {"primaryCustomer": {"id": 9}, "tags": [{"id": 1, "tag": "old"}]}
            )
        return 201, {"id": 77}, {"Resource-ID": "88"}

    settled, asked = send(answers, answer, kind, owner, "5", body)

    assert settled.state is SendingState.SENT
    assert (asked[-1].method, asked[-1].target, asked[-1].json()) == (method, path, sent)
    if kind is WriteKind.REPLY and answers.kind in {"chatwoot", "freshdesk", "help-scout"}:
        assert settled.receipt == ("88" if answers.kind == "help-scout" else "77")


def test_a_reply_that_nobody_answered_is_found_again() -> None:
    with Served(chatwoot.SET) as served:
        speaking = Speaking(served.puller().settings, chatwoot.SET.secret, Event())
        at = datetime(2025, 11, 13, tzinfo=UTC)
        probe = connector_called("chatwoot").probe
        there = Sending("op1", WriteKind.REPLY, TALK, "3", {"text": "Thank you"}, at)
        never = Sending("op2", WriteKind.REPLY, TALK, "3", {"text": "Never sent"}, at)

        assert probe(speaking, there) == Settled(SendingState.SENT, receipt="305")
        assert probe(speaking, never) is None


def test_freshdesk_is_signed_in_to_with_its_key_as_the_name() -> None:
    with Served(freshdesk.SET) as served:
        served.puller().records()

    packed = base64.b64encode(f"{freshdesk.SET.secret}:X".encode()).decode()
    assert {one.headers["authorization"] for one in served.server.asked} == {f"Basic {packed}"}
