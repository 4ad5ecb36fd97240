"""Which addresses a source may be at: public ones, private ones with consent, none that a resolver swaps in (P29)."""

from __future__ import annotations

import socket

import pytest
from tests.connectors.hostile_server import HostileServer, send_json

from console.connectors.errors import SourceError, TemporaryError
from console.connectors.http import Auth, Client
from console.connectors.http_net import Permit

PRIVATE = [
    "127.0.0.1",
    "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:a00:1",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2002:c0a8:101::",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_never_connected_to_without_consent(address: str) -> None:
    assert not Permit(allow_private=False, is_encrypted=True).allows(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_a_public_address_needs_no_consent_and_always_encryption(address: str) -> None:
    assert Permit(allow_private=False, is_encrypted=True).allows(address)
    assert not Permit(allow_private=True, is_encrypted=False).allows(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/",
        "http://[::ffff:127.0.0.1]/",
        "http://127.0.0.1/",
        "https://169.254.169.254/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::1]/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://localhost/",
    ],
)
def test_an_address_in_this_network_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises((SourceError, TemporaryError)) as refused, Client(address, auth=Auth.bearer("s3cret")) as client:
        client.get("latest/meta-data")

    assert "answers" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    ["", "example.com", "ftp://example.com", "https://", "https://a b", "https://u:p@example.com", "https://x/?q=1"],
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(SourceError, match="no web address"):
        Client(address, auth=Auth.none())


def test_a_resolver_that_answers_otherwise_the_second_time_changes_nothing() -> None:
    """What was checked is what is connected to; and each new connection is checked anew."""
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) > 1 else ["127.0.0.1"]

    with HostileServer(lambda connection, _: send_json(connection, 1)) as server:
        client = Client(f"https://rebind.example:{server.port}", auth=Auth.none(), resolver=rebinding)
        with client, pytest.raises(SourceError, match="private network"):
            client.get("x")

    assert asked == ["rebind.example"]
    assert server.asked == []


def test_of_mixed_addresses_only_the_permitted_one_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def connect(self: socket.socket, where: tuple[str, int]) -> int:
        tried.append(where[0])
        return 111

    class Watched(socket.socket):
        connect_ex = connect  # pyright: ignore[reportAssignmentType]  only its address is looked at

        def getsockopt(self, *_asked: object) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]  every socket is refused
            return 111

    monkeypatch.setattr(socket, "socket", Watched)
    client = Client("https://mixed.example", auth=Auth.none(), resolver=lambda *_: ["10.0.0.1", "93.184.216.34"])
    with client, pytest.raises(TemporaryError):
        client.get("x")

    assert set(tried) == {"93.184.216.34"}


def test_with_consent_a_server_in_this_network_is_spoken_to() -> None:
    with (
        HostileServer(lambda connection, _: send_json(connection, "here")) as server,
        Client(
            f"http://inside.example:{server.port}",
            auth=Auth.none(),
            allow_private=True,
            resolver=lambda *_: ["127.0.0.1"],
        ) as client,
    ):
        assert client.get("x").json() == "here"
