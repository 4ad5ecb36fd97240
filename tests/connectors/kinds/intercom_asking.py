"""Speaking to the Intercom of ours as the connector does: pulls, look-ups and sendings, and what came of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from tests.peers.intercom_server import TOKEN, IntercomServer

from console.connectors.contract import Pulling, Speaking
from console.connectors.kinds.intercom import CONNECTOR
from console.domain.channels import OwnerKind
from console.domain.outbox import Sending, Settled, WriteKind
from console.domain.records import Page, Record

_Kind = TypeVar("_Kind", bound=Record)


@dataclass(slots=True)
class Console:
    """A console without a store: it keeps cursors, and the places of records that came."""

    server: IntercomServer
    cursors: dict[str, str] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    off: frozenset[str] = frozenset()
    pages: list[Page] = field(default_factory=list)
    requests: int = 0
    stop: threading.Event = field(default_factory=threading.Event)
    base_url: str = ""

    @property
    def settings(self) -> Mapping[str, str]:
        return {"region": "us", "base_url": self.base_url or self.server.address, "allow_private": "yes"}

    def pulling(self) -> Pulling:
        return Pulling(
            self.settings, TOKEN, dict(self.cursors), lambda prefix: {one for one in self.places if one.startswith(prefix)},
            frozenset(), self.stop, self.off, self._count,
        )  # fmt: skip

    def pull(self) -> list[Page]:
        """One whole pull; its pages."""
        return self._taken(CONNECTOR.pull(self.pulling()))

    def pages_of_a_pull(self) -> Iterator[Page]:
        """One pull, page by page."""
        return CONNECTOR.pull(self.pulling())

    def look_up(self, customer: str) -> list[Page]:
        assert CONNECTOR.look_up is not None
        return self._taken(CONNECTOR.look_up(self.pulling(), customer))

    def push(self, sending: Sending) -> Settled:
        return CONNECTOR.push(Speaking(self.settings, TOKEN, self.stop), sending)

    def probe(self, sending: Sending) -> Settled | None:
        return CONNECTOR.probe(Speaking(self.settings, TOKEN, self.stop), sending)

    def _count(self) -> None:
        self.requests += 1

    def _taken(self, pages: Iterable[Page]) -> list[Page]:
        taken = []
        for page in pages:
            taken.append(page)
            self.pages.append(page)
            if page.cursor is not None:
                self.cursors[page.stream] = page.cursor
            for record in page.records:
                kind = type(record).__name__.removesuffix("Record").lower()
                self.places.add(f"{kind}:{record.external_id}")
        return taken


def of_kind(pages: Iterable[Page], kind: type[_Kind]) -> list[_Kind]:
    """The records of one kind on some pages."""
    return [record for page in pages for record in page.records if isinstance(record, kind)]


def sending(
    kind: WriteKind, target: str, target_kind: OwnerKind, at: Callable[[], datetime] | None = None, /, **body: object
) -> Sending:
    """An edit on its way, made now."""
    now = at() if at else datetime.now(UTC)
    base = body.pop("base", None)
    return Sending("op-1", kind, target_kind, target, body, now, base if isinstance(base, dict) else None, "")
