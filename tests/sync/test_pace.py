"""How fast something comes in and how long it still takes, on a clock of the test's own."""

from __future__ import annotations

import itertools

from console.sync.pace import TELL_SECONDS, Pace


def _run(pace: Pace, *, seconds: float, each: int, total: int, step: float = 0.1, begun: float = 0.0) -> list[float]:
    """So many seconds at a steady speed of ``each`` records a step; gives the times left that were shown."""
    shown: list[float] = []
    for n in range(1, round(seconds / step) + 1):
        pace.add(each, pace.done + each, total, begun + n * step)
        if pace.left is not None and (not shown or shown[-1] != pace.left):
            shown.append(pace.left)
    return shown


def test_a_steady_speed_is_told_as_it_is() -> None:
    pace = Pace(0.0)

    shown = _run(pace, seconds=10, each=24, total=24_000)

    assert round(pace.rate) == 240
    assert round(shown[-1]) in (90, 91)


def test_time_left_moves_at_most_once_a_second_and_does_not_jump() -> None:
    pace = Pace(0.0)
    steady = _run(pace, seconds=10, each=10, total=10_000)
    slower = _run(pace, seconds=5, each=5, total=10_000, begun=10.0)

    assert len(steady) <= 11
    assert len(slower) <= 6
    assert max(abs(after - before) for before, after in itertools.pairwise(slower)) < 60


def test_before_a_second_has_passed_or_a_total_is_known_nobody_can_tell() -> None:
    early, endless = Pace(0.0), Pace(0.0)
    _run(early, seconds=0.5, each=10, total=1_000)
    for n in range(1, 50):
        endless.add(10, n * 10, None, n * 0.1)

    assert early.left is None
    assert endless.left is None
    assert round(endless.rate) == 100


def test_another_stream_begins_anew() -> None:
    pace = Pace(0.0)
    _run(pace, seconds=5, each=100, total=10_000)
    pace.add(1, 1, 50, 5.1)

    assert pace.left is None
    assert pace.records == 5_001


def test_it_is_told_four_times_a_second_at_most() -> None:
    pace = Pace(0.0)

    told = sum(pace.is_due(n * 0.01) for n in range(1_000))

    assert told <= 10 / TELL_SECONDS
    assert told >= 35
