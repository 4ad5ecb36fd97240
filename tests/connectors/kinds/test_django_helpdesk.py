"""A teammate's own manifest against a real django-helpdesk: its pages of two, its follow-ups, what goes back to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from threading import Event

import pytest
from tests.connectors.rest.pulled import Puller
from tests.peers.django_helpdesk import NAME, PASSWORD, DjangoHelpdesk, running_django_helpdesk

from console.connectors.contract import Speaking
from console.connectors.errors import SourceError
from console.connectors.kinds.registry import connector_called
from console.domain.channels import OwnerKind
from console.domain.outbox import Sending, SendingState, Settled, WriteKind
from console.domain.records import ConversationRecord, CustomerRecord, NoteRecord

pytestmark = pytest.mark.peer
CONNECTOR = connector_called("rest")
MANIFEST = """\
manifest: 1
name: django-helpdesk
title: django-helpdesk
brings: Tickets with their follow-ups
tried: Tried against django-helpdesk itself.
fields:
  - {name: base_url, label: Address, kind: url}
  - {name: username, label: Sign-in name}
  - {name: password, label: Password, kind: secret}
address: "{base_url}"
sign_in: {kind: basic, name: "{username}"}
check: {path: helpdesk/api/tickets/, sentence: "It answers and holds {count} tickets."}
streams:
  - name: tickets
    path: helpdesk/api/tickets/
    params: {page_size: 2}
    records: results
    paging: {kind: next, at: next, total: count}
    map:
      - {as: customer, id: submitter_email, emails: submitter_email}
      - as: conversation
        id: id
        subject: title
        customer: submitter_email
        closed: {path: status, is: [3, 4, 5]}
        messages:
          - {records: followup_set, id: id, at: date, text: comment, note: {path: public, is: "false"}, by: {customer: {path: title, is: Ticket Opened}}}
writes:
  reply:
    path: helpdesk/api/followups/
    body: {ticket: "{id}", title: Reply, comment: "{text}", public: true}
    receipt: id
    probe: {path: "helpdesk/api/tickets/{id}/", records: followup_set, text: comment, at: date, id: id}
  state:
    before: {path: "helpdesk/api/tickets/{id}/"}
    theirs: status
    method: PATCH
    path: "helpdesk/api/tickets/{id}/"
    values: {state: {open: 2, closed: 4}}
    body: {status: "{state}"}
"""


@pytest.fixture(scope="module")
def desk() -> Iterator[DjangoHelpdesk]:
    with running_django_helpdesk() as peer:
        yield peer


def puller_of(peer: DjangoHelpdesk) -> Puller:
    given = {"manifest": MANIFEST, "base_url": peer.address, "further": f"username={NAME}", "allow_private": "yes"}
    return Puller(CONNECTOR, CONNECTOR.settings_of(given)[0], PASSWORD)


def pushed(
    peer: DjangoHelpdesk, kind: WriteKind, number: str, body: Mapping[str, object]
) -> tuple[Settled, Settled | None]:
    speaking = Speaking(puller_of(peer).settings, PASSWORD, Event())
    sending = Sending("op-1", kind, OwnerKind.CONVERSATION, number, body, datetime.now(UTC))
    return CONNECTOR.push(speaking, sending), CONNECTOR.probe(speaking, sending)


def test_tickets_of_several_pages_come_with_their_follow_ups(desk: DjangoHelpdesk) -> None:
    numbers = [desk.ticket(f"Ticket {place}", f"Words {place}") for place in range(5)]
    desk.ask("POST", "followups/", {"ticket": numbers[0], "title": "Note", "comment": "Between us", "public": False})

    records = puller_of(desk).records()

    talks = {one.external_id: one for one in records if isinstance(one, ConversationRecord)}
    assert set(numbers) <= set(talks)
    assert [one.text for one in talks[numbers[0]].messages] == ["Words 0"]
    assert [one.text for one in records if isinstance(one, NoteRecord)] == ["Between us"]
    assert {one.emails for one in records if isinstance(one, CustomerRecord)} == {("lena@example.com",)}


def test_a_reply_and_a_closing_go_back_and_a_wrong_password_is_refused(desk: DjangoHelpdesk) -> None:
    number = desk.ticket("A question", "How?")

    reply, found = pushed(desk, WriteKind.REPLY, number, {"text": "Like this."})
    closed, _nothing = pushed(desk, WriteKind.STATE, number, {"state": "closed"})

    there = desk.ask("GET", f"tickets/{number}/")
    assert (reply.state, closed.state) == (SendingState.SENT, SendingState.SENT)
    assert found == Settled(SendingState.SENT, receipt=reply.receipt)
    assert "Like this." in [one["comment"] for one in there["followup_set"]]
    assert there["status"] == 4
    with pytest.raises(SourceError):
        CONNECTOR.check(puller_of(desk).settings, "wrong")
