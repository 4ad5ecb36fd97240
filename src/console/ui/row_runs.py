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
    # Mostly a few rows came or moved near the top, and all that follow are the same as before.
    first, last = _same_ends(old, new)
    mine, theirs = old[first : len(old) - last], new[first : len(new) - last]
    before, after = set(mine), set(theirs)
    return _runs([key not in after for key in mine], first), _runs([key not in before for key in theirs], first)


def _same_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """How many keys are the same from the top down, and of the others from the bottom up."""
    most = min(len(old), len(new))
    first = next((place for place in range(most) if old[place] != new[place]), most)
    last = next((place for place in range(most - first) if old[-1 - place] != new[-1 - place]), most - first)
    return first, last


def _runs(is_moving: Sequence[bool], offset: int) -> tuple[Run, ...]:
    runs: list[Run] = []
    first: int | None = None
    for place, moves in enumerate(is_moving, offset):
        if moves and first is None:
            first = place
        elif not moves and first is not None:
            runs.append(Run(first, place - 1))
            first = None
    if first is not None:
        runs.append(Run(first, offset + len(is_moving) - 1))
    return tuple(runs)
