"""Answer sets: one served source for each connector, with which it must pass the tests that are the same for all.

To add one, put a module into ``sets/`` that holds ``SET = AnswerSet(...)``; nothing else has to be registered.
"""

from __future__ import annotations

import importlib
import pkgutil
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.connectors.hostile_server import Asked, HostileServer, send, send_json
from tests.connectors.rest.pulled import Answering, Puller

from console.connectors.kinds.registry import connector_called

SETS = Path(__file__).with_name("sets")


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """A source as its connector meets it.

    ``answer`` gives JSON, ``(status, JSON)`` or ``(status, JSON, headers)`` from path, query and request; the same question
    always has the same answer. ``settings`` are those beside the address, which is given as ``address_name`` with ``path``
    behind it; ``further_addresses`` are paths by the names of other settings. ``records`` is how many records a whole pull brings. ``poisoned`` gives the answers of a source with 500
    records, of which one is what it is given: 499 must go in.
    """

    kind: str
    answer: Answering
    records: int
    settings: Mapping[str, str] = field(default_factory=dict)
    secret: str = "s3cret-of-the-contract"  # made up
    address_name: str = "base_url"
    path: str = ""
    further_addresses: Mapping[str, str] = field(default_factory=dict)
    poisoned: Callable[[Any], Answering] | None = None


@dataclass(slots=True)
class Served:
    """A server that answers from a set until ``fault`` says otherwise for the request with this number (from 1)."""

    answers: AnswerSet
    fault: Callable[[int, socket.socket], bool] = lambda _number, _connection: False
    answer: Answering | None = None
    server: HostileServer = field(init=False)

    def __post_init__(self) -> None:
        self.server = HostileServer(self._reply)

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *error: object) -> None:
        self.server.__exit__(*error)

    def puller(self) -> Puller:
        connector = connector_called(self.answers.kind)
        address = {self.answers.address_name: f"{self.server.address}{self.answers.path}", "allow_private": "yes"}
        further = {name: f"{self.server.address}{path}" for name, path in self.answers.further_addresses.items()}
        settings, _own = connector.settings_of({**self.answers.settings, **address, **further})
        return Puller(connector, settings, self.answers.secret)

    def _reply(self, connection: socket.socket, asked: Asked) -> None:
        if self.fault(len(self.server.asked), connection):
            return
        parts = urlsplit(asked.target)
        said = (self.answer or self.answers.answer)(parts.path, dict(parse_qsl(parts.query)), asked)
        status, content, headers = (*said, {})[:3] if isinstance(said, tuple) else (200, said, {})
        if isinstance(content, bytes):
            send(connection, content, status, **headers)
        else:
            send_json(connection, content, status, **headers)


def answer_sets() -> Iterator[AnswerSet]:
    """Every set there is, in order of names."""
    for module in sorted(pkgutil.iter_modules([str(SETS)]), key=lambda one: one.name):
        yield importlib.import_module(f"tests.connectors.contract.sets.{module.name}").SET
