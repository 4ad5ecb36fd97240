"""What goes back to one source: claimed, sent and settled one after the other, in a thread of its own beside the pull.

A thread never writes: it asks the writer and waits until that is committed. So nothing leaves before it is written down as
claimed, and what was claimed when the process ended is looked up before anything else goes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from queue import SimpleQueue
from threading import Event
from typing import TypeVar

from console.connectors.contract import Connector, Speaking
from console.connectors.errors import SourceError, TemporaryError, UncertainError
from console.connectors.mail_text import scrub
from console.domain.outbox import REPEATABLE, Sending, SendingState, Settled
from console.domain.sources import SourceState as Standing
from console.store.connection import Connection
from console.store.moments import micros
from console.store.outbox_sending import Claimed, claim, not_found, put_off, settle
from console.store.source_writes import SourceState, set_state
from console.sync.work import Asked, Work

_log = logging.getLogger(__name__)
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 30.0, 900.0
_SOURCE_PAUSE_SECONDS = 300.0
"""A source that refuses us is asked again when somebody has acted; where reading still works, seldom enough to lock no account."""
_MOST_ATTEMPTS = 12
_BROKEN = "The console failed while it was sending this."
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SendingRun:
    """What waits for one source, until nothing is due any more. Call it in a thread of its own.

    ``sent`` is called after a run in which the source took something, so that its pull brings it back soon.
    """

    source: SourceState
    connector: Connector
    secrets: Callable[[int], str]
    put: Callable[[Work], None]
    stop: Event
    now: Callable[[], datetime]
    sent: Callable[[], None]

    def __call__(self) -> None:
        """Send one after the other. A passing trouble puts everything off for a while, any other pauses the source."""
        is_any_sent = False
        while not self.stop.is_set():
            claimed = self._ask(lambda connection: claim(connection, self.source.id, self.now()))
            if claimed is None:
                break
            is_sent, goes_on = self._work(claimed)
            is_any_sent |= is_sent
            if not goes_on:
                break
        if is_any_sent:
            self.sent()

    def _work(self, claimed: Claimed) -> tuple[bool, bool]:
        """Send one, or look it up; tells whether the source has it, and whether the next one may follow."""
        try:
            return (self._look_up(claimed) if claimed.is_probe else self._push(claimed)), True
        except SourceError as error:
            problem = str(error)
            self._put_off(claimed, problem, self.now() + timedelta(seconds=_SOURCE_PAUSE_SECONDS))
            self._ask(lambda connection: self._rest(connection, problem))
        except UncertainError as error:
            if not claimed.is_probe and claimed.sending.kind not in REPEATABLE:
                self._settle(claimed, Settled(SendingState.UNKNOWN, str(error)))
                return False, True
            self._put_off(claimed, str(error), self._again(claimed, error.retry_at))
        except TemporaryError as error:
            self._put_off(claimed, str(error), self._again(claimed, error.retry_at))
        return False, False

    def _push(self, claimed: Claimed) -> bool:
        connector, sending = self.connector, claimed.sending
        if sending.kind.value not in connector.kind.writes:
            self._settle(
                claimed, Settled(SendingState.REFUSED, f"{connector.kind.title} takes no {sending.kind.value} back.")
            )
            return False
        settled, is_told = _broken(sending), True
        try:
            settled = connector.push(self._speaking(), sending)
        except (SourceError, TemporaryError):
            is_told = False
            raise
        finally:
            # Also where the connector itself is broken: what was claimed is never left so.
            if is_told:
                self._settle(claimed, settled)
        return settled.state is SendingState.SENT

    def _look_up(self, claimed: Claimed) -> bool:
        is_told = False
        try:
            found = self.connector.probe(self._speaking(), claimed.sending)
            is_told = True
        except (SourceError, TemporaryError):
            is_told = True
            raise
        finally:
            # Also where the connector itself is broken: what can be looked up at once would be, again and again.
            if not is_told:
                self._put_off(claimed, _BROKEN, self._again(claimed, None))
        if found is not None and found.state is not SendingState.SENT:
            found = None
        if found is None:
            until = self._again(claimed, None)
            self._ask(lambda connection: not_found(connection, claimed.id, self.now(), until))
            return False
        self._settle(claimed, found)
        return True

    def _speaking(self) -> Speaking:
        return Speaking(self.source.settings, self.secrets(self.source.id), self.stop)

    def _rest(self, connection: Connection, problem: str) -> None:
        set_state(connection, self.source.id, Standing.NEEDS_SOMEBODY, problem, micros(self.now()))

    def _settle(self, claimed: Claimed, settled: Settled) -> None:
        _log.info("sending %d: %s", claimed.id, settled.state.value)
        clean = _kept(settled)
        self._ask(lambda connection: settle(connection, claimed.id, clean, self.now()))

    def _put_off(self, claimed: Claimed, reason: str, until: datetime) -> None:
        _log.info("sending %d put off", claimed.id)
        self._ask(lambda connection: put_off(connection, claimed.id, reason, until))

    def _again(self, claimed: Claimed, retry_at: datetime | None) -> datetime:
        """When to try again: later each time, and not before the source wishes, but within a quarter of an hour."""
        attempts = min(claimed.attempts, _MOST_ATTEMPTS)
        pause = min(_FIRST_PAUSE_SECONDS * 2 ** (attempts - 1), _LONGEST_PAUSE_SECONDS)
        now = self.now()
        wished = retry_at or now
        latest = now + timedelta(seconds=_LONGEST_PAUSE_SECONDS)
        return min(max(wished, now + timedelta(seconds=pause)), latest)

    def _ask(self, act: Callable[[Connection], T]) -> T:
        """Have the writer do something, and wait until it is committed."""
        answer: SimpleQueue[T] = SimpleQueue()
        self.put(Asked(act, answer.put))
        return answer.get()


def _broken(sending: Sending) -> Settled:
    """What is written down where a connector ends without an answer: a fault of ours."""
    state = SendingState.REFUSED if sending.kind in REPEATABLE else SendingState.UNKNOWN
    return Settled(state, _BROKEN)


def _kept(settled: Settled) -> Settled:
    """With words of the source that the store can hold: one that it cannot would end the writer, and everything with it."""
    theirs = {scrub(name): scrub(value) if isinstance(value, str) else value for name, value in settled.theirs.items()}
    return replace(settled, reason=scrub(settled.reason), receipt=scrub(settled.receipt), theirs=theirs)
