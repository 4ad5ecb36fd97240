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


@pytest.mark.parametrize(
    ("name", "kind", "value", "held"),
    [
        ("seats", "number", "12", 12),
        ("score", "number", "1.5", 1.5),
        ("renewal", "datetime", "2026-10-26T00:00:00+00:00", 1_792_972_800),
        ("is_partner", "boolean", "true", True),
        ("plan", "choice", "Pro", "Pro"),
    ],
)
def test_an_attribute_is_written_in_the_type_that_intercom_keeps(
    console: Console, world: IntercomWorld, ada: str, name: str, kind: str, value: str, held: object
) -> None:
    for attribute, data_type in (
        ("seats", "integer"),
        ("score", "float"),
        ("renewal", "date"),
        ("is_partner", "boolean"),
    ):
        world.attribute(attribute, data_type)
    world.attribute("plan", options=("Free", "Pro"))
    change = sending(WriteKind.PROPERTY, ada, CUSTOMER, name=name, kind=kind, value=value)

    assert console.probe(change) is None
    assert console.push(change) == Settled(SendingState.SENT)
    assert world.contacts[ada]["custom_attributes"] == {name: held}
    assert console.probe(change) == Settled(SendingState.SENT)


def test_fields_of_contacts_and_companies_are_written_under_their_own_names(
    console: Console, world: IntercomWorld, ada: str
) -> None:
    acme = world.company("Acme")

    console.push(sending(WriteKind.PROPERTY, ada, CUSTOMER, name="phone", kind="phone", value="+44 20 7946 0000"))
    console.push(sending(WriteKind.PROPERTY, ada, CUSTOMER, name="owner", kind="string", value="Ravi Menon"))
    console.push(sending(WriteKind.PROPERTY, acme, COMPANY, name="plan", kind="choice", value="Pro"))
    console.push(sending(WriteKind.PROPERTY, acme, COMPANY, name="monthly_spend", kind="money", value="155 EUR"))

    assert (world.contacts[ada]["phone"], world.contacts[ada]["owner_id"]) == ("+44 20 7946 0000", RAVI)
    assert (world.companies[acme]["plan"]["name"], world.companies[acme]["monthly_spend"]) == ("Pro", 155)


def test_a_spend_with_cents_is_refused_rather_than_cut(console: Console, world: IntercomWorld) -> None:
    acme = world.company("Acme")

    answer = console.push(
        sending(WriteKind.PROPERTY, acme, COMPANY, name="monthly_spend", kind="money", value="155.98 EUR")
    )

    assert answer.state is SendingState.REFUSED
    assert "155" in answer.reason
    assert world.companies[acme]["monthly_spend"] == 0


def test_what_changed_there_meanwhile_is_a_conflict_with_theirs(
    console: Console, world: IntercomWorld, ada: str
) -> None:
    world.contacts[ada]["phone"] = "+1 555 0100"
    change = sending(
        WriteKind.PROPERTY,
        ada,
        CUSTOMER,
        name="phone",
        kind="phone",
        value="+1 555 0199",
        base={"value": "+1 555 0000"},
    )

    answer = console.push(change)

    assert answer.state is SendingState.CONFLICT
    assert answer.theirs["phone"] == "+1 555 0100"
    assert world.contacts[ada]["phone"] == "+1 555 0100"


def test_what_did_not_change_there_is_written(console: Console, world: IntercomWorld, ada: str) -> None:
    world.contacts[ada]["phone"] = "+1 555 0100"
    change = sending(
        WriteKind.PROPERTY,
        ada,
        CUSTOMER,
        name="phone",
        kind="phone",
        value="+1 555 0199",
        base={"value": "+1 555 0100"},
    )

    assert console.push(change) == Settled(SendingState.SENT)
    assert world.contacts[ada]["phone"] == "+1 555 0199"


@pytest.mark.parametrize("name", ["last_replied_at", "location.city", "unheard_of", "locked"])
def test_what_nobody_may_write_there_is_refused_with_a_sentence(
    console: Console, world: IntercomWorld, ada: str, name: str
) -> None:
    world.attribute("locked", writable=False)

    answer = console.push(sending(WriteKind.PROPERTY, ada, CUSTOMER, name=name, kind="string", value="x"))

    assert answer.state is SendingState.REFUSED
    assert name in answer.reason


def test_a_lost_answer_to_an_attribute_is_found_by_the_probe(
    console: Console, server: IntercomServer, world: IntercomWorld, ada: str
) -> None:
    change = sending(WriteKind.PROPERTY, ada, CUSTOMER, name="name", kind="string", value="Ada Lovelace")
    server.lose_next("PUT /contacts")

    with pytest.raises(UncertainError):
        console.push(change)

    assert console.probe(change) == Settled(SendingState.SENT)


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
