"""The Intercom connector before a stranger: its requests have the right shape, and lists without an end have one here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.connectors.kinds.intercom_asking import Console, of_kind, sending
from tests.peers.intercom_server import running_intercom
from tests.peers.prism import running_prism

from console.connectors.errors import ConnectorError, TemporaryError
from console.connectors.kinds.intercom import CONNECTOR
from console.domain.channels import OwnerKind
from console.domain.outbox import SendingState, WriteKind
from console.domain.records import CompanyRecord, ConversationRecord

pytestmark = [pytest.mark.peer, pytest.mark.slow]

TALK, CUSTOMER, COMPANY = OwnerKind.CONVERSATION, OwnerKind.CUSTOMER, OwnerKind.COMPANY
KEY = "6762f0d01bb69f9f2193bb7d"
UNTIL = "2027-01-04T09:00:00+00:00"


@pytest.fixture(scope="module")
def prism() -> Iterator[str]:
    with running_prism() as address:
        yield address


@pytest.fixture
def console(prism: str) -> Iterator[Console]:
    with running_intercom() as unused:
        yield Console(unused, base_url=prism)


def test_it_is_connected_to(console: Console) -> None:
    found = CONNECTOR.check(console.settings, "token")

    assert ("Time zone", "America/Los_Angeles") in found.facts


def test_a_scroll_without_an_end_ends_in_a_visible_error(console: Console) -> None:
    pages = []

    with pytest.raises(TemporaryError, match="again and again"):
        pages.extend(console.pages_of_a_pull())

    assert of_kind(pages, CompanyRecord)
    assert "companies" not in {page.stream for page in pages if page.cursor}


def test_a_list_whose_next_page_is_always_itself_ends_in_a_visible_error(console: Console) -> None:
    console.off = frozenset({"companies"})
    pages = []

    with pytest.raises(TemporaryError, match="again and again"):
        pages.extend(console.pages_of_a_pull())

    assert of_kind(pages, ConversationRecord)


@pytest.mark.parametrize(
    ("kind", "target_kind", "target", "body"),
    [
        (WriteKind.REPLY, TALK, "123", {"text": "Hello"}),
        (WriteKind.NOTE, TALK, "123", {"text": "Hello"}),
        (WriteKind.NOTE, COMPANY, KEY, {"text": "Hello"}),
        (WriteKind.TAG, CUSTOMER, KEY, {"tag": "Manual tag 1"}),
        (WriteKind.TAG, TALK, "123", {"tag": "Manual tag 1"}),
        (WriteKind.UNTAG, CUSTOMER, KEY, {"tag": "Manual tag 1"}),
        (WriteKind.UNTAG, TALK, "123", {"tag": "Manual tag 1"}),
        (WriteKind.STATE, TALK, "123", {"state": "closed"}),
        (WriteKind.STATE, TALK, "123", {"state": "open"}),
        (WriteKind.STATE, TALK, "123", {"state": "snoozed", "until": UNTIL}),
        (WriteKind.ASSIGNMENT, TALK, "123", {"teammate": None}),
        (WriteKind.PROPERTY, CUSTOMER, KEY, {"name": "phone", "kind": "phone", "value": "+1 555 0100"}),
        (WriteKind.PROPERTY, COMPANY, KEY, {"name": "plan", "kind": "choice", "value": "Pro"}),
    ],
)
def test_what_is_written_has_the_shape_that_the_description_asks_for(
    console: Console, kind: WriteKind, target_kind: OwnerKind, target: str, body: dict[str, object]
) -> None:
    # Left out: notes on contacts (described with a number as id) and tags of companies (described so that two forms fit one).
    assert console.push(sending(kind, target, target_kind, **body)).state is SendingState.SENT


def test_answers_of_random_shape_end_in_pages_or_in_an_error_for_people(console: Console) -> None:
    ended = list[str]()
    with running_prism(dynamic=True) as address:
        console.base_url = address
        for off in ({"companies"}, {"companies", "customers"}, {"customers"}, {"conversations"}):
            console.off, console.cursors = frozenset(off), {}
            try:
                ended.append(f"{len(console.pull())} pages")
            except ConnectorError as error:
                ended.append(error.what)

    assert len(ended) == 4
    assert all(ended)
