"""Edits go out as a manifest says; what happened to them is told truthfully."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
from tests.connectors.hostile_server import Asked, HostileServer, Reply
from tests.connectors.rest.manifests import customers, with_streams
from tests.connectors.rest.pulled import Answering, server_of

from console.connectors.contract import Connector, Speaking
from console.connectors.errors import SourceError, TemporaryError, UncertainError
from console.connectors.rest.described import connector_of
from console.connectors.rest.reading import manifest_of
from console.domain.channels import OwnerKind
from console.domain.outbox import Sending, SendingState, Settled, WriteKind

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
WRITES = """\
writes:
  reply:
    path: "chats/{id}/messages"
    body: {content: "{html}", marked: "{op_id}"}
    receipt: message.id
    probe: {path: "chats/{id}/messages", records: items, text: content, at: at, id: id}
  property:customer:
    before: {path: "customers/{id}"}
    theirs: "custom.{name}"
    if_match: true
    method: PATCH
    path: "customers/{id}"
    names: {plan: tariff}
    body: {custom: {"{name}": "{value}"}}
  tag:
    before: {path: "chats/{id}/labels"}
    method: PUT
    path: "chats/{id}/labels"
    body: {labels: {added_to: "{current.labels}", value: "{tag}"}}
  untag:
    method: DELETE
    path: "chats/{id}/labels/{tag}"
    done: [404]
  state:
    path: "chats/{id}/state"
    values: {state: {closed: resolved}}
    body: {state: "{state}", until: "{until}"}
"""
CONNECTOR = connector_of(manifest_of(with_streams(customers(), WRITES)))


def speaking(server: HostileServer) -> Speaking:
    return Speaking({"base_url": server.address, "allow_private": "yes"}, "s3cret", Event())


def sending(kind: WriteKind, body: Mapping[str, object], base: Mapping[str, object] | None = None) -> Sending:
    owner = OwnerKind.CUSTOMER if kind is WriteKind.PROPERTY else OwnerKind.CONVERSATION
    return Sending("op-7", kind, owner, "a/1", body, AT, base, "Mia")


def pushed(answering: Answering, what: Sending, connector: Connector = CONNECTOR) -> tuple[Settled, list[Asked]]:
    with server_of(answering) as server:
        return connector.push(speaking(server), what), server.asked


REPLY = sending(WriteKind.REPLY, {"text": "Hello <you>\nBye", "by": "Mia"})


def test_a_reply_goes_out_once_with_its_words_as_text_and_gives_its_receipt() -> None:
    settled, asked = pushed(lambda *_: (201, {"message": {"id": 55}}), REPLY)

    assert (settled.state, settled.receipt) == (SendingState.SENT, "55")
    assert [(one.method, one.target) for one in asked] == [("POST", "/chats/a%2F1/messages")]
    assert asked[0].json() == {"content": "<p>Hello &lt;you&gt;</p><p>Bye</p>", "marked": "op-7"}


def test_what_is_refused_is_told_in_the_sources_own_words() -> None:
    settled, _ = pushed(lambda *_: (422, {"errors": [], "error": {"message": "Chat is  archived"}}), REPLY)

    assert settled.state is SendingState.REFUSED
    assert settled.reason == "The source refused it (status 422: Chat is archived)."


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_no_longer_there_is_refused(status: int) -> None:
    settled, _ = pushed(lambda *_: (status, {}), REPLY)

    assert (settled.state, settled.reason) == (SendingState.REFUSED, "It is no longer there.")


def test_a_reply_that_was_not_answered_is_uncertain_and_asked_for_once() -> None:
    hangs_up: Reply = lambda connection, _asked: connection.close()  # noqa: E731 one line says it
    with HostileServer(hangs_up) as server:
        with pytest.raises(UncertainError):
            CONNECTOR.push(speaking(server), REPLY)
        assert len(server.asked) == 1


def test_a_revoked_key_is_for_somebody_to_mend() -> None:
    with pytest.raises(SourceError):
        pushed(lambda *_: (401, {}), REPLY)


def messages(*items: Mapping[str, Any]) -> Answering:
    return lambda *_: {"items": list(items)}


def probed(answering: Answering, what: Sending = REPLY) -> Settled | None:
    with server_of(answering) as server:
        return CONNECTOR.probe(speaking(server), what)


def test_a_probe_finds_the_same_words_that_came_after_the_edit_and_nothing_else() -> None:
    there = {"id": 9, "content": "<div>Hello &lt;you&gt;<br>\n Bye</div>", "at": "2026-11-22T10:00:03Z"}
    earlier = {**there, "at": "2026-11-21T10:00:03Z"}
    other = {**there, "content": "Hello"}
    odd = {"id": [], "content": {"x": 1}, "at": "never"}

    assert probed(messages(odd, earlier, other)) is None
    found = probed(messages(odd, earlier, other, there))
    assert found == Settled(SendingState.SENT, receipt="9")
    with pytest.raises(TemporaryError):
        probed(lambda *_: (500, {}))


def test_a_probe_passes_over_what_another_sending_has_become() -> None:
    """Two answers may have the same words: the first one that went is no proof of the second."""
    first = {"id": 9, "content": "Hello &lt;you&gt; Bye", "at": "2026-11-22T10:00:03Z"}
    second = {**first, "id": 10}
    again = replace(REPLY, taken=frozenset({"9"}))

    assert probed(messages(first), again) is None
    assert probed(messages(first, second), again) == Settled(SendingState.SENT, receipt="10")


def test_without_a_version_to_match_nothing_is_written_where_one_is_needed() -> None:
    def without_version(_path: str, _query: Mapping[str, str], asked: Asked) -> Any:
        return {"custom": {"tariff": "free"}} if asked.method == "GET" else {}

    settled, asked = pushed(without_version, plan("pro", {"value": "free"}))

    assert settled.state is SendingState.REFUSED
    assert [one.method for one in asked] == ["GET"]


def held(value: object, status: int = 200) -> Answering:
    def answering(_path: str, _query: Mapping[str, str], asked: Asked) -> Any:
        if asked.method == "GET":
            return 200, {"custom": {"tariff": value}}, {"ETag": '"v7"'}
        return status, {}

    return answering


def plan(value: str | None, base: Mapping[str, object] | None = None) -> Sending:
    return sending(WriteKind.PROPERTY, {"name": "plan", "value": value, "kind": "string"}, base)


def test_a_property_goes_out_under_its_name_there_with_the_etag() -> None:
    settled, asked = pushed(held("free"), plan("pro", {"value": "free"}))

    assert settled.state is SendingState.SENT
    assert asked[1].headers["if-match"] == '"v7"'
    assert asked[1].json() == {"custom": {"tariff": "pro"}}


def test_a_property_that_is_taken_away_is_null_there() -> None:
    _settled, asked = pushed(held("free"), plan(None, {"value": "free"}))

    assert asked[1].json() == {"custom": {"tariff": None}}


def test_numbers_and_truths_go_out_as_such() -> None:
    for kind, value, written in (("number", "12.5", 12.5), ("number", "3", 3), ("boolean", "true", True)):
        what = sending(WriteKind.PROPERTY, {"name": "plan", "value": value, "kind": kind})
        _settled, asked = pushed(held(None), what)
        assert asked[1].json() == {"custom": {"tariff": written}}


def test_what_was_changed_there_meanwhile_is_a_conflict_with_their_value_and_nothing_is_written() -> None:
    settled, asked = pushed(held("enterprise"), plan("pro", {"value": "free"}))

    assert (settled.state, dict(settled.theirs)) == (SendingState.CONFLICT, {"plan": "enterprise"})
    assert [one.method for one in asked] == ["GET"]


def test_what_says_already_what_we_want_is_no_conflict() -> None:
    settled, _ = pushed(held("pro"), plan("pro", {"value": "free"}))

    assert settled.state is SendingState.SENT


@pytest.mark.parametrize("status", [409, 412])
def test_a_stale_version_is_a_conflict_with_what_they_have_now(status: int) -> None:
    settled, _ = pushed(held("free", status), plan("pro", {"value": "free"}))

    assert (settled.state, dict(settled.theirs)) == (SendingState.CONFLICT, {"plan": "free"})


def test_a_tag_is_added_to_those_that_are_there() -> None:
    def answering(_path: str, _query: Mapping[str, str], asked: Asked) -> Any:
        return {"labels": ["vip"]} if asked.method == "GET" else {}

    _settled, asked = pushed(answering, sending(WriteKind.TAG, {"tag": "late"}))
    again, known = pushed(answering, sending(WriteKind.TAG, {"tag": "vip"}))

    assert asked[1].json() == {"labels": ["vip", "late"]}
    assert (again.state, known[1].json()) == (SendingState.SENT, {"labels": ["vip"]})


def test_a_tag_that_is_gone_already_is_taken_off_and_cannot_leave_its_place_in_the_path() -> None:
    settled, asked = pushed(lambda *_: (404, {}), sending(WriteKind.UNTAG, {"tag": "../../all"}))

    assert settled.state is SendingState.SENT
    assert asked[0].target == "/chats/a%2F1/labels/..%2F..%2Fall"


def test_our_words_become_theirs_and_what_is_not_said_is_left_out() -> None:
    _settled, asked = pushed(lambda *_: {}, sending(WriteKind.STATE, {"state": "closed", "until": None}))

    assert asked[0].json() == {"state": "resolved"}


def test_what_the_source_does_not_take_is_refused_without_a_request() -> None:
    settled, asked = pushed(lambda *_: {}, sending(WriteKind.ASSIGNMENT, {"teammate": "Mia"}))

    assert settled.state is SendingState.REFUSED
    assert asked == []
