"""One governor for each credential: nobody who uses it asks before the source said that it may be asked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Lock

from console.connectors.errors import TemporaryError
from console.connectors.http_net import StoppedError
from console.system import clock

# A longer wait is not sat out inside a request: the source says until when it rests, and others go on.
LONGEST_SITTING_SECONDS = 60.0
_LOOK_SECONDS = 0.5


@dataclass(slots=True)
class Governor:
    """Shared by all threads that use one credential. ``_next`` is on ``clock.monotonic``."""

    seconds_between: float = 0.0
    _next: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def hold(self, seconds: float) -> None:
        """Nobody asks for so long."""
        with self._lock:
            self._next = max(self._next, clock.monotonic() + seconds)

    def hold_if(self, seconds: float) -> None:
        """As ``hold``, where there is something to wait for."""
        if seconds > 0:
            self.hold(seconds)

    def turn(self, stop: Event, count_wait: Callable[[float], None], *, is_asked_anew: bool = False) -> None:
        """Return when it is this one's turn. Raises StoppedError, and TemporaryError with the time where that is far away.

        ``is_asked_anew``: somebody, or the time that was named before, said to try: a far time is tried before it comes.
        """
        seconds = self._taken()
        if seconds > LONGEST_SITTING_SECONDS:
            if is_asked_anew:
                return
            raise rests(seconds)
        if seconds > 0:
            count_wait(seconds)
            rest(seconds, stop)

    def _taken(self) -> float:
        with self._lock:
            now = clock.monotonic()
            start = max(now, self._next)
            if start - now <= LONGEST_SITTING_SECONDS:
                self._next = max(self._next, start + self.seconds_between)
            return start - now


def rests(seconds: float) -> TemporaryError:
    """The source asked for more time than a request sits out."""
    return TemporaryError(
        "The source asks to wait before it answers again.",
        "It goes on by itself then.",
        retry_at=clock.now() + timedelta(seconds=seconds),
    )


def rest(seconds: float, stop: Event) -> None:
    """Wait so long. Raises StoppedError as soon as ``stop`` is set."""
    until = clock.monotonic() + seconds
    while (left := until - clock.monotonic()) > 0:
        if stop.wait(min(left, _LOOK_SECONDS)):
            raise StoppedError


_GOVERNORS: dict[tuple[str, str], Governor] = {}
_MAKING = Lock()


def governor_of(host: str, credential: str, seconds_between: float) -> Governor:
    """The one governor of a credential (named by a digest, not by itself) at a host; it keeps the slowest pace ever asked."""
    with _MAKING:
        found = _GOVERNORS.setdefault((host, credential), Governor())
        found.seconds_between = max(found.seconds_between, seconds_between)
        return found
