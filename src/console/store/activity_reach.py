"""How far one page of the stream reaches: from where, in which direction, how many lines; and what a part of it found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from console.domain.activity import Line, LineKey, LineKind, StreamFilter
from console.domain.edits import Owner
from console.store.connection import Connection, Row
from console.store.moments import micros

LEAST_NUMBER, GREATEST_NUMBER = -(1 << 63), (1 << 63) - 1
LEAST_TEXT, GREATEST_TEXT = "", "\U0010ffff"
Ref = TypeVar("Ref", int, str)


@dataclass(frozen=True, slots=True)
class Reach:
    """``limit`` lines next to ``key``: older ones, newest first; or with ``is_up`` newer ones, oldest first.

    Without a key from the newest one on. ``until`` (microseconds) leaves out whatever came later.
    """

    key: LineKey | None
    limit: int
    is_up: bool = False
    until: int | None = None

    @property
    def at(self) -> int:
        """The moment it begins at, in microseconds."""
        if self.key is not None:
            return micros(self.key.at)
        return GREATEST_NUMBER - 1 if self.until is None else self.until + 1

    @property
    def order(self) -> str:
        """The direction as SQL says it."""
        return "ASC" if self.is_up else "DESC"

    @property
    def sign(self) -> str:
        """What a key within reach is to ``edge``, as SQL says it."""
        return ">" if self.is_up else "<"

    def edge(self, kind: LineKind, least: Ref, greatest: Ref) -> tuple[int, Ref]:
        """(at, ref) such that the lines of this kind within reach are those before it (``is_up``: behind it)."""
        at, key = self.at, self.key
        if key is not None and key.kind is kind and isinstance(key.ref, type(least)):
            return at, key.ref
        is_behind = key is not None and kind < key.kind
        if self.is_up:
            return (at, greatest) if is_behind else (at - 1, greatest)
        return (at + 1, least) if is_behind else (at, least)

    def holds(self, key: LineKey) -> bool:
        """Whether a line stands within reach."""
        if self.until is not None and micros(key.at) > self.until:
            return False
        if self.key is None:
            return True
        return key > self.key if self.is_up else key < self.key

    def nearest(self, lines: Sequence[Found]) -> list[Found]:
        """Those within reach, the nearest first, at most ``limit``."""
        held = [one for one in lines if self.holds(one.key)]
        held.sort(key=lambda one: one.key, reverse=not self.is_up)
        return held[: self.limit]

    def floor_of(self, floors: Iterable[LineKey | None]) -> LineKey | None:
        """How far all of several looks have come: the floor that is nearest; None where each saw everything."""
        known = [floor for floor in floors if floor is not None]
        return (min(known) if self.is_up else max(known)) if known else None


@dataclass(frozen=True, slots=True)
class Found:
    """A line, or the row of ``activities`` that becomes one when it is shown."""

    key: LineKey
    line: Line | None = None
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the stream found. ``floor``: it looked no further than this, and there may be more behind."""

    found: Sequence[Found]
    floor: LineKey | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose stream is read, and what is wanted of it. ``index`` is search.db, where there is one."""

    connection: Connection
    owner: Owner
    wanted: StreamFilter
    index: Connection | None = None
    identities: Sequence[tuple[int, int]] = field(default=())
    """(identity, its source) of the owner."""
    activities: str = "activities"
    """The table of the many, or what stands for it on another day."""
