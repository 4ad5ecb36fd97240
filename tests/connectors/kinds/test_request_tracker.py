"""Request Tracker by its manifest, against a real one: its histories, merged tickets, its 412, its yes to everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from threading import Event

import pytest
from tests.connectors.rest.pulled import Puller
from tests.peers.request_tracker import NAME, PASSWORD, RequestTracker, running_request_tracker

from console.connectors.contract import Speaking
from console.connectors.errors import SourceError
from console.connectors.kinds.registry import connector_called
from console.domain.channels import AuthorKind, OwnerKind
from console.domain.outbox import Sending, SendingState, WriteKind
from console.domain.records import ConversationRecord, CustomerRecord, DeletionRecord, NoteRecord

pytestmark = [pytest.mark.peer, pytest.mark.timeout(120)]
CONNECTOR = connector_called("request-tracker")


@pytest.fixture(scope="module")
def tracker() -> Iterator[RequestTracker]:
    with running_request_tracker() as peer:
        peer.person("lena", RealName="Lena Sommer", Organization="Sommer AG")
        yield peer


def puller_of(peer: RequestTracker) -> Puller:
    given = {"base_url": peer.address, "username": NAME, "allow_private": "yes"}
    return Puller(CONNECTOR, CONNECTOR.settings_of(given)[0], PASSWORD)


def speaking(peer: RequestTracker) -> Speaking:
    return Speaking(puller_of(peer).settings, PASSWORD, Event())


def sending(
    kind: WriteKind, target: str, body: Mapping[str, object], base: Mapping[str, object] | None = None
) -> Sending:
    owner = OwnerKind.CUSTOMER if kind is WriteKind.PROPERTY else OwnerKind.CONVERSATION
    return Sending("op-1", kind, owner, target, body, datetime.now(UTC), base)


def conversation(puller: Puller, number: str) -> ConversationRecord:
    return next(one for one in puller.records() if isinstance(one, ConversationRecord) and one.external_id == number)


def test_it_is_tried_out_and_a_wrong_password_is_refused(tracker: RequestTracker) -> None:
    found = CONNECTOR.check(puller_of(tracker).settings, PASSWORD)

    assert dict(found.facts)["Version"].startswith("5.")
    with pytest.raises(SourceError, match="sign-in"):
        CONNECTOR.check(puller_of(tracker).settings, "wrong")


def test_people_and_tickets_with_everything_written_come_and_then_only_what_changed(tracker: RequestTracker) -> None:
    number = tracker.ticket("Printing fails", "lena@example.com", "It does not print.\n<b>not HTML</b>")
    own = tracker.ticket("My own", NAME, "I ask myself.")
    tracker.ask(
        "POST",
        f"ticket/{number}/correspond",
        {"Content": "<p>Try <b>it</b><script>x()</script></p>", "ContentType": "text/html"},
    )
    tracker.ask("POST", f"ticket/{number}/comment", {"Content": "between us", "ContentType": "text/plain"})
    puller = puller_of(tracker)

    records = puller.records()

    people = {one.external_id: one for one in records if isinstance(one, CustomerRecord)}
    assert people["lena"].emails == ("lena@example.com",)
    assert (people["lena"].properties["name"].content, people["lena"].properties["organisation"].content) == (
        "Lena Sommer",
        "Sommer AG",
    )
    assert "Nobody" not in people
    talks = {one.external_id: one for one in records if isinstance(one, ConversationRecord)}
    assert (talks[number].subject, talks[number].customer_id) == ("Printing fails", "lena")
    assert [(one.text, one.html) for one in talks[number].messages] == [
        ("It does not print.\n<b>not HTML</b>", None),
        ("Try it", "<p>Try <b>it</b></p>"),
    ]
    assert [one.author_kind for one in talks[number].messages] == [AuthorKind.TEAMMATE] * 2
    assert [one.author_kind for one in talks[own].messages] == [AuthorKind.CUSTOMER]
    notes = [one for one in records if isinstance(one, NoteRecord) and one.owner_id == number]
    assert [(one.text, one.author) for one in notes] == [("between us", "Enoch Root")]

    tracker.ask("PUT", f"ticket/{own}", {"Status": "resolved"})
    later = {one.external_id: one for one in puller.records() if isinstance(one, ConversationRecord)}

    # Los Angeles is behind: a time written without care would lie in the future there, and nothing would come.
    assert later[own].is_closed is True


def test_a_ticket_merged_into_another_is_gone_and_its_words_stand_in_the_other(tracker: RequestTracker) -> None:
    stays = tracker.ticket("Stays", "lena@example.com", "First.")
    goes = tracker.ticket("Goes", "lena@example.com", "Second.")
    puller = puller_of(tracker)
    puller.records()
    tracker.ask("PUT", f"ticket/{goes}", {"MergeInto": stays})

    records = puller.records()

    assert DeletionRecord(f"conversation:{goes}") in records
    whole = next(one for one in records if isinstance(one, ConversationRecord) and one.external_id == stays)
    assert {one.text for one in whole.messages} == {"First.", "Second."}


def test_people_of_several_pages_all_come(tracker: RequestTracker) -> None:
    made = tracker.people(101)
    puller = puller_of(tracker)
    puller.streams_off = frozenset({"conversations"})

    assert made <= {one.external_id for one in puller.records() if isinstance(one, CustomerRecord)}


def test_a_reply_and_a_note_arrive_once_and_are_found_again(tracker: RequestTracker) -> None:
    number = tracker.ticket("A question", "lena@example.com", "How?")
    reply = sending(WriteKind.REPLY, number, {"text": "Try it\nonce more."})
    note = sending(WriteKind.NOTE, number, {"text": "She is patient."})

    assert CONNECTOR.probe(speaking(tracker), reply) is None
    settled = [CONNECTOR.push(speaking(tracker), one) for one in (reply, note)]

    assert [one.state for one in settled] == [SendingState.SENT] * 2
    assert "/transaction/" in settled[0].receipt
    records = puller_of(tracker).records()
    talk = next(one for one in records if isinstance(one, ConversationRecord) and one.external_id == number)
    assert [one.text for one in talk.messages] == ["How?", "Try it\nonce more."]
    assert [one.text for one in records if isinstance(one, NoteRecord) and one.owner_id == number] == [
        "She is patient."
    ]
    probed = CONNECTOR.probe(speaking(tracker), reply)
    assert probed is not None
    assert probed.state is SendingState.SENT


def test_a_ticket_is_closed_and_given_to_somebody_and_an_owner_whom_rt_does_not_know_is_refused(
    tracker: RequestTracker,
) -> None:
    number = tracker.ticket("To be closed", "lena@example.com", "Please.")

    taken = CONNECTOR.push(speaking(tracker), sending(WriteKind.ASSIGNMENT, number, {"teammate": NAME}))
    closed = CONNECTOR.push(speaking(tracker), sending(WriteKind.STATE, number, {"state": "closed"}))
    unknown = CONNECTOR.push(speaking(tracker), sending(WriteKind.ASSIGNMENT, number, {"teammate": "nobody-here"}))
    absent = CONNECTOR.push(speaking(tracker), sending(WriteKind.STATE, "99999", {"state": "closed"}))

    there = tracker.ask("GET", f"ticket/{number}")
    assert (taken.state, closed.state) == (SendingState.SENT, SendingState.SENT)
    assert (there["Status"], there["Owner"]["id"]) == ("resolved", NAME)
    # RT itself said 200 to this.
    assert (unknown.state, "does not exist" in unknown.reason) == (SendingState.REFUSED, True)
    assert (absent.state, absent.reason) == (SendingState.REFUSED, "It is no longer there.")


def test_a_property_that_was_changed_there_meanwhile_is_a_conflict_with_both_values(tracker: RequestTracker) -> None:
    tracker.person("omar", Organization="Old")
    edit = {"name": "organisation", "value": "Ours", "kind": "string"}

    taken = CONNECTOR.push(speaking(tracker), sending(WriteKind.PROPERTY, "omar", edit, {"value": "Old"}))
    tracker.ask("PUT", "user/omar", {"Organization": "Theirs"})
    refused = CONNECTOR.push(
        speaking(tracker), sending(WriteKind.PROPERTY, "omar", {**edit, "value": "New"}, {"value": "Ours"})
    )

    assert taken.state is SendingState.SENT
    assert (refused.state, dict(refused.theirs)) == (SendingState.CONFLICT, {"organisation": "Theirs"})
    assert tracker.ask("GET", "user/omar")["Organization"] == "Theirs"


def test_a_stale_etag_really_is_refused_by_rt_and_a_fresh_one_is_not(tracker: RequestTracker) -> None:
    """What our 412 stands on: the server itself refuses a change that was made on something older."""
    number = tracker.ticket("Contested", "lena@example.com", "Mine!")

    with pytest.raises(OSError, match="412"):
        tracker.ask("PUT", f"ticket/{number}", {"Subject": "Mine"}, If_Match='"1"')
    assert tracker.ask("GET", f"ticket/{number}")["Subject"] == "Contested"
