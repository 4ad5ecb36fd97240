"""However a source says "wait", it is waited, never longer than a quarter of an hour, and ``stop`` ends it (P26)."""

from __future__ import annotations

import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.connectors.hostile_server import Asked, HostileServer, Reply, send_json
from tests.connectors.test_http import client_of

from console.connectors.errors import SourceError, TemporaryError, UncertainError
from console.connectors.http import Auth, StoppedError
from console.connectors.http_waits import wait_asked, wait_before_next

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
IN_TWENTY = NOW + timedelta(seconds=20)


def own_key() -> Auth:
    """A credential nobody used before, and so a governor of its own."""
    return Auth.bearer(uuid4().hex)


@pytest.mark.parametrize(
    "headers",
    [
        {"retry-after": "20"},
        {"retry-after": "20.0"},
        {"retry-after": format_datetime(IN_TWENTY, usegmt=True)},
        {"retry-after": IN_TWENTY.isoformat()},
        {"retry-after": str(int(IN_TWENTY.timestamp()))},
        {"x-ratelimit-reset": str(int(IN_TWENTY.timestamp()))},
        {"x-ratelimit-reset": f"{IN_TWENTY.timestamp():.3f}"},
        {"x-ratelimit-reset": str(int(IN_TWENTY.timestamp() * 1000))},
        {"x-ratelimit-reset": "20.5"},
        {"ratelimit-reset": "20"},
        {"x-ratelimit-retry-after": "20"},
        {"retry-after": "soon", "x-ratelimit-reset": "20"},
    ],
)
def test_twenty_seconds_are_understood_in_every_form(headers: dict[str, str]) -> None:
    assert 20 <= wait_asked(headers, NOW) <= 20.5 * 1.1


@pytest.mark.parametrize(
    "text", ["99999999", "1e9999", "inf", "Fri, 31 Dec 2999 23:59:59 GMT", "4102444800", "4102444800000", "2999-01-01"]
)
def test_nobody_waits_longer_than_a_quarter_of_an_hour(text: str) -> None:
    assert wait_asked({"retry-after": text}, NOW) <= 900


@pytest.mark.parametrize("text", ["", "garbage", "-5", "NaN", "0", "Thu, 01 Jan 1970 00:00:00 GMT", "31/12/2026", "٣"])
def test_garbage_and_the_past_are_a_short_wait(text: str) -> None:
    assert 1 <= wait_asked({"retry-after": text}, NOW) <= 33


@given(st.text(max_size=40))
def test_any_text_at_all_is_some_wait_in_bounds(text: str) -> None:
    assert 1 <= wait_asked({"retry-after": text, "x-ratelimit-reset": text}, NOW) <= 900


def test_not_everybody_comes_back_in_the_same_moment() -> None:
    waits = {round(wait_asked({"retry-after": "100"}, NOW), 6) for _ in range(50)}

    assert len(waits) > 10
    assert 100 <= min(waits) <= max(waits) <= 110


@pytest.mark.parametrize(
    ("headers", "is_waiting"),
    [
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "7.5"}, True),
        ({"x-ratelimit-remaining": "1", "x-ratelimit-reset": "7.5"}, False),
        ({"x-ratelimit-remaining": "0"}, False),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "3"}, True),
        ({"x-hubspot-ratelimit-remaining": "0", "x-hubspot-ratelimit-interval-milliseconds": "10000"}, True),
        ({"x-left": "0", "x-anew": "9"}, True),
        ({}, False),
    ],
)
def test_what_is_left_is_looked_at_before_a_source_has_to_refuse(headers: dict[str, str], is_waiting: bool) -> None:
    assert (wait_before_next(headers, NOW, (("x-left", "x-anew"),)) > 0) is is_waiting


def refusing(times: int, status: int = 429, **headers: str) -> tuple[list[float], Reply]:
    moments: list[float] = []

    def reply(connection: socket.socket, _asked: Asked) -> None:
        moments.append(time.monotonic())
        if len(moments) <= times:
            send_json(connection, {}, status, **headers)
        else:
            send_json(connection, "done")

    return moments, reply


@pytest.mark.parametrize("status", [429, 503])
def test_too_many_requests_are_waited_out_and_counted(status: int) -> None:
    moments, reply = refusing(2, status, Retry_After="1")
    waits: list[float] = []
    with HostileServer(reply) as server, client_of(server, own_key(), count_wait=waits.append) as client:
        assert client.get("x").json() == "done"

    assert len(moments) == 3
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 1
    assert len(waits) == 2


def test_a_write_that_was_too_many_is_sent_again_since_it_was_not_taken() -> None:
    moments, reply = refusing(1, Retry_After="1")
    with HostileServer(reply) as server, client_of(server, own_key()) as client:
        assert client.post("x", json={"a": 1}).json() == "done"
    assert len(moments) == 2


def test_a_write_that_found_the_source_unavailable_is_uncertain_and_never_sent_again() -> None:
    moments, reply = refusing(1, 503, Retry_After="1")
    with HostileServer(reply) as server, client_of(server, own_key()) as client, pytest.raises(UncertainError):
        client.post("x", json={"a": 1})
    assert len(moments) == 1


def test_a_long_wait_is_handed_back_with_its_time_instead_of_being_sat_out() -> None:
    moments, reply = refusing(9, Retry_After="99999999")
    with HostileServer(reply) as server:
        key = own_key()
        with client_of(server, key) as client:
            with pytest.raises(TemporaryError) as first:
                client.get("x")
            with pytest.raises(TemporaryError):
                client.get("x")
        assert len(moments) == 1
        with client_of(server, key) as asked_anew, pytest.raises(TemporaryError):
            asked_anew.get("x")

    assert len(moments) == 2
    assert first.value.retry_at is not None
    assert first.value.retry_at - datetime.now(UTC) <= timedelta(minutes=15)


def test_all_who_use_one_credential_wait_and_another_credential_does_not() -> None:
    key, replies = own_key(), {"limited": 0}

    def reply(connection: socket.socket, asked: Asked) -> None:
        if asked.headers["authorization"] == key.headers[0][1] and not replies["limited"]:
            replies["limited"] = 1
            send_json(connection, 1, X_RateLimit_Remaining="0", X_RateLimit_Reset="1.5")
        else:
            send_json(connection, 2)

    waits: list[float] = []
    with HostileServer(reply) as server:
        with client_of(server, key) as one:
            one.get("x")
        with client_of(server, own_key(), count_wait=lambda _: waits.append(-1)) as stranger:
            stranger.get("x")
        with client_of(server, key, count_wait=waits.append) as other:
            other.get("x")

    assert len(waits) == 1
    assert waits[0] > 1


def test_the_pace_that_a_vendor_asks_for_is_kept() -> None:
    moments, reply = refusing(0)
    with HostileServer(reply) as server, client_of(server, own_key(), seconds_between=0.3) as client:
        for _ in range(4):
            client.get("x")

    assert moments[-1] - moments[0] >= 0.5


def test_stop_ends_a_wait_within_a_second() -> None:
    stop = threading.Event()
    _moments, reply = refusing(9, Retry_After="40")
    with (
        HostileServer(reply) as server,
        client_of(server, own_key(), stop=stop, count_wait=lambda _: stop.set()) as client,
    ):
        began = time.monotonic()
        with pytest.raises(StoppedError):
            client.get("x")
        assert time.monotonic() - began < 20


def test_who_no_longer_may_ask_is_not_asked_for_again_and_again() -> None:
    moments, reply = refusing(9, 401)
    with (
        HostileServer(reply) as server,
        client_of(server, own_key()) as client,
        pytest.raises(SourceError, match="Sign in again"),
    ):
        client.get("x")
    assert len(moments) == 1
