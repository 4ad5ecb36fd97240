"""Intercom's JSON as records: what is odd in it is understood or put aside, never a crash and never a lie."""

from __future__ import annotations

import copy
import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.peers.intercom_shapes import shown_company, shown_contact, shown_conversation
from tests.peers.intercom_world import IntercomWorld

from console.connectors.errors import RecordError
from console.connectors.kinds.intercom_bodies import as_html, words_of
from console.connectors.kinds.intercom_conversations import conversation_of
from console.connectors.kinds.intercom_customers import Known, company_of, customer_of, joined_of, note_of
from console.connectors.kinds.intercom_events import event_of, summary_events
from console.connectors.kinds.intercom_run import days_before
from console.connectors.kinds.intercom_values import plain_line
from console.domain.channels import OwnerKind
from console.domain.values import ValueKind, stored

odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.just("\ud800\x00"),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "name", "type", "data"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def _world() -> tuple[IntercomWorld, str, str, str]:
    world = IntercomWorld(clock=lambda: 1_790_000_000)
    acme = world.company(
        "Acme", website="https://acme.example/", plan={"type": "plan", "id": "1", "name": "Pro &amp; more"}
    )
    ada = world.contact(
        "Ada@Example.com",
        "Ada",
        tag_ids=[world.tag("vip")],
        company_ids=[acme],
        custom_attributes={"plan": "Pro", "n": 3},
    )
    talk = world.conversation(ada, "<p>Hello</p>", subject="Help")
    world.part(
        talk,
        "<p>Hi</p>",
        world.as_admin(),
        attachments=[{"type": "upload", "name": "a.pdf", "url": "https://x.example/a"}],
    )
    world.part(talk, "<p>Note</p>", world.as_admin(), kind="note")
    return world, ada, acme, talk


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [way] if way else []
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        found += _places(child, (*way, key))
    return found


def _with(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    made = copy.deepcopy(value)
    here = made
    for key in way[:-1]:
        here = here[key]
    here[way[-1]] = new
    return made


WORLD, ADA, ACME, TALK = _world()
CONTACT, COMPANY, CONVERSATION = shown_contact(WORLD, ADA), shown_company(WORLD, ACME), shown_conversation(WORLD, TALK)
KNOWN = Known({"2": "vip"}, workspace="acme0001")
NOTE = {"id": "1", "created_at": 1_790_000_000, "author": {"name": "Ravi"}, "body": "<p>Hi</p>"}
EVENT = {
    "id": "e1",
    "event_name": "exported",
    "created_at": 1_790_000_000,
    "metadata": {"rows": 5, "when_date": 1_790_000_000},
}
SUMMARY = {"name": "exported", "first": "2026-01-01T00:00:00.000+00:00", "last": "2026-02-01T00:00:00Z", "count": 4}


@settings(max_examples=400)
@given(st.data())
@pytest.mark.parametrize("kind", ["contact", "company", "conversation", "note", "event", "summary"])
def test_anything_odd_anywhere_is_understood_or_put_aside(kind: str, data: st.DataObject) -> None:
    whole, mapped = {
        "contact": (CONTACT, lambda raw: (customer_of(raw, KNOWN), joined_of(raw))),
        "company": (COMPANY, lambda raw: company_of(raw, KNOWN)),
        "conversation": (CONVERSATION, lambda raw: conversation_of(raw, KNOWN)),
        "note": (NOTE, lambda raw: note_of(raw, OwnerKind.CUSTOMER, "1")),
        "event": (EVENT, lambda raw: event_of(raw, "1")),
        "summary": (SUMMARY, lambda raw: summary_events(raw, "1", {})),
    }[kind]
    way = data.draw(st.sampled_from(_places(whole)))
    raw = _with(whole, way, data.draw(odd))

    try:
        found = mapped(raw)
    except RecordError:
        return
    assert not [one for one in _texts(found) if "\x00" in one or any("\ud800" <= sign <= "\udfff" for sign in one)]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if dataclasses.is_dataclass(value):
        return [text for one in dataclasses.fields(value) for text in _texts(getattr(value, one.name))]
    if isinstance(value, dict):
        return [text for pair in value.items() for one in pair for text in _texts(one)]
    return [text for one in value for text in _texts(one)] if isinstance(value, (tuple, list)) else []


def test_a_contact_in_our_words() -> None:
    ada = customer_of(CONTACT, KNOWN)

    assert (ada.external_id, ada.emails, ada.company_ids, ada.tags) == (ADA, ("ada@example.com",), (ACME,), ("vip",))
    assert ada.at == datetime.fromtimestamp(1_790_000_000, UTC)
    assert {name: stored(value) for name, value in ada.properties.items() if name in {"name", "plan", "n", "intercom_role"}} == {
        "name": "Ada", "plan": "Pro", "n": "3", "intercom_role": "user",
    }  # fmt: skip
    assert ada.segments is None


@pytest.mark.parametrize(
    ("website", "domains"),
    [
        ("https://www.acme.example/", ("acme.example",)),
        ("acme.example", ("acme.example",)),
        ("https://pages.example/acme", ()),
        ("not a website", ()),
        ("http://127.0.0.1", ()),
        ("https://[bad", ()),
    ],
)
def test_a_website_is_a_domain_only_where_it_is_all_of_one(website: str, domains: tuple[str, ...]) -> None:
    assert company_of({**COMPANY, "website": website}, KNOWN).domains == domains


@pytest.mark.parametrize("email", ["", None, "not an address"])
def test_a_contact_without_an_address_is_normal(email: str | None) -> None:
    assert customer_of({**CONTACT, "email": email}, KNOWN).emails == ()


def test_attachments_are_named_and_left_at_intercom() -> None:
    record = conversation_of(CONVERSATION, KNOWN).record

    assert record.messages[1].warnings == ("Attached, and kept by Intercom: a.pdf.",)


def test_an_amount_of_money_in_an_event_and_its_times() -> None:
    event = event_of(
        {**EVENT, "metadata": {"price": {"amount": 349, "currency": "eur"}, "due_date": 1_790_000_000}}, "1"
    )

    assert event.metadata["price"].content == "3.49 EUR"
    assert event.metadata["due_date"].kind is ValueKind.DATETIME


def test_names_are_read_as_text() -> None:
    assert plain_line("Phone &amp; SMS <b>team</b>\n") == "Phone & SMS team"


@given(st.text(max_size=60))
def test_what_is_sent_says_the_same_words_when_it_comes_back(text: str) -> None:
    assert words_of(as_html(text)) == words_of(as_html(" ".join(text.split()))) or not text.strip()


def test_two_days_are_asked_for_by_the_day_of_the_zone() -> None:
    from zoneinfo import ZoneInfo

    at = int(datetime(2026, 11, 21, 11, 30, tzinfo=UTC).timestamp())  # the 22nd in Kiritimati, the 21st in Los Angeles
    days = {
        zone: datetime.fromtimestamp(days_before(at, ZoneInfo(zone)), ZoneInfo(zone)).date().isoformat()
        for zone in ("Pacific/Kiritimati", "America/Los_Angeles")
    }

    assert days == {"Pacific/Kiritimati": "2026-11-20", "America/Los_Angeles": "2026-11-19"}
    assert days_before(0, UTC) == 0


@pytest.mark.parametrize("key", ["../contacts/1", "1/tags", "1?x=y", "1#x", "..", "a b", "%2e%2e", "\\", ""])
def test_an_id_that_would_lead_to_another_address_is_no_id(key: str) -> None:
    with pytest.raises(RecordError):
        customer_of({**CONTACT, "id": key}, KNOWN)
