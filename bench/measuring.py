"""How a benchmark measures: ours and its limit in turn, in one run, and the medians of both and of their ratios."""

from __future__ import annotations

import contextlib
import gc
import math
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took: seconds on the wall's clock, and of this process on a core."""

    seconds: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Goal:
    """What the ratio should be at most, or ``is_least`` at least."""

    bound: float
    is_least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.is_least else '≤'} {self.bound:g}"

    def is_met(self, ratio: float) -> bool:
        """Whether the ratio keeps the goal."""
        return ratio >= self.bound if self.is_least else ratio <= self.bound


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: ours beside its limit in ``unit``, and their ratio beside its goal.

    ``cpu_ratio`` is the same ratio of processor time, where both ran in one process: another program's load moves it less.
    """

    bench: str
    what: str
    limit_is: str
    ours: float
    limit: float
    unit: str
    ratio: float
    goal: Goal | None = None
    cpu_ratio: float | None = None
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Pairs:
    """Runs of ours and of its limit, the n-th of the one beside the n-th of the other."""

    ours: tuple[Spent, ...]
    limit: tuple[Spent, ...]

    def as_times(self, bench: str, what: str, limit_is: str, goal: Goal | None, *, times: int = 1) -> Figure:
        """Milliseconds of each; the ratio says how many times longer ours takes. A run did the thing ``times`` times."""
        ours, limit = self._seconds()
        return Figure(
            bench, what, limit_is, ours * 1000 / times, limit * 1000 / times, "ms", *self._ratio(is_rate=False)[:1],
            goal, self._ratio(is_rate=False)[1],
        )  # fmt: skip

    def as_rates(self, bench: str, what: str, limit_is: str, goal: Goal | None, *, count: int, unit: str) -> Figure:
        """``count`` things a second of each; the ratio says what part of the limit ours reaches."""
        ours, limit = self._seconds()
        ratio, cpu_ratio = self._ratio(is_rate=True)
        return Figure(bench, what, limit_is, count / ours, count / limit, unit, ratio, goal, cpu_ratio)

    def _seconds(self) -> tuple[float, float]:
        return statistics.median(one.seconds for one in self.ours), statistics.median(one.seconds for one in self.limit)

    def _ratio(self, *, is_rate: bool) -> tuple[float, float]:
        pairs = list(zip(self.ours, self.limit, strict=True))
        wall = statistics.median(a.seconds / b.seconds for a, b in pairs)
        cpu = statistics.median(a.cpu / b.cpu if b.cpu else math.nan for a, b in pairs)
        return (1 / wall, 1 / cpu) if is_rate else (wall, cpu)


def timed(act: Callable[[], object]) -> Spent:
    """What one call takes; rubbish is collected before, not in it."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def in_turn(ours: Callable[[], Spent], limit: Callable[[], Spent], repetitions: int) -> Pairs:
    """Run both so often; who comes first changes, so that what the machine does meanwhile meets both alike."""
    spent: tuple[list[Spent], list[Spent]] = ([], [])
    for number in range(repetitions):
        order = ((0, ours), (1, limit)) if number % 2 == 0 else ((1, limit), (0, ours))
        for place, run in order:
            spent[place].append(run())
    return Pairs(tuple(spent[0]), tuple(spent[1]))


def percentile(numbers: Sequence[float], share: float) -> float:
    """The number below which ``share`` (0 to 1) of the numbers lie."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """No collection of rubbish meanwhile: for single short steps, where one pause would be taken for the step."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
