"""Zendesk by its manifest, against a stateful server of ours with the traps that were recorded of the real one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
from tests.connectors.hostile_server import HostileServer
from tests.connectors.rest.pulled import Puller, server_of
from tests.peers.zendesk_server import Zendesk, small_zendesk

from console.connectors.contract import Speaking
from console.connectors.errors import SourceError
from console.connectors.kinds.registry import connector_called
from console.domain.channels import AuthorKind, OwnerKind
from console.domain.outbox import Sending, SendingState, Settled, WriteKind
from console.domain.records import (
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    DeletionRecord,
    EventRecord,
    NoteRecord,
)

CONNECTOR = connector_called("zendesk")


@contextmanager
def served(zendesk: Zendesk) -> Iterator[tuple[HostileServer, Puller]]:
    with server_of(zendesk.answer) as server:
        given = {"base_url": server.address, "username": "mia@example.com", "allow_private": "yes"}
        yield server, Puller(CONNECTOR, CONNECTOR.settings_of(given)[0])


def pushed(
    puller: Puller, kind: WriteKind, owner: OwnerKind, target: int, body: Mapping[str, object], base: Any = None
) -> Settled:
    sending = Sending("op-1", kind, owner, str(target), body, datetime.fromtimestamp(0, UTC), base)
    return CONNECTOR.push(Speaking(puller.settings, puller.secret, Event()), sending)


def names_of(puller: Puller) -> list[str]:
    return [one.external_id for one in puller.records() if isinstance(one, CustomerRecord)]


def test_customers_organisations_and_tickets_come_with_notes_ratings_and_places() -> None:
    with served(small_zendesk()) as (_server, puller):
        records = puller.records()

    people = {one.external_id: one for one in records if isinstance(one, CustomerRecord)}
    assert sorted(people) == ["1", "2", "3", "4", "5", "6"]
    assert (people["1"].emails, people["2"].emails, people["1"].company_ids) == (("c1@north1.example",), (), ("501",))
    assert (people["3"].properties["plan"].content, people["3"].properties["seats"].content) == ("pro", 3)
    assert DeletionRecord("customer:7") in records
    assert {one.name for one in records if isinstance(one, CompanyRecord)} == {f"North {n}" for n in range(1, 5)}
    talk = next(one for one in records if isinstance(one, ConversationRecord))
    assert [(one.text, one.author_kind, one.author.name) for one in talk.messages] == [
        ("It is broken.", AuthorKind.CUSTOMER, "Customer 1"),
        ("Try it once more.", AuthorKind.TEAMMATE, "Mia Agent"),
    ]
    assert (talk.customer_id, talk.properties["satisfaction"].content) == ("1", "good")
    assert {(one.owner_id, one.text, one.author) for one in records if isinstance(one, NoteRecord)} == {
        ("31", "Between us.", "Mia Agent"),
        ("32", "Between us.", "Mia Agent"),
    }
    seen = [one for one in records if isinstance(one, EventRecord)]
    assert [(one.customer_id, one.metadata["ip"].content) for one in seen] == [("1", "203.0.113.9")] * 2
    assert DeletionRecord("conversation:33") in records


def test_after_the_end_the_cursor_stays_and_only_what_changed_comes() -> None:
    zendesk = small_zendesk()
    with served(zendesk) as (_server, puller):
        puller.records()
        assert names_of(puller) == []
        kept = dict(puller.cursors)
        # The page behind the end had no cursor: had it been kept, everything would come now.
        assert names_of(puller) == []
        assert puller.cursors == kept

        zendesk.put("users", 3, name="Renamed")
        assert names_of(puller) == []  # Zendesk holds back what changed within the last minute …
        zendesk.now += 100
        assert names_of(puller) == ["3"]  # … and it is not lost


def test_an_export_whose_next_page_never_ends_is_read_to_its_end_only() -> None:
    with served(small_zendesk()) as (server, puller):
        puller.records()
        asked = [one.target for one in server.asked if "organizations" in one.target]

    assert len(asked) == 2


def test_a_next_page_on_another_host_never_gets_the_token() -> None:
    zendesk = small_zendesk()
    with server_of(lambda *_: {}) as foreign, served(zendesk) as (_server, puller):
        zendesk.elsewhere = foreign.address.removeprefix("http://").replace("127.0.0.1", "localhost")
        with pytest.raises(SourceError):
            puller.records()

        assert foreign.asked == []


def test_a_reply_and_a_note_arrive_and_are_found_again() -> None:
    zendesk = small_zendesk()
    with served(zendesk) as (_server, puller):
        reply = pushed(puller, WriteKind.REPLY, OwnerKind.CONVERSATION, 31, {"text": "Is it better now?"})
        note = pushed(puller, WriteKind.NOTE, OwnerKind.CONVERSATION, 31, {"text": "She waits."})
        again = Sending(
            "op-1",
            WriteKind.REPLY,
            OwnerKind.CONVERSATION,
            "31",
            {"text": "Is it better now?"},
            datetime.fromtimestamp(0, UTC),
        )
        probed = CONNECTOR.probe(Speaking(puller.settings, puller.secret, Event()), again)

    assert (reply.state, note.state) == (SendingState.SENT, SendingState.SENT)
    assert [(one["plain_body"], one["public"]) for one in zendesk.comments[31][-2:]] == [
        ("Is it better now?", True),
        ("She waits.", False),
    ]
    assert probed is not None
    assert probed.state is SendingState.SENT


def test_a_ticket_is_solved_and_a_closed_one_says_why_not() -> None:
    zendesk = small_zendesk()
    zendesk.put("tickets", 32, status="closed")
    with served(zendesk) as (_server, puller):
        solved = pushed(puller, WriteKind.STATE, OwnerKind.CONVERSATION, 31, {"state": "closed"})
        closed = pushed(puller, WriteKind.STATE, OwnerKind.CONVERSATION, 32, {"state": "open"})
        absent = pushed(puller, WriteKind.STATE, OwnerKind.CONVERSATION, 77, {"state": "open"})

    ticket = zendesk.find("tickets", 31)
    assert ticket is not None
    assert (solved.state, ticket["status"]) == (SendingState.SENT, "solved")
    assert (closed.state, "prevents ticket update" in closed.reason) == (SendingState.REFUSED, True)
    assert (absent.state, absent.reason) == (SendingState.REFUSED, "It is no longer there.")


def test_a_ticket_that_changes_between_looking_and_writing_is_a_conflict() -> None:
    zendesk = small_zendesk()
    usual = zendesk.answer

    def meanwhile(path: str, query: Mapping[str, str], asked: Any) -> Any:
        if asked.method == "PUT":
            zendesk.now += 5
            zendesk.put("tickets", 31, status="hold")
        return usual(path, query, asked)

    with server_of(meanwhile) as server:
        settings = CONNECTOR.settings_of(
            {"base_url": server.address, "username": "m@example.com", "allow_private": "yes"}
        )[0]
        settled = pushed(Puller(CONNECTOR, settings), WriteKind.STATE, OwnerKind.CONVERSATION, 31, {"state": "closed"})

    assert (settled.state, dict(settled.theirs)) == (SendingState.CONFLICT, {"state": "hold"})


def test_tags_and_fields_go_back_and_a_field_that_zendesk_passes_over_is_refused() -> None:
    zendesk = small_zendesk()
    plan = {"name": "plan", "value": "gold", "kind": "string"}
    with served(zendesk) as (_server, puller):
        done = [
            pushed(puller, WriteKind.TAG, OwnerKind.CUSTOMER, 1, {"tag": "vip"}),
            pushed(puller, WriteKind.TAG, OwnerKind.CONVERSATION, 31, {"tag": "bug"}),
            pushed(puller, WriteKind.TAG, OwnerKind.CONVERSATION, 31, {"tag": "slow"}),
            pushed(puller, WriteKind.UNTAG, OwnerKind.CONVERSATION, 31, {"tag": "bug"}),
            pushed(puller, WriteKind.PROPERTY, OwnerKind.CUSTOMER, 1, plan, {"value": "pro"}),
        ]
        contested = pushed(puller, WriteKind.PROPERTY, OwnerKind.CUSTOMER, 2, plan, {"value": "basic"})
        unknown = pushed(puller, WriteKind.PROPERTY, OwnerKind.CUSTOMER, 1, {**plan, "name": "mood"})

    user, ticket = zendesk.find("users", 1), zendesk.find("tickets", 31)
    assert user is not None
    assert ticket is not None
    assert {one.state for one in done} == {SendingState.SENT}
    assert (user["tags"], ticket["tags"], user["user_fields"]["plan"]) == (["vip"], ["slow"], "gold")
    assert (contested.state, dict(contested.theirs)) == (SendingState.CONFLICT, {"plan": "pro"})
    assert unknown.state is SendingState.REFUSED
