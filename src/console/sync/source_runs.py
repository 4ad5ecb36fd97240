"""A source on its way: a plain thread that pulls pages, waits for news, and sorts what goes wrong by what must happen."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from console.connectors.contract import Connector, Pulling
from console.connectors.errors import SourceError, TemporaryError
from console.domain.profile import Origin, OriginKind, Rank
from console.domain.sources import RunState
from console.store.database import Database
from console.store.source_writes import SourceState, cursors, known_places, own_addresses
from console.store.taking import Intake
from console.sync.work import Finished, PageWork, Resting, Started, Task, Work

_log = logging.getLogger(__name__)

Secrets = Callable[[int], str]
"""The password of a source by its key; may block while a keyring asks, which delays this source only."""

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 5.0, 900.0
_OUR_MISTAKE = "The console made a mistake while it read this source. Sync it again; if that does not help, report it with the log of the sync process."
_TOLD_SECONDS = 2.0
"""A source that asks for a shorter wait than this is waited for without a word."""


@dataclass(slots=True)
class _Tally:
    """What one run asked of its source, and how often it was asked to wait."""

    requests: int = 0
    waits: int = 0

    def count_request(self) -> None:
        self.requests += 1


@dataclass(frozen=True, slots=True)
class SourceRun:
    """One source, pulled until it is stopped (or once). Call it in a thread of its own."""

    source: SourceState
    connector: Connector
    database: Database
    secrets: Secrets
    put: Callable[[Work], None]
    stop: Event
    news: Event
    now: Callable[[], datetime]
    is_once: bool = False
    _tally: _Tally = field(default_factory=_Tally)

    def __call__(self) -> None:
        """Pull, say how it went, wait for news, and again; a passing trouble is tried again later and later."""
        pause = _FIRST_PAUSE_SECONDS
        while not self.stop.is_set():
            self.news.clear()
            self.put(Started(self.task, self.source.id))
            state, problem, retry_at = self._told()
            wait = self._pause(pause, retry_at) if state is RunState.WAITING else self._seconds_between()
            self._finish(state, problem, wait)
            if self.is_once or state in (RunState.FAILED, RunState.STOPPED):
                return
            if state is RunState.WAITING:
                self._rest(wait)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
            else:
                pause = _FIRST_PAUSE_SECONDS
                self._wait_for_news()

    @property
    def task(self) -> Task:
        """Under which name its pages go."""
        return Task("sync", self.source.name)

    def _told(self) -> tuple[RunState, str, datetime | None]:
        """How a pull ended. A mistake of ours ends this thread, but not without a word about its source."""
        is_told = False
        try:
            ended = self._pulled()
            is_told = True
        finally:
            if not is_told:
                self._finish(RunState.FAILED, _OUR_MISTAKE, 0.0)
        return ended

    def _pulled(self) -> tuple[RunState, str, datetime | None]:
        self._tally.requests = self._tally.waits = 0
        try:
            for page in self.connector.pull(self.pulling()):
                if self.stop.is_set():
                    break
                self.put(PageWork(self.task, page, self.intake(), self.now()))
        except SourceError as error:
            return RunState.FAILED, str(error), None
        except TemporaryError as error:
            if self.stop.is_set():
                return RunState.STOPPED, "", None
            return RunState.WAITING, str(error), error.retry_at
        return RunState.STOPPED if self.stop.is_set() else RunState.DONE, "", None

    def pulling(self) -> Pulling:
        """What a pull starts from: settings, the secret, where each stream ended."""
        with self.database.read() as connection:
            standing = cursors(connection, self.source.id)
        secret = self.secrets(self.source.id)
        return Pulling(
            self.source.settings, secret, standing, self._known, self._own(), self.stop, self.source.streams_off,
            self._tally.count_request, self._count_wait, int(self.source.id),
        )  # fmt: skip

    def _count_wait(self, seconds: float) -> None:
        self._tally.waits += 1
        if seconds >= _TOLD_SECONDS and not self.stop.is_set():
            self.put(Resting(self.task, self.source.id, self.now() + timedelta(seconds=seconds)))

    def _finish(self, state: RunState, problem: str, wait: float) -> None:
        next_at = None
        if not self.is_once and state in (RunState.WAITING, RunState.DONE):
            next_at = self.now() + timedelta(seconds=wait)
        tally = self._tally
        self.put(Finished(self.task, state.value, problem, self.source.id, next_at, tally.requests, tally.waits))

    def _known(self, prefix: str) -> set[str]:
        with self.database.read() as connection:
            return known_places(connection, self.source.id, prefix)

    def _own(self) -> frozenset[str]:
        with self.database.read() as connection:
            return own_addresses(connection) | self.source.own_addresses

    def intake(self) -> Intake:
        """On whose behalf its pages are taken in."""
        return intake_of(self.source, self._own())

    def _seconds_between(self) -> float:
        return self.connector.seconds_between if self.source.every is None else self.source.every * 60.0

    def _wait_for_news(self) -> None:
        try:
            self.connector.wait_for_news(
                self.source.settings, self.secrets(self.source.id), self.news, self._seconds_between()
            )
        except (TemporaryError, SourceError):
            _log.info("waiting for news of a source ended early")
            self._rest(_FIRST_PAUSE_SECONDS)

    def _rest(self, seconds: float) -> None:
        self.news.wait(seconds)

    def _pause(self, seconds: float, retry_at: datetime | None) -> float:
        asked = (retry_at - self.now()) / timedelta(seconds=1) if retry_at else 0.0
        return min(max(seconds, asked), _LONGEST_PAUSE_SECONDS)


def intake_of(source: SourceState, own: frozenset[str]) -> Intake:
    """On whose behalf the pages of a source are taken in."""
    return Intake(source.id, Rank.INTEGRATION, Origin(OriginKind.SOURCE, source.name, f"source:{source.id}"), own)
