"""Our Intercom for tests is held to Intercom's own description, and understood by Intercom's own client."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from tests.connectors.kinds.intercom_asking import Console, sending
from tests.peers.intercom_description import Operation, description
from tests.peers.intercom_routes import Answered, Request
from tests.peers.intercom_server import TOKEN, IntercomServer, running_intercom
from tests.peers.intercom_world import ME, IntercomWorld

from console.domain.channels import OwnerKind
from console.domain.outbox import WriteKind

with warnings.catch_warnings():
    # The client's own package warns about itself and what it is made of.
    warnings.simplefilter("ignore")
    intercom = pytest.importorskip(
        "intercom", reason="needs Intercom's client: python-intercom of requirements-test.lock"
    )

# Where the description does not keep to what its own words and examples say; exactly these, and nothing else is let through.
ANSWERS_DESCRIBED_WRONGLY = {
    "GET /events: 404 is not described",  # nor is any other no
    "GET /events: type: 'event.list' is not one of ['event.summary']",  # only summaries are; listed events are data_event_list
    "PUT /companies/{company_id}: custom_attributes/seats: 3 is not of type 'string'",  # attributes have five types
}
REQUESTS_DESCRIBED_WRONGLY = {
    "GET /events: intercom_user_id is no parameter",  # its words name it, its parameters hold an object called filter
    "GET /events: per_page is no parameter",
    "POST /tags",  # to tag and to untag a company are described so that each fits both
    "PUT /companies/{company_id}",  # see above
}


@pytest.fixture
def server() -> Iterator[IntercomServer]:
    with running_intercom(_full()) as running:
        yield running


@pytest.fixture
def client(server: IntercomServer) -> Iterator[Any]:
    with httpx.Client() as http:
        version = {"Intercom-Version": "2.16"}
        yield intercom.Intercom(token=TOKEN, base_url=server.address, headers=version, httpx_client=http)


def _full() -> IntercomWorld:
    world = IntercomWorld(zone="America/Los_Angeles")
    tags = [world.tag(f"tag {number}") for number in range(12)]
    acme = world.company("Acme", website="https://acme.example", size=12, industry="Tools", tag_ids=tags[:2])
    ada = world.contact("ada@example.com", "Ada", tag_ids=tags, company_ids=[acme], external_id="u1")
    lead = world.contact(name="Lead", role="lead", email="lead@example.com")
    world.note(ada, "<p>Likes calls</p>")
    world.note(acme, "<p>Renews in May</p>")
    world.attribute("plan", options=("Free", "Pro"))
    world.attribute("seats", "integer", model="company")
    now = world.clock()
    world.segments[ada] = [
        {"type": "segment", "id": "s1", "name": "Active", "created_at": now, "updated_at": now, "person_type": "user"}
    ]
    world.event(ada, "exported", now - 60, rows="5")
    talk, gone = world.conversation(ada, "<p>It breaks</p>"), world.conversation(ada, "<p>Never mind</p>")
    world.part(talk, "<p>Which one?</p>", world.as_admin())
    world.delete_conversation(gone)
    world.merge(lead, ada)
    return world


def _everything(console: Console, world: IntercomWorld) -> None:
    """Every request that the connector can make."""
    ada, talk, acme = next(iter(world.contacts)), next(iter(world.conversations)), next(iter(world.companies))
    console.pull()
    console.look_up(ada)
    console.look_up(next(iter(world.merged)))
    for kind, target in ((OwnerKind.CONVERSATION, talk), (OwnerKind.CUSTOMER, ada), (OwnerKind.COMPANY, acme)):
        for write, body in (
            (WriteKind.NOTE, {"text": "Hi"}),
            (WriteKind.TAG, {"tag": "new"}),
            (WriteKind.UNTAG, {"tag": "new"}),
        ):
            made = sending(write, target, kind, **body)
            console.push(made)
            console.probe(made)
    until = datetime(2027, 1, 4, tzinfo=UTC).isoformat()
    for write, body in (
        (WriteKind.REPLY, {"text": "Hello"}), (WriteKind.STATE, {"state": "closed"}), (WriteKind.STATE, {"state": "open"}),
        (WriteKind.STATE, {"state": "snoozed", "until": until}), (WriteKind.ASSIGNMENT, {"teammate": "Marta Weiss"}),
    ):  # fmt: skip
        console.push(sending(write, talk, OwnerKind.CONVERSATION, **body))
    console.push(sending(WriteKind.PROPERTY, ada, OwnerKind.CUSTOMER, name="plan", kind="choice", value="Pro"))
    console.push(sending(WriteKind.PROPERTY, acme, OwnerKind.COMPANY, name="seats", kind="number", value="3"))


def test_every_answer_of_the_server_keeps_to_the_description(server: IntercomServer) -> None:
    told, faults, seen = description(), list[str](), set[tuple[str, str]]()

    def hold(request: Request, answer: Answered) -> None:
        operation = told.operation(request.method, request.path)
        seen.add((operation.method, operation.path))
        schema = operation.answer_schema(answer.status)
        if schema is None:
            faults.append(f"{request.method} {operation.path}: {answer.status} is not described")
            return
        faults.extend(
            f"{request.method} {operation.path}: {fault}"
            for fault in told.faults(schema, json.loads(json.dumps(answer.body)))
        )

    server.observers.append(hold)
    _everything(Console(server), server.world)

    assert set(faults) == ANSWERS_DESCRIBED_WRONGLY
    assert len(seen) >= 24


def test_every_request_of_the_connector_keeps_to_the_description(server: IntercomServer) -> None:
    told, faults = description(), list[str]()

    def hold(request: Request, _answer: Answered) -> None:
        operation = told.operation(request.method, request.path)
        schema = operation.request_schema()
        if schema is not None and request.body:
            faults.extend(_short(operation, fault) for fault in told.faults(schema, request.body))
        known = {one["name"] for one in operation.described.get("parameters", []) if one.get("in") == "query"}
        faults.extend(
            f"{request.method} {operation.path}: {name} is no parameter" for name in request.query.keys() - known
        )

    server.observers.append(hold)
    _everything(Console(server), server.world)

    assert set(faults) == REQUESTS_DESCRIBED_WRONGLY


def _short(operation: Operation, fault: str) -> str:
    is_known = f"{operation.method.upper()} {operation.path}" in REQUESTS_DESCRIBED_WRONGLY
    return f"{operation.method.upper()} {operation.path}" + ("" if is_known else f": {fault}")


def test_listed_events_keep_to_their_own_schema(server: IntercomServer) -> None:
    told, ada = description(), next(iter(server.world.contacts))

    listed = _asked(server, "GET", f"/events?type=user&intercom_user_id={ada}").json()

    assert listed["events"]
    assert told.faults({"$ref": "#/components/schemas/data_event_list"}, listed) == []


def test_a_wrong_answer_would_be_found() -> None:
    told = description()
    schema = told.operation("POST", "/contacts/search").answer_schema(200)
    assert schema is not None

    assert told.faults(schema, {"type": "list", "data": [{"id": 5}], "total_count": "many"})


def test_the_official_client_reads_contacts_over_pages(server: IntercomServer, client: Any) -> None:
    for number in range(7):
        server.world.contact(f"{number}@example.com")

    # WORKAROUND(python-intercom 5.0.1): its own pager asks for the same page for ever; each page is asked for here.
    query = intercom.SingleFilterSearchRequest(field="created_at", operator=">", value=0)
    found, after = set[str](), None
    while after != "":
        paging = intercom.StartingAfterPaging(per_page=3, starting_after=after)
        page = client.contacts.search(query=query, pagination=paging)
        found |= {one.id for one in page.items or []}
        following = page.response.pages.next
        after = following.starting_after if following else ""

    assert len(found) == 8
    assert server.count("POST /contacts/search") == 3


def test_the_official_client_scrolls_through_companies_to_their_end(server: IntercomServer, client: Any) -> None:
    page = client.companies.scroll()
    names = [one.name for one in page.items or []]

    assert names == ["Acme"]


def test_the_official_client_finds_a_conversation_and_answers_it(server: IntercomServer, client: Any) -> None:
    key = next(iter(server.world.conversations))
    client.conversations.reply(
        conversation_id=key,
        request={"message_type": "comment", "type": "admin", "admin_id": ME, "body": "<p>Hello</p>"},
    )

    found = client.conversations.find(conversation_id=key)

    assert [part.body for part in found.conversation_parts.conversation_parts] == ["<p>Which one?</p>", "<p>Hello</p>"]


def test_the_official_client_tags_and_notes(server: IntercomServer, client: Any) -> None:
    ada = next(iter(server.world.contacts))
    tag = server.world.tag("vip")
    server.world.contacts[ada]["tag_ids"].clear()

    client.tags.tag_contact(contact_id=ada, tag_id=tag)
    client.notes.create(contact_id=ada, body="<p>Hi</p>", admin_id=ME)

    assert [one.name for one in client.contacts.list_attached_tags(contact_id=ada).data or []] == ["vip"]
    assert {one.name for one in client.tags.list().data or []} >= {"vip"}
    assert [one.name for one in client.admins.list().admins or []] == ["Marta Weiss"]


@pytest.mark.parametrize("operator", [">=", "<=", "!=", "IN"])
def test_dates_of_contacts_know_few_operators(server: IntercomServer, operator: str) -> None:
    query = {"query": {"field": "updated_at", "operator": operator, "value": 0}}

    assert _asked(server, "POST", "/contacts/search", query).status_code == 400


def test_a_search_later_than_a_moment_begins_with_the_next_day(server: IntercomServer) -> None:
    now = server.world.clock()
    query = {"query": {"field": "updated_at", "operator": ">", "value": now - 2}}

    assert _asked(server, "POST", "/contacts/search", query).json()["total_count"] == 0


def test_a_merged_contact_is_gone_with_a_link_and_before_2_16_simply_not_there(server: IntercomServer) -> None:
    lead, ada = next(iter(server.world.merged)), next(iter(server.world.contacts))

    now, before = (_asked(server, "GET", f"/contacts/{lead}", version=version) for version in ("2.16", "2.15"))

    assert (now.status_code, now.headers["link"]) == (410, f'</contacts/{ada}>; rel="canonical"')
    assert before.status_code == 404


def test_what_came_with_2_16_is_not_there_before(server: IntercomServer) -> None:
    assert _asked(server, "GET", "/conversations/deleted", version="2.15").status_code == 400


def test_requests_beyond_the_limit_are_too_many_and_say_until_when(server: IntercomServer) -> None:
    server.limit = 0

    answer = _asked(server, "GET", "/me")

    assert answer.status_code == 429
    assert int(answer.headers["x-ratelimit-reset"]) >= server.world.clock()


def _asked(
    server: IntercomServer, method: str, path: str, body: object = None, version: str = "2.16"
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {TOKEN}", "Intercom-Version": version}
    return httpx.request(method, f"{server.address}{path}", json=body, headers=headers)
