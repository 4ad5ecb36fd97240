"""A source of the tests: JSON by path from a server on this machine, pulled through the engine as the sync process does."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.connectors.hostile_server import Asked, HostileServer, send_json

from console.connectors.contract import Connector, Pulling
from console.connectors.rest.described import connector_of
from console.connectors.rest.reading import manifest_of
from console.domain.records import Page, Record

Answering = Callable[[str, Mapping[str, str], Asked], Any]
"""From path, query and the whole request to JSON, or to (status, JSON), or to (status, JSON, headers)."""


def server_of(answering: Answering) -> HostileServer:
    """A server that answers in JSON."""

    def reply(connection: socket.socket, asked: Asked) -> None:
        parts = urlsplit(asked.target)
        said = answering(parts.path, dict(parse_qsl(parts.query)), asked)
        status, content, headers = (*said, {})[:3] if isinstance(said, tuple) else (200, said, {})
        send_json(connection, content, status, **headers)

    return HostileServer(reply)


@dataclass(slots=True)
class Puller:
    """Pulls again and again with what was committed: cursors by stream, and the places of living records."""

    connector: Connector
    settings: Mapping[str, str]
    secret: str = "s3cret"
    cursors: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    stop: Event = field(default_factory=Event)
    streams_off: frozenset[str] = frozenset()
    source: int = 1
    requests: int = 0
    waits: list[float] = field(default_factory=list)

    def pages(self) -> Iterable[Page]:
        """Commits each page as it comes: an error later leaves what came before."""
        for page in self.connector.pull(self._pulling()):
            if page.cursor is not None:
                self.cursors[page.stream] = page.cursor
            yield page

    def records(self) -> list[Record]:
        return [record for page in self.pages() for record in page.records]

    def _pulling(self) -> Pulling:
        return Pulling(
            self.settings,
            self.secret,
            dict(self.cursors),
            lambda prefix: {place for place in self.known if place.startswith(prefix)},
            frozenset(),
            self.stop,
            self.streams_off,
            self._count,
            self.waits.append,
            self.source,
        )

    def _count(self) -> None:
        self.requests += 1


def puller_of(server: HostileServer, manifest: str, **more: Any) -> Puller:
    connector = connector_of(manifest_of(manifest))
    settings, _own = connector.settings_of({"base_url": server.address, "allow_private": "yes"})
    return Puller(connector, settings, **more)


def customer(number: int, at: str = "2026-11-20T10:00:00Z", **more: Any) -> dict[str, Any]:
    """A customer as the shop of the tests gives one."""
    return {
        "id": number,
        "email": f"c{number}@example.com",
        "name": f"Customer {number}",
        "updated_at": at,
        "plan": {"name": "pro"},
        "seats": number,
        "tags": [{"name": "vip"}],
        **more,
    }
