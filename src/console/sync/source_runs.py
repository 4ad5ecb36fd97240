"""A source on its way: a plain thread that pulls pages, waits for news, and sorts what goes wrong by what must happen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from console.connectors.contract import Pulling
from console.connectors.errors import SourceError, TemporaryError
from console.connectors.kinds.registry import connector_called
from console.domain.profile import Origin, OriginKind, Rank
from console.domain.records import Page
from console.store.database import Database
from console.store.source_writes import SourceState, cursors, known_places, own_addresses
from console.store.taking import Intake
from console.sync.work import Finished, PageWork, Task, Work

_log = logging.getLogger(__name__)

Secrets = Callable[[int], str]
"""The password of a source by its key; may block while a keyring asks, which delays this source only."""

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 5.0, 900.0


@dataclass(frozen=True, slots=True)
class SourceRun:
    """One source, pulled until it is stopped (or once). Call it in a thread of its own."""

    source: SourceState
    database: Database
    secrets: Secrets
    put: Callable[[Work], None]
    stop: Event
    news: Event
    now: Callable[[], datetime]
    is_once: bool = False

    def __call__(self) -> None:
        """Pull, say how it went, wait for news, and again; a passing trouble is tried again later and later."""
        pause = _FIRST_PAUSE_SECONDS
        while not self.stop.is_set():
            state, problem, retry_at = self._pulled()
            self.put(Finished(Task("sync", self.source.name), state, problem, self.source.id))
            if self.is_once or self.stop.is_set() or state == "needs you":
                return
            if state == "waiting":
                self._rest(self._pause(pause, retry_at))
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
            else:
                pause = _FIRST_PAUSE_SECONDS
                self._wait_for_news()

    def _pulled(self) -> tuple[str, str, datetime | None]:
        try:
            for page in self._pages():
                self.put(PageWork(Task("sync", self.source.name), page, self._intake(), self.now()))
        except SourceError as error:
            return "needs you", str(error), None
        except TemporaryError as error:
            return "waiting", str(error), error.retry_at
        return "ready", "", None

    def _pages(self) -> Iterator[Page]:
        with self.database.read() as connection:
            standing = cursors(connection, self.source.id)
        secret = self.secrets(self.source.id)
        return connector_called(self.source.kind).pull(
            Pulling(self.source.settings, secret, standing, self._known, self._own(), self.stop)
        )

    def _known(self, prefix: str) -> set[str]:
        with self.database.read() as connection:
            return known_places(connection, self.source.id, prefix)

    def _own(self) -> frozenset[str]:
        with self.database.read() as connection:
            return own_addresses(connection) | self.source.own_addresses

    def _intake(self) -> Intake:
        origin = Origin(OriginKind.SOURCE, self.source.name, f"source:{self.source.id}")
        return Intake(self.source.id, Rank.INTEGRATION, origin, self._own())

    def _wait_for_news(self) -> None:
        self.news.clear()
        connector = connector_called(self.source.kind)
        try:
            connector.wait_for_news(
                self.source.settings, self.secrets(self.source.id), self.news, connector.seconds_between
            )
        except (TemporaryError, SourceError):
            _log.info("waiting for news of a source ended early")
            self._rest(_FIRST_PAUSE_SECONDS)

    def _rest(self, seconds: float) -> None:
        self.news.wait(seconds)
        self.news.clear()

    def _pause(self, seconds: float, retry_at: datetime | None) -> float:
        asked = (retry_at - self.now()) / timedelta(seconds=1) if retry_at else 0.0
        return min(max(seconds, asked), _LONGEST_PAUSE_SECONDS)
