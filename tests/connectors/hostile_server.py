"""A server of sockets for tests: answers with any bytes at any pace, and remembers what it was asked."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived; headers by lower-case name."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


Reply = Callable[[socket.socket, Asked], None]
"""Writes an answer, whole or broken; the connection ends after it unless it was whole."""


@dataclass(slots=True)
class HostileServer:
    """Listens on 127.0.0.1 from making on, one thread a connection; ``asked`` in order of arrival."""

    reply: Reply
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    _listener: socket.socket = field(init=False)
    _threads: list[threading.Thread] = field(default_factory=list)
    _open: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._start(self._accept)

    @property
    def port(self) -> int:
        return self._listener.getsockname()[1]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> HostileServer:
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            connection.close()
        for thread in self._threads:
            thread.join(10)

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(0.1)
            while (asked := self._read(connection)) is not None:
                self.asked.append(asked)
                connection.settimeout(20)
                self.reply(connection, asked)
                connection.settimeout(0.1)
        except OSError:
            return
        finally:
            connection.close()

    def _read(self, connection: socket.socket) -> Asked | None:
        arrived = b""
        while b"\r\n\r\n" not in arrived:
            if (piece := self._piece(connection)) == b"":
                return None
            arrived += piece
        head, _, body = arrived.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        while len(body) < int(headers.get("content-length", "0")):
            body += self._piece(connection)
        method, target, _version = first.split(" ")
        return Asked(method, target, headers, body)

    def _piece(self, connection: socket.socket) -> bytes:
        while not self.over.is_set():
            try:
                return connection.recv(65_536)
            except TimeoutError:
                continue
        return b""


def send(connection: socket.socket, body: bytes, status: int = 200, **headers: str) -> None:
    """A whole answer; header names are written with ``_`` for ``-``."""
    lines = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


def send_json(connection: socket.socket, value: object, status: int = 200, **headers: str) -> None:
    """A whole answer in JSON."""
    send(connection, json.dumps(value).encode(), status, **{"Content_Type": "application/json", **headers})
