"""What goes out to Intercom: once, in a teammate's name, never over what changed there, and found again when nobody answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.connectors.kinds.intercom_asking import Console, of_kind, sending
from tests.peers.intercom_server import IntercomServer, running_intercom
from tests.peers.intercom_world import ME, IntercomWorld

from console.connectors.errors import SourceError, UncertainError
from console.domain.channels import OwnerKind
from console.domain.outbox import Sending, SendingState, Settled, WriteKind
from console.domain.records import ConversationRecord, NoteRecord

TALK, CUSTOMER, COMPANY = OwnerKind.CONVERSATION, OwnerKind.CUSTOMER, OwnerKind.COMPANY
RAVI = "991267460"


@pytest.fixture
def server() -> Iterator[IntercomServer]:
    with running_intercom() as running:
        yield running


@pytest.fixture
def world(server: IntercomServer) -> IntercomWorld:
    server.world.admin(RAVI, "Ravi Menon", "ravi@acme.example")
    return server.world


@pytest.fixture
def console(server: IntercomServer) -> Console:
    return Console(server)


@pytest.fixture
def ada(world: IntercomWorld) -> str:
    return world.contact("ada@example.com", "Ada")


@pytest.fixture
def talk(world: IntercomWorld, ada: str) -> str:
    return world.conversation(ada, "<p>It breaks</p>")


def by(one: Sending, name: str) -> Sending:
    return Sending(one.op_id, one.kind, one.target_kind, one.target, one.body, one.at, one.base, name)


def test_a_reply_reaches_the_conversation_escaped_and_in_the_name_of_its_writer(
    console: Console, world: IntercomWorld, talk: str
) -> None:
    answer = console.push(by(sending(WriteKind.REPLY, talk, TALK, text="Use <b> & co\n\nBye"), "Ravi Menon"))

    (part,) = world.parts[talk]
    assert (part["part_type"], part["author"]["id"]) == ("comment", RAVI)
    assert part["body"] == "<p>Use &lt;b&gt; &amp; co</p><p>Bye</p>"
    assert answer.state is SendingState.SENT
    (record,) = of_kind(console.pull(), ConversationRecord)
    assert record.messages[-1].key == answer.receipt
    assert record.messages[-1].text == "Use <b> & co\n\nBye"


def test_a_reply_whose_answer_was_lost_is_uncertain_and_the_probe_finds_it(
    console: Console, server: IntercomServer, world: IntercomWorld, talk: str
) -> None:
    reply = sending(WriteKind.REPLY, talk, TALK, text="Please reload")
    server.lose_next("POST .*/reply")

    with pytest.raises(UncertainError):
        console.push(reply)
    found = console.probe(reply)

    assert found is not None
    assert found.state is SendingState.SENT
    assert len(world.parts[talk]) == 1
    (record,) = of_kind(console.pull(), ConversationRecord)
    assert record.messages[-1].key == found.receipt


def test_a_reply_that_never_went_out_leaves_no_trace_for_the_probe(
    console: Console, world: IntercomWorld, talk: str
) -> None:
    assert console.probe(sending(WriteKind.REPLY, talk, TALK, text="Please reload")) is None


@pytest.mark.parametrize(
    ("said_by", "body", "kind", "seconds"),
    [
        (RAVI, "<p>Please reload</p>", "comment", 0),
        (ME, "<p>Please restart</p>", "comment", 0),
        (ME, "<p>Please reload</p>", "note", 0),
        (ME, "<p>Please reload</p>", "comment", -3_600),
    ],
    ids=["somebody else's", "other words", "a note", "an earlier one"],
)
def test_what_only_looks_like_our_reply_is_not_taken_for_it(
    console: Console, world: IntercomWorld, talk: str, said_by: str, body: str, kind: str, seconds: int
) -> None:
    world.part(talk, body, world.as_admin(said_by), kind=kind, at=world.clock() + seconds)

    assert console.probe(sending(WriteKind.REPLY, talk, TALK, text="Please reload")) is None


@pytest.mark.parametrize("kind", [TALK, CUSTOMER, COMPANY])
def test_a_note_arrives_and_its_receipt_is_what_the_next_pull_calls_it(
    console: Console, server: IntercomServer, world: IntercomWorld, ada: str, talk: str, kind: OwnerKind
) -> None:
    target = {TALK: talk, CUSTOMER: ada, COMPANY: world.company("Acme")}[kind]
    note = sending(WriteKind.NOTE, target, kind, text="Ask Ravi first")

    answer = console.push(note)

    (came,) = of_kind(console.pull(), NoteRecord)
    assert (came.external_id, came.owner_kind, came.owner_id, came.text) == (
        answer.receipt,
        kind,
        target,
        "Ask Ravi first",
    )
    assert console.probe(note) == answer


@pytest.mark.parametrize("kind", [TALK, CUSTOMER, COMPANY])
def test_a_tag_is_made_where_it_is_new_stuck_on_and_taken_off_and_once_more_is_fine(
    console: Console, world: IntercomWorld, ada: str, talk: str, kind: OwnerKind
) -> None:
    target = {TALK: talk, CUSTOMER: ada, COMPANY: world.company("Acme")}[kind]
    held = {TALK: world.conversations, CUSTOMER: world.contacts, COMPANY: world.companies}[kind][target]
    stick, take = (sending(one, target, kind, tag="vip") for one in (WriteKind.TAG, WriteKind.UNTAG))

    assert console.push(stick) == console.push(stick) == Settled(SendingState.SENT)
    assert [world.tags[one]["name"] for one in held["tag_ids"]] == ["vip"]
    assert console.probe(stick) == Settled(SendingState.SENT)
    assert console.probe(take) is None

    assert console.push(take) == console.push(take) == Settled(SendingState.SENT)
    assert held["tag_ids"] == []
    assert console.probe(take) == Settled(SendingState.SENT)


def test_a_conversation_is_closed_snoozed_and_opened(console: Console, world: IntercomWorld, talk: str) -> None:
    until = datetime(2027, 1, 4, 9, tzinfo=UTC)
    for state, more in (("closed", {}), ("snoozed", {"until": until.isoformat()}), ("open", {})):
        change = sending(WriteKind.STATE, talk, TALK, state=state, **more)
        assert console.push(change).state is SendingState.SENT
        assert world.conversations[talk]["state"] == state
        assert console.probe(change) == Settled(SendingState.SENT)
        if state == "snoozed":
            assert world.conversations[talk]["snoozed_until"] == int(until.timestamp())


def test_a_conversation_is_given_to_a_teammate_and_to_nobody(console: Console, world: IntercomWorld, talk: str) -> None:
    assert console.push(sending(WriteKind.ASSIGNMENT, talk, TALK, teammate="ravi menon")).state is SendingState.SENT
    assert world.conversations[talk]["admin_assignee_id"] == int(RAVI)

    assert console.push(sending(WriteKind.ASSIGNMENT, talk, TALK, teammate=None)).state is SendingState.SENT
    assert world.conversations[talk]["admin_assignee_id"] == 0

    nobody = console.push(sending(WriteKind.ASSIGNMENT, talk, TALK, teammate="Zoe"))
    assert (nobody.state, nobody.reason) == (SendingState.REFUSED, "Nobody at Intercom is called Zoe.")


@pytest.mark.parametrize("kind", [WriteKind.REPLY, WriteKind.NOTE, WriteKind.STATE])
def test_what_was_meant_for_a_deleted_conversation_is_refused(
    console: Console, world: IntercomWorld, talk: str, kind: WriteKind
) -> None:
    world.delete_conversation(talk)

    answer = console.push(sending(kind, talk, TALK, text="Hello", state="closed"))

    assert answer.state is SendingState.REFUSED
    assert "no longer" in answer.reason
    assert console.probe(sending(kind, talk, TALK, text="Hello", state="closed")) is None


def test_a_note_on_a_merged_contact_goes_nowhere_and_says_so(console: Console, world: IntercomWorld, ada: str) -> None:
    lead = world.contact(name="Lead", role="lead")
    world.merge(lead, ada)

    answer = console.push(sending(WriteKind.NOTE, lead, CUSTOMER, text="Hello"))

    assert answer.state is SendingState.REFUSED


def test_a_revoked_token_is_the_sources_problem_not_the_edits(
    console: Console, server: IntercomServer, talk: str
) -> None:
    server.token = "another"

    with pytest.raises(SourceError):
        console.push(sending(WriteKind.REPLY, talk, TALK, text="Hello"))


def test_a_reply_made_an_hour_ago_is_found_though_the_clocks_differ(
    console: Console, server: IntercomServer, world: IntercomWorld, talk: str
) -> None:
    made = datetime.now(UTC) - timedelta(hours=1)
    reply = sending(WriteKind.REPLY, talk, TALK, lambda: made, text="Please reload")
    server.lose_next("POST .*/reply")

    with pytest.raises(UncertainError):
        console.push(reply)

    assert console.probe(reply) is not None
