"""What was opened lately from the palette, kept by its key alone: names are read again, so that none is kept that is gone."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.search import HitKind

# Whoever is erased is looked for in what the window keeps under names that begin so, and it is emptied.
NAME = "recent.palette"
_MOST = 8
_KINDS = {kind.value: kind for kind in (HitKind.CUSTOMER, HitKind.COMPANY, HitKind.CONVERSATION)}


def recent(state: Mapping[str, str]) -> tuple[tuple[HitKind, int], ...]:
    """Kinds and keys, the last one first; whatever cannot be read is left out."""
    found = []
    for line in state.get(NAME, "").splitlines():
        kind, _, key = line.partition(" ")
        if kind in _KINDS and key.isascii() and key.isdecimal():
            found.append((_KINDS[kind], int(key)))
    return tuple(found)


def with_newest(state: Mapping[str, str], key: str) -> dict[str, str]:
    """What is to be kept once ``key`` (``customer 12``) was opened."""
    before = [line for line in state.get(NAME, "").splitlines() if line != key]
    return {NAME: "\n".join([key, *before][:_MOST])}
