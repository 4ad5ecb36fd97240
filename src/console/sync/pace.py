"""How fast something comes in, how long it still takes, and when to say so: smoothed, and no more than four times a second."""

from __future__ import annotations

from dataclasses import dataclass, field

TELL_SECONDS = 0.25
_LEFT_SECONDS = 1.0
_WINDOW_SECONDS = 5.0
_SHORTEST_SECONDS = 1.0
_CALM = 0.3


@dataclass(slots=True)
class Pace:
    """One task on its way. All times are those of one monotonic clock, in seconds.

    ``rate`` is records a second over the last seconds; ``left`` is None until there is a total and a second to judge by, and
    moves towards what is measured, so that it does not jump.
    """

    began: float
    records: int = 0
    rate: float = 0.0
    left: float | None = None
    done: int = 0
    _told: float | None = None
    _judged: float | None = None
    _points: list[tuple[float, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._points.append((self.began, 0, 0))

    def add(self, records: int, done: int, total: int | None, at: float) -> None:
        """So many records more came in; ``done`` of ``total`` in the stream's own unit."""
        self.records += records
        self.done = done
        if done < self._points[-1][2]:
            # Another stream has begun: what was done of the former says nothing about it.
            self._points = [(at, self.records, done)]
            self.left = None
        self._points.append((at, self.records, done))
        while len(self._points) > 2 and at - self._points[1][0] >= _WINDOW_SECONDS:
            self._points.pop(0)
        since, records_then, done_then = self._points[0]
        seconds = at - since
        if seconds < _SHORTEST_SECONDS:
            return
        self.rate = (self.records - records_then) / seconds
        self._judge(done, total, (done - done_then) / seconds, at)

    def is_due(self, at: float) -> bool:
        """Whether it is time to tell; telling is then noted."""
        if self._told is not None and at - self._told < TELL_SECONDS:
            return False
        self._told = at
        return True

    def _judge(self, done: int, total: int | None, speed: float, at: float) -> None:
        if total is None or speed <= 0 or done >= total:
            self.left = None
            return
        if self._judged is not None and at - self._judged < _LEFT_SECONDS and self.left is not None:
            return
        measured = (total - done) / speed
        passed = at - self._judged if self._judged is not None else 0.0
        self._judged = at
        if self.left is None:
            self.left = measured
        else:
            expected = max(0.0, self.left - passed)
            self.left = expected + _CALM * (measured - expected)
