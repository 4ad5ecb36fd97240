"""Runs: which neighbouring rows leave and which arrive when one order of keys becomes another."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring rows, both ends included."""

    first: int
    last: int


def runs_between(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """(rows that leave, by their place in `old`; rows that arrive, by their place in `new`), both ascending.

    Both sequences are sorted by their keys, so what stays keeps its order; a row that moved leaves and arrives.
    """
    before, after = set(old), set(new)
    return _runs([key not in after for key in old]), _runs([key not in before for key in new])


def _runs(is_moving: Sequence[bool]) -> tuple[Run, ...]:
    runs: list[Run] = []
    first: int | None = None
    for place, moves in enumerate(is_moving):
        if moves and first is None:
            first = place
        elif not moves and first is not None:
            runs.append(Run(first, place - 1))
            first = None
    if first is not None:
        runs.append(Run(first, len(is_moving) - 1))
    return tuple(runs)
