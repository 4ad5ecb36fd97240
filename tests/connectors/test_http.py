"""Requests to a source as the source sees them, over real connections of this machine."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from tests.connectors.hostile_server import Asked, HostileServer, send, send_json

from console.connectors.errors import SourceError, TemporaryError, UncertainError
from console.connectors.http import Auth, Client, StoppedError


def client_of(server: HostileServer, auth: Auth | None = None, **more: object) -> Client:
    return Client(server.address, auth=auth or Auth.bearer("s3cret"), allow_private=True, **more)  # pyright: ignore[reportArgumentType]  the tests name only arguments it has


def echo(connection: socket.socket, asked: Asked) -> None:
    send_json(connection, {"target": asked.target, "method": asked.method})


def test_a_get_carries_the_credential_and_its_parameters_and_gives_the_json() -> None:
    with HostileServer(echo) as server, client_of(server) as client:
        answer = client.get("/things", params={"page": 2, "q": "a b"})

    assert answer.status == 200
    assert answer.json() == {"target": "/things?page=2&q=a+b", "method": "GET"}
    assert server.asked[0].headers["authorization"] == "Bearer s3cret"


@pytest.mark.parametrize(
    ("auth", "name", "value"),
    [
        (Auth.basic("ada", "pässword"), "authorization", "Basic YWRhOnDDpHNzd29yZA=="),
        (Auth.header("api_access_token", "k"), "api_access_token", "k"),
    ],
)
def test_every_way_to_sign_in_is_a_header(auth: Auth, name: str, value: str) -> None:
    with HostileServer(echo) as server, client_of(server, auth) as client:
        client.get("x")

    assert server.asked[0].headers[name] == value


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_write_carries_its_json(method: str) -> None:
    with HostileServer(echo) as server, client_of(server) as client:
        getattr(client, method)("things/1", json={"name": "Å"})

    assert server.asked[0].method == method.upper()
    assert server.asked[0].json() == {"name": "Å"}


def test_two_requests_travel_over_one_connection() -> None:
    ports: set[int] = set()

    def remember(connection: socket.socket, asked: Asked) -> None:
        ports.add(connection.getpeername()[1])
        send_json(connection, 1)

    with HostileServer(remember) as server, client_of(server) as client:
        client.get("a")
        client.get("b")

    assert len(ports) == 1


@pytest.mark.parametrize("status", [404, 409, 410, 412, 422, 400])
def test_what_a_connector_decides_comes_back_as_an_answer(status: int) -> None:
    with HostileServer(lambda connection, _: send_json(connection, {}, status)) as server, client_of(server) as client:
        assert client.get("x").status == status


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_credential_needs_somebody(status: int) -> None:
    with (
        HostileServer(lambda connection, _: send_json(connection, {}, status)) as server,
        client_of(server) as client,
        pytest.raises(SourceError),
    ):
        client.get("x")
    assert len(server.asked) == 1


def test_trouble_of_the_source_is_temporary_for_a_read_and_uncertain_for_a_write() -> None:
    with HostileServer(lambda connection, _: send_json(connection, {}, 500)) as server, client_of(server) as client:
        with pytest.raises(TemporaryError) as read:
            client.get("x")
        with pytest.raises(UncertainError):
            client.post("x", json={})

    assert not isinstance(read.value, UncertainError)


def test_a_write_whose_answer_is_lost_is_uncertain_and_sent_once() -> None:
    with HostileServer(lambda connection, _: connection.close()) as server, client_of(server) as client:
        with pytest.raises(UncertainError):
            client.post("reply", json={"text": "hello"})
        assert len(server.asked) == 1


def test_a_write_to_nobody_certainly_did_not_arrive() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]

    with (
        Client(f"http://127.0.0.1:{port}", auth=Auth.none(), allow_private=True) as client,
        pytest.raises(TemporaryError) as failed,
    ):
        client.post("x", json={})

    assert not isinstance(failed.value, UncertainError)


def test_a_read_whose_connection_breaks_is_tried_once_more() -> None:
    def once_broken(connection: socket.socket, _asked: Asked) -> None:
        if len(server.asked) == 1:
            connection.close()
        else:
            send_json(connection, [1])

    with HostileServer(once_broken) as server, client_of(server) as client:
        assert client.get("x").json() == [1]


def test_stop_ends_a_hanging_request_within_a_second() -> None:
    stop = threading.Event()

    def stop_then_hang(_connection: socket.socket, _asked: Asked) -> None:
        stop.set()
        server.over.wait(20)

    with HostileServer(stop_then_hang) as server, client_of(server, stop=stop) as client:
        with pytest.raises(StoppedError):
            client.get("x")
        assert not server.over.is_set()


def test_requests_are_counted() -> None:
    counted: list[int] = []
    with (
        HostileServer(echo) as server,
        client_of(server, count_request=lambda: counted.append(1)) as client,
    ):
        client.get("a")
        client.get("b")

    assert len(counted) == 2


def test_neither_an_error_nor_a_client_nor_an_answer_shows_the_credential_or_the_body() -> None:
    auth = Auth.bearer("very-secret")
    with (
        HostileServer(lambda connection, _: send(connection, b"private words")) as server,
        client_of(server, auth) as client,
    ):
        answer = client.get("x")
        with pytest.raises(TemporaryError) as failed:
            answer.json()

    assert "very-secret" not in repr((auth, client, answer)) + str(failed.value)
    assert "private" not in repr(answer) + str(failed.value)


def test_a_key_that_was_copied_wrongly_says_so_and_smuggles_nothing_in() -> None:
    with pytest.raises(SourceError):
        Auth.bearer("key\r\nX-Evil: 1")
    with pytest.raises(SourceError):
        Auth.header("X-Key", " ")


def test_a_drip_ends_at_the_deadline() -> None:
    def drip(connection: socket.socket, _asked: Asked) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not server.over.wait(0.05):
            connection.sendall(b"x")

    with HostileServer(drip) as server, client_of(server, deadline_seconds=0.6) as client:
        began = time.monotonic()
        with pytest.raises(TemporaryError, match="in time"):
            client.get("x")
        assert time.monotonic() - began < 30
