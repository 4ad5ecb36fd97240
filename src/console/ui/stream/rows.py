"""The rows of the stream as the list shows them: headings of days, entries, the lines of an unfolded one, ways further."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from console.domain.activity import Line
from console.domain.activity_folding import Entry, folded


@dataclass(frozen=True, slots=True)
class DayRow:
    """The heading over a day."""

    day: date

    @property
    def key(self) -> Hashable:
        """What tells it from other rows."""
        return ("day", self.day)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry. ``is_open``: unfolded, or expanded where it is one line; ``is_joined``: another one of its day follows."""

    entry: Entry
    is_open: bool
    is_joined: bool

    @property
    def key(self) -> Hashable:
        """What tells it from other rows."""
        return ("entry", self.entry.newest.key)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A line of an unfolded entry."""

    line: Line
    is_open: bool
    is_joined: bool

    @property
    def key(self) -> Hashable:
        """What tells it from other rows."""
        return ("part", self.line.key)


@dataclass(frozen=True, slots=True)
class WayRow:
    """There is more: above (``is_up``) or below."""

    is_up: bool

    @property
    def key(self) -> Hashable:
        """What tells it from other rows."""
        return ("way", self.is_up)


Row = DayRow | EntryRow | PartRow | WayRow


def rows_of(
    lines: Sequence[Line], opened: Collection[Hashable], *, has_newer: bool = False, has_older: bool = False
) -> tuple[Row, ...]:
    """The rows of these lines; ``opened`` are the keys of rows that are unfolded. Days are those of this desktop."""
    entries = folded(lines)
    days = [entry.newest.at.astimezone().date() for entry in entries]
    rows: list[Row] = [WayRow(is_up=True)] if has_newer else []
    for place, entry in enumerate(entries):
        if place == 0 or days[place] != days[place - 1]:
            rows.append(DayRow(days[place]))
        is_joined = place + 1 < len(entries) and days[place + 1] == days[place]
        is_open = ("entry", entry.newest.key) in opened
        rows.append(EntryRow(entry, is_open, is_joined or (is_open and entry.count > 1)))
        if is_open and entry.count > 1:
            last = entry.lines[-1]
            rows += [PartRow(one, ("part", one.key) in opened, is_joined or one is not last) for one in entry.lines]
    if has_older:
        rows.append(WayRow(is_up=False))
    return tuple(rows)
