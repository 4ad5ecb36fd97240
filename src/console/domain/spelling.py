"""Words that are nearly the same: how many slips lie between two, and by which keys near ones are found without comparing all.

A word's keys are its first letters, whole and with each letter left out. Two words that differ by one slip of the hand there
(a letter too many, too few, wrong, or two of them swapped) have a key in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from console.domain.search_query import fold

SHORTEST = 4
"""Shorter words are not guessed at: nearly every other one would be near."""

_KEYED = 7
_LONG = 8
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 24


def words_of(*texts: str) -> tuple[str, ...]:
    """The different words of names and addresses that have keys, folded, in order; at most 24 of them."""
    found = dict.fromkeys(word for text in texts for word in _WORD.findall(fold(text)) if len(word) >= SHORTEST)
    return tuple(found)[:_MOST_WORDS]


def keys_of(word: str) -> tuple[str, ...]:
    """The keys of a folded word, the word's own beginning first; none of a short one."""
    if len(word) < SHORTEST:
        return ()
    start = word[:_KEYED]
    return tuple(dict.fromkeys((start, *(start[:at] + start[at + 1 :] for at in range(len(start))))))


def slips_allowed(word: str) -> int:
    """How many slips a typed word may hold: one, in a long word two, in a short one none."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < _LONG else 2


def nearest(typed: str, words: Iterable[str]) -> tuple[int, str]:
    """How far the nearest of folded ``words`` is, and which; (more than allowed, "") where none is near.

    A word that is still being typed counts as near to one that begins nearly like it.
    """
    most = slips_allowed(typed)
    best = (most + 1, "")
    for word in words:
        far = _far(typed, word, most)
        if far < best[0]:
            best = (far, word)
    return best


@lru_cache(maxsize=20_000)
def _far(typed: str, word: str, most: int) -> int:
    if word.startswith(typed):
        return 0
    if len(word) > len(typed):
        # Only its beginning has been typed: a slip may have made that longer or shorter.
        return min(distance(typed, word[: len(typed) + by], most) for by in range(-most, most + 1))
    return distance(typed, word, most)


def distance(one: str, other: str, most: int) -> int:
    """The number of slips between two words (optimal string alignment), ``most + 1`` where it is greater than ``most``."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        following = [at]
        for place, also in enumerate(other, 1):
            cost = min(row[place] + 1, following[place - 1] + 1, row[place - 1] + (letter != also))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == also:
                cost = min(cost, before[place - 2] + 1)
            following.append(cost)
        if min(following) > most and (not row or min(row) > most):
            return most + 1
        before, row = row, following
    return min(row[-1], most + 1)
