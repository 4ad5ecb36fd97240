"""Properties written back to Intercom: in its types, under its names, never over what changed there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.connectors.kinds.intercom_asking import Console, sending
from tests.peers.intercom_server import IntercomServer, running_intercom
from tests.peers.intercom_world import IntercomWorld

from console.connectors.errors import UncertainError
from console.domain.channels import OwnerKind
from console.domain.outbox import SendingState, Settled, WriteKind

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
