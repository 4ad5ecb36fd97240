"""Which rows of the directory are chosen: some, or all that match but some."""

from __future__ import annotations

from collections.abc import Iterable


class Chosen:
    """A set of keys that can also be everything that matches, of which not every key has been read."""

    def __init__(self) -> None:
        self.is_all = False
        self._keys: set[int] = set()

    def __contains__(self, key: int) -> bool:
        return (key in self._keys) is not self.is_all

    def clear(self) -> None:
        """Chooses nothing."""
        self.is_all = False
        self._keys.clear()

    def all_that_match(self) -> None:
        """Chooses everything, read or not."""
        self.is_all = True
        self._keys.clear()

    def toggle(self, key: int) -> None:
        """Chooses it, or no longer."""
        self._keys.symmetric_difference_update((key,))

    def put(self, keys: Iterable[int], *, is_chosen: bool) -> None:
        """Chooses these, or no longer."""
        if is_chosen is not self.is_all:
            self._keys.update(keys)
        else:
            self._keys.difference_update(keys)

    def count(self, total: int) -> int:
        """How many are chosen where `total` match."""
        return max(0, total - len(self._keys)) if self.is_all else len(self._keys)

    def of(self, matching: Iterable[int]) -> tuple[int, ...]:
        """Those chosen among all that match, in that order."""
        return tuple(key for key in matching if key in self)

    def some(self) -> frozenset[int]:
        """The keys that were chosen one by one; those left out where all are chosen."""
        return frozenset(self._keys)
