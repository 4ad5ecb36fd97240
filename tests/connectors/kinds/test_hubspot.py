"""HubSpot by its manifest: read from Backlot, which imitates it, and written to a server of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
from tests.connectors.hostile_server import Asked
from tests.connectors.rest.pulled import Puller, server_of
from tests.peers.backlot import TOKEN, company, contact, note, running_backlot, ticket

from console.connectors.contract import Speaking
from console.connectors.errors import SourceError
from console.connectors.kinds.registry import connector_called
from console.domain.channels import OwnerKind
from console.domain.outbox import Sending, SendingState, WriteKind
from console.domain.records import CompanyRecord, ConversationRecord, CustomerRecord, NoteRecord

CONNECTOR = connector_called("hubspot")
MANY = 450
EDIT = {"name": "job_title", "value": "Captain", "kind": "string"}


@pytest.fixture(scope="module")
def hubspot() -> Iterator[str]:
    records = [
        company(10_001, domain="north.example", industry="Ships", numberofemployees="42"),
        *(contact(20_000 + number, company=10_001 if number < 2 else None) for number in range(MANY)),
        contact(30_000, at="2026-03-01T10:00:00Z"),
        ticket(40_001, 20_001, subject="Broken", content="It is broken.", hs_pipeline_stage="1"),
        note(50_001, "<p>Likes <b>tea</b></p>", on=("contacts", 20_001)),
        note(50_002, "Pays late", on=("companies", 10_001)),
    ]
    with running_backlot(records) as address:
        yield address


def puller_of(address: str, token: str = TOKEN) -> Puller:
    return Puller(CONNECTOR, CONNECTOR.settings_of({"base_url": address, "allow_private": "yes"})[0], token)


def sending(kind: WriteKind, owner: OwnerKind, target: str, body: Mapping[str, object], base: Any = None) -> Sending:
    return Sending("op-1", kind, owner, target, body, datetime.now(UTC), base)


def pushed(address: str, what: Sending) -> Any:
    return CONNECTOR.push(Speaking(puller_of(address).settings, TOKEN, Event()), what)


@pytest.mark.peer
def test_it_is_tried_out_and_a_wrong_token_is_refused(hubspot: str) -> None:
    assert "HubSpot answers" in CONNECTOR.check(puller_of(hubspot).settings, TOKEN).sentence
    with pytest.raises(SourceError, match="sign-in"):
        CONNECTOR.check(puller_of(hubspot).settings, "wrong")


@pytest.mark.peer
def test_everything_comes_over_many_pages_and_then_only_what_changed(hubspot: str) -> None:
    puller = puller_of(hubspot)

    records = puller.records()

    people = {one.external_id: one for one in records if isinstance(one, CustomerRecord)}
    assert len(people) == MANY + 1
    assert people["20001"].emails == ("c20001@example.com",)
    assert people["20001"].company_ids == ("10001",)
    assert (people["20001"].properties["name"].content, people["20002"].company_ids) == ("C 20001", ())
    companies = [one for one in records if isinstance(one, CompanyRecord)]
    assert [(one.name, one.domains, one.properties["employees"].content) for one in companies] == [
        ("Company 10001", ("north.example",), 42)
    ]
    talks = [one for one in records if isinstance(one, ConversationRecord)]
    assert [(one.subject, one.customer_id, [said.text for said in one.messages]) for one in talks] == [
        ("Broken", "20001", ["It is broken."])
    ]
    notes = [one for one in records if isinstance(one, NoteRecord)]
    assert [(one.text, one.owner_kind, one.owner_id) for one in notes] == [
        ("Likes tea", OwnerKind.CUSTOMER, "20001"),
        ("Pays late", OwnerKind.COMPANY, "10001"),
    ]
    later = [one.external_id for one in puller.records() if isinstance(one, CustomerRecord)]
    assert later == ["30000"]


@pytest.mark.peer
def test_a_write_that_the_key_may_not_make_is_refused_with_what_hubspot_says(hubspot: str) -> None:
    settled = pushed(hubspot, sending(WriteKind.PROPERTY, OwnerKind.CUSTOMER, "20001", EDIT, {"value": "Head"}))

    assert settled.state is SendingState.REFUSED
    assert "scopes" in settled.reason
    assert puller_of(hubspot).records()


def held(title: str, *, status: int = 200) -> Any:
    """A HubSpot of ours with one contact; keeps what it was told."""

    def answering(path: str, query: Mapping[str, str], asked: Asked) -> Any:
        if asked.method == "GET":
            return {"id": "7", "properties": {query["properties"]: title}}
        return status, {"status": "error", "message": "Property does not exist"} if status >= 400 else {"id": "99"}

    return answering


def test_a_property_goes_by_hubspots_own_name() -> None:
    with server_of(held("Head")) as server:
        settled = pushed(server.address, sending(WriteKind.PROPERTY, OwnerKind.CUSTOMER, "7", EDIT, {"value": "Head"}))
        last = server.asked[-1]

    assert settled.state is SendingState.SENT
    assert (last.method, last.target) == ("PATCH", "/crm/v3/objects/contacts/7")
    assert last.body == b'{"properties":{"jobtitle":"Captain"}}'


def test_a_property_that_changed_there_is_a_conflict_and_nothing_is_written() -> None:
    with server_of(held("Admiral")) as server:
        settled = pushed(server.address, sending(WriteKind.PROPERTY, OwnerKind.CUSTOMER, "7", EDIT, {"value": "Head"}))
        methods = [one.method for one in server.asked]

    assert (settled.state, dict(settled.theirs)) == (SendingState.CONFLICT, {"job_title": "Admiral"})
    assert methods == ["GET"]


def test_a_note_hangs_on_its_contact_and_a_refusal_says_why() -> None:
    what = sending(WriteKind.NOTE, OwnerKind.CUSTOMER, "7", {"text": "Likes <tea>"})
    with server_of(held("")) as server:
        settled = pushed(server.address, what)
        body = server.asked[-1].body
    with server_of(held("", status=400)) as server:
        refused = pushed(server.address, what)

    assert (settled.state, settled.receipt) == (SendingState.SENT, "99")
    assert b"&lt;tea&gt;" in body
    assert b'"associationTypeId":202' in body
    assert (refused.state, "Property does not exist" in refused.reason) == (SendingState.REFUSED, True)
