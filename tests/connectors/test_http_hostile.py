"""Servers that mean harm or are broken: every request ends in time and in bounds, and the credential stays at home (P24, P25)."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from tests.connectors.hostile_server import Asked, HostileServer, Reply, send, send_json
from tests.connectors.test_http import client_of

from console.connectors.errors import SourceError, TemporaryError, UncertainError
from console.connectors.http import Auth, Client

DEADLINE = 0.6
HEAD = b"HTTP/1.1 200 OK\r\n"
MEGABYTE = 1_000_000


def drip_of_headers(server: HostileServer) -> Reply:
    def reply(connection: socket.socket, _asked: Asked) -> None:
        connection.sendall(HEAD)
        while not server.over.wait(0.05):
            connection.sendall(b"X-More: 1\r\n")

    return reply


def drip_of_body(server: HostileServer) -> Reply:
    def reply(connection: socket.socket, _asked: Asked) -> None:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        while not server.over.wait(0.05):
            connection.sendall(b"1\r\nx\r\n")

    return reply


def hang(server: HostileServer) -> Reply:
    return lambda _connection, _asked: server.over.wait(20) and None


def hang_after_headers(server: HostileServer) -> Reply:
    def reply(connection: socket.socket, _asked: Asked) -> None:
        connection.sendall(HEAD + b"Content-Length: 10\r\n\r\n12345")
        server.over.wait(20)

    return reply


@pytest.mark.parametrize("of", [drip_of_headers, drip_of_body, hang, hang_after_headers])
def test_whoever_does_not_finish_is_left_at_the_deadline(of: Callable[[HostileServer], Reply]) -> None:
    with HostileServer(lambda *_: None) as server:
        server.reply = of(server)
        with client_of(server, deadline_seconds=DEADLINE) as client, pytest.raises(TemporaryError):
            client.get("x")
        assert not server.over.is_set()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not HTTP at all\r\n\r\n",
        HEAD + b"Content-Length: 100\r\n\r\n{",
        HEAD + b'Transfer-Encoding: chunked\r\n\r\n5\r\n{"a"',
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"Content-Length: -5\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello",
        HEAD + b"X: " + b"a" * 300_000,
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain",
        HEAD + b"Content-Encoding: br\r\nContent-Length: 5\r\n\r\nplain",
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + gzip.compress(b"whole" * 50)[:20],
    ],
)
def test_a_broken_answer_is_an_error_and_never_data(answer: bytes) -> None:
    def reply(connection: socket.socket, _asked: Asked) -> None:
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_WR)  # half-closed: it still listens

    with HostileServer(reply) as server, client_of(server) as client, pytest.raises(TemporaryError):
        client.get("x")
    assert len(server.asked) <= 2


def test_what_ends_with_its_connection_is_only_data_when_it_is_whole_json() -> None:
    def cut(connection: socket.socket, _asked: Asked) -> None:
        connection.sendall(HEAD + b'Connection: close\r\n\r\n{"items": [1, 2')
        connection.close()

    with HostileServer(cut) as server, client_of(server) as client, pytest.raises(TemporaryError, match="cut off"):
        client.get("x").json()


def bomb(megabytes: int) -> bytes:
    """So many megabytes of blanks, packed."""
    packer = zlib.compressobj(9, wbits=31)
    piece = b" " * MEGABYTE
    return b"".join([packer.compress(piece) for _ in range(megabytes)] + [packer.flush()])


def test_a_gzip_bomb_of_300_megabytes_is_refused_before_it_is_unpacked() -> None:
    packed = bomb(300)
    tracemalloc.start()
    try:
        with (
            HostileServer(lambda connection, _: send(connection, packed, Content_Encoding="gzip")) as server,
            client_of(server) as client,
            pytest.raises(SourceError, match="too large"),
        ):
            client.get("x")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 60 * MEGABYTE


def test_more_than_20_megabytes_over_the_wire_are_refused() -> None:
    def flood(connection: socket.socket, _asked: Asked) -> None:
        connection.sendall(HEAD + b"Content-Length: 900000000\r\n\r\n")
        while not server.over.is_set():
            connection.sendall(b"x" * MEGABYTE)

    with HostileServer(flood) as server, client_of(server) as client, pytest.raises(SourceError, match="too large"):
        client.get("x")


def test_a_usual_packed_answer_is_unpacked() -> None:
    body = gzip.compress(b'{"items": [' + b'{"id": 1, "name": "same"},' * 20_000 + b"0]}")
    with (
        HostileServer(lambda connection, _: send(connection, body, Content_Encoding="gzip")) as server,
        client_of(server) as client,
    ):
        assert len(client.get("x").json()["items"]) == 20_001


def elsewhere(other: HostileServer, server: HostileServer) -> list[str]:
    return [
        f"{other.address}/x",
        f"http://localhost:{server.port}/x",
        f"https://127.0.0.1:{server.port}/x",
        f"//127.0.0.1:{other.port}/x",
        f"http://127.0.0.1:{server.port}@127.0.0.1:{other.port}/x",
        f"http://me:pw@127.0.0.1:{server.port}/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ]


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("status", [301, 307])
def test_a_redirect_elsewhere_is_never_followed(number: int, status: int) -> None:
    with (
        HostileServer(lambda connection, _: send_json(connection, 1)) as other,
        HostileServer(lambda *_: None) as server,
    ):
        target = elsewhere(other, server)[number]
        server.reply = lambda connection, _: send(connection, b"", status, Location=target)
        with client_of(server) as client, pytest.raises((SourceError, TemporaryError)):
            client.get("x")

    assert other.asked == []
    assert len(server.asked) == 1


@pytest.mark.parametrize("number", range(6))
def test_an_address_elsewhere_is_never_asked(number: int) -> None:
    with (
        HostileServer(lambda connection, _: send_json(connection, 1)) as other,
        HostileServer(lambda *_: None) as server,
        client_of(server) as client,
        pytest.raises(SourceError, match="another place"),
    ):
        client.get(elsewhere(other, server)[number])

    assert other.asked + server.asked == []


def test_a_redirect_inside_the_same_origin_is_followed_and_a_circle_is_left() -> None:
    def reply(connection: socket.socket, asked: Asked) -> None:
        if asked.target == "/old":
            send(connection, b"", 302, Location="/new")
        elif asked.target == "/circle":
            send(connection, b"", 302, Location="/circle")
        else:
            send_json(connection, asked.target)

    with HostileServer(reply) as server, client_of(server) as client:
        assert client.get("old").json() == "/new"
        with pytest.raises(SourceError, match="circles"):
            client.get("circle")


def test_a_write_is_never_redirected() -> None:
    with (
        HostileServer(lambda connection, _: send(connection, b"", 307, Location="/new")) as server,
        client_of(server) as client,
        pytest.raises(SourceError),
    ):
        client.post("x", json={})
    assert len(server.asked) == 1


def see_other(connection: socket.socket, _asked: Asked) -> None:
    send(connection, b"", 303, Location="/made")


def too_large(connection: socket.socket, _asked: Asked) -> None:
    send(connection, bomb(60), Content_Encoding="gzip")


@pytest.mark.parametrize("reply", [see_other, too_large])
def test_a_write_whose_answer_is_no_use_may_have_been_taken(reply: Reply) -> None:
    with HostileServer(reply) as server, client_of(server) as client:
        with pytest.raises(UncertainError):
            client.post("x", json={})
        assert len(server.asked) == 1


@pytest.mark.parametrize("place", ["http://[", "http://[::1", "//[x", "https://a\u2100b/"])
def test_a_next_page_at_what_is_no_address_is_refused_in_words(place: str) -> None:
    with HostileServer(see_other) as server, client_of(server) as client:
        with pytest.raises(SourceError, match="another place"):
            client.get(place)
        assert server.asked == []


def test_a_cookie_of_the_source_does_not_reach_another_source() -> None:
    with HostileServer(lambda connection, _: send_json(connection, 1, Set_Cookie="a=b; Domain=127.0.0.1")) as server:
        with client_of(server) as client:
            client.get("x")
        with HostileServer(lambda connection, _: send_json(connection, 1)) as other, client_of(other) as client:
            client.get("x")

    assert "cookie" not in other.asked[0].headers


def test_connecting_to_somebody_who_never_answers_ends_at_stop() -> None:
    stop = threading.Event()

    def hanging(_host: str, _port: int) -> list[str]:
        stop.set()
        time.sleep(0.5)
        return ["127.0.0.1"]

    with (
        Client("https://slow.example", auth=Auth.none(), stop=stop, resolver=hanging) as client,
        pytest.raises(TemporaryError, match="Stopped"),
    ):
        client.get("x")
