"""Roundup by its manifest, against a real Roundup: its pages, its 429, its 412."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event
from urllib.error import HTTPError

import pytest
from tests.connectors.rest.pulled import Puller
from tests.peers.roundup import NAME, PASSWORD, Roundup, running_roundup

from console.connectors.contract import Speaking
from console.connectors.errors import SourceError
from console.connectors.kinds.registry import connector_called
from console.domain.channels import AuthorKind, OwnerKind
from console.domain.outbox import Sending, SendingState, WriteKind
from console.domain.records import ConversationRecord, CustomerRecord, DeletionRecord

pytestmark = pytest.mark.peer
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def roundup() -> Iterator[Roundup]:
    with running_roundup() as peer:
        yield peer


def puller_of(peer: Roundup, **more: str) -> Puller:
    connector = connector_called("roundup")
    settings, _own = connector.settings_of({"base_url": peer.address, "username": NAME, "allow_private": "yes", **more})
    return Puller(connector, settings, PASSWORD)


def conversations(puller: Puller) -> dict[str, ConversationRecord]:
    return {one.external_id: one for one in puller.records() if isinstance(one, ConversationRecord)}


def sending(kind: WriteKind, target: str, body: dict[str, object], base: dict[str, object] | None = None) -> Sending:
    owner = OwnerKind.CUSTOMER if kind is WriteKind.PROPERTY else OwnerKind.CONVERSATION
    return Sending("op-1", kind, owner, target, body, NOW, base)


def speaking(peer: Roundup) -> Speaking:
    return Speaking(puller_of(peer).settings, PASSWORD, Event())


def test_it_is_tried_out_and_a_wrong_password_is_refused(roundup: Roundup) -> None:
    connector = connector_called("roundup")
    settings = dict(puller_of(roundup).settings)

    assert "Roundup answers" in connector.check(settings, PASSWORD).sentence
    with pytest.raises(SourceError, match="sign-in"):
        connector.check(settings, "wrong")


def test_people_and_issues_with_their_messages_come_and_then_only_what_changed(roundup: Roundup) -> None:
    person = roundup.add(
        "user", username="lena", realname="Lena Sommer", address="Lena@Example.com", organisation="Sommer AG"
    )
    asked = roundup.add("msg", content="It does not print.", author=person)
    issue = roundup.add("issue", title="Printing fails", messages=[asked])
    more = [roundup.add("issue", title=f"Other {number}") for number in range(3)]
    puller = puller_of(roundup)

    records = puller.records()

    customers = {one.external_id: one for one in records if isinstance(one, CustomerRecord)}
    assert customers[person].emails == ("lena@example.com",)
    assert customers[person].properties["organisation"].content == "Sommer AG"
    found = {one.external_id: one for one in records if isinstance(one, ConversationRecord)}
    assert set(found) >= {issue, *more}
    message = found[issue].messages[0]
    assert (found[issue].subject, message.text, message.author.name) == (
        "Printing fails",
        "It does not print.",
        "Lena Sommer",
    )

    roundup.change("issue", issue, status="8")
    later = conversations(puller)

    assert later[issue].is_closed is True


def test_a_reply_arrives_once_and_is_found_again(roundup: Roundup) -> None:
    issue = roundup.add("issue", title="A question")
    reply = sending(WriteKind.REPLY, issue, {"text": "Try it\nonce more."})
    connector = connector_called("roundup")

    assert connector.probe(speaking(roundup), reply) is None
    settled = connector.push(speaking(roundup), reply)

    messages = conversations(puller_of(roundup))[issue].messages
    assert settled.state is SendingState.SENT
    assert [one.text for one in messages] == ["Try it\nonce more."]
    assert [one.author_kind for one in messages] == [AuthorKind.CUSTOMER]  # the same admin opened the issue
    probed = connector.probe(speaking(roundup), reply)
    assert probed is not None
    assert (probed.state, probed.receipt) == (SendingState.SENT, settled.receipt)


def test_a_property_that_was_changed_there_meanwhile_is_a_conflict_with_both_values(roundup: Roundup) -> None:
    person = roundup.add("user", username="omar", organisation="Old", address="omar@example.com")
    connector = connector_called("roundup")
    edit = {"name": "organisation", "value": "Ours", "kind": "string"}

    taken = connector.push(speaking(roundup), sending(WriteKind.PROPERTY, person, edit, {"value": "Old"}))
    roundup.change("user", person, organisation="Theirs")
    refused = connector.push(
        speaking(roundup), sending(WriteKind.PROPERTY, person, {**edit, "value": "New"}, {"value": "Ours"})
    )

    assert taken.state is SendingState.SENT
    assert (refused.state, dict(refused.theirs)) == (SendingState.CONFLICT, {"organisation": "Theirs"})
    assert roundup.ask("GET", f"user/{person}")["attributes"]["organisation"] == "Theirs"


def test_an_issue_is_closed_there_and_one_that_is_not_there_is_refused(roundup: Roundup) -> None:
    issue = roundup.add("issue", title="To be closed")
    connector = connector_called("roundup")

    closed = connector.push(speaking(roundup), sending(WriteKind.STATE, issue, {"state": "closed"}))
    absent = connector.push(speaking(roundup), sending(WriteKind.STATE, "99999", {"state": "closed"}))

    assert closed.state is SendingState.SENT
    assert conversations(puller_of(roundup))[issue].is_closed is True
    assert (absent.state, absent.reason) == (SendingState.REFUSED, "It is no longer there.")


def test_an_issue_that_was_taken_away_there_is_gone_here_when_all_is_read_again(roundup: Roundup) -> None:
    issue = roundup.add("issue", title="To be taken away")
    puller = puller_of(roundup)
    puller.known = {f"conversation:{key}" for key in conversations(puller)}
    roundup.ask("DELETE", f"issue/{issue}", If_Match=roundup.ask("GET", f"issue/{issue}")["@etag"])
    assert not [one for one in puller.records() if isinstance(one, DeletionRecord)]

    puller.cursors.clear()
    gone = [one for one in puller.records() if isinstance(one, DeletionRecord)]

    assert gone == [DeletionRecord(f"conversation:{issue}")]


def ask_until_refused(peer: Roundup) -> None:
    for _ in range(50):
        peer.ask("GET", "status")


@pytest.mark.slow
def test_its_too_many_requests_is_waited_out_and_everything_comes() -> None:
    with running_roundup(calls=3, seconds=12) as peer:
        puller = puller_of(peer)
        with pytest.raises(HTTPError, match="429"):
            ask_until_refused(peer)

        records = puller.records()

    assert {one.external_id for one in records if isinstance(one, CustomerRecord)} == {"1"}
    assert puller.waits


def test_a_stale_etag_really_is_refused_by_roundup(roundup: Roundup) -> None:
    """What our 412 stands on: the server itself refuses a change without the present ETag."""
    issue = roundup.add("issue", title="Contested")

    with pytest.raises(OSError, match="412"):
        roundup.ask("PATCH", f"issue/{issue}", {"@op": "replace", "title": "Mine"}, If_Match='"stale"')
