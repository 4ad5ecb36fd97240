"""Encrypted connections: to whom this computer trusts, and to nobody else."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from console.connectors.errors import SourceError, TemporaryError
from console.connectors.http import Auth, Client

NEEDS_OPENSSL = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    extension = ["-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([*command, *extension], check=True, capture_output=True)
    return key, cert


@contextmanager
def tls_server(key: Path, cert: Path, body: bytes) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
                with context.wrap_socket(connection, server_side=True) as secured:
                    secured.recv(65_536)
                    secured.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
                    secured.recv(1)
            except (ssl.SSLError, ConnectionError):
                continue
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def client(port: int, name: str = "shop.test", **more: float) -> Client:
    here = lambda *_: ["127.0.0.1"]  # noqa: E731 one line says it
    return Client(f"https://{name}:{port}", auth=Auth.bearer("s3cret"), allow_private=True, resolver=here, **more)  # pyright: ignore[reportArgumentType]  only the deadline


@NEEDS_OPENSSL
def test_a_large_answer_comes_whole_from_a_server_that_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, cert = certificate(tmp_path, "shop.test")
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    body = b"[" + b"1," * 2_000_000 + b"2]"

    with tls_server(key, cert, body) as port, client(port) as asking:
        assert len(asking.get("x").json()) == 2_000_001


@NEEDS_OPENSSL
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, cert = certificate(tmp_path, "shop.test")

    with tls_server(key, cert, b"1") as port, client(port) as asking, pytest.raises(SourceError, match="certificate"):
        asking.get("x")


@NEEDS_OPENSSL
def test_a_certificate_of_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, cert = certificate(tmp_path, "other.test")
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))

    with tls_server(key, cert, b"1") as port, client(port) as asking, pytest.raises(SourceError, match="certificate"):
        asking.get("x")


def test_a_server_that_never_greets_is_left_at_the_deadline() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        client(silent.getsockname()[1], deadline_seconds=0.5) as asking,
        pytest.raises(TemporaryError),
    ):
        asking.get("x")


def test_a_server_that_speaks_plainly_is_not_spoken_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1")
                connection.recv(65_536)

        thread = threading.Thread(target=answer)
        thread.start()
        with client(listener.getsockname()[1]) as asking, pytest.raises(TemporaryError):
            asking.post("x", json={})
        thread.join(10)
