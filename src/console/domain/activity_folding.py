"""Folding: which neighbouring lines of the stream are shown as one, the same whatever the pages they were read in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo

from console.domain.activity import Changed, Happened, Line, Said, Tagged

MOST_FOLDED = 100
"""So many lines fold into one at most: a screen is full after a bounded number of pages, however much a machine wrote."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is shown as one: a single line, or neighbours that folded; newest first, never empty."""

    lines: tuple[Line, ...]

    @property
    def newest(self) -> Line:
        """The line at whose time it stands."""
        return self.lines[0]

    @property
    def oldest(self) -> Line:
        """Where the run began."""
        return self.lines[-1]

    @property
    def count(self) -> int:
        """How many lines."""
        return len(self.lines)


def folded(lines: Iterable[Line], zone: tzinfo | None = None, onto: Sequence[Entry] = ()) -> tuple[Entry, ...]:
    """The entries of ``onto`` with more (older) lines behind them: neighbours with one fold key become one entry.

    Whether two neighbours fold depends on nothing but the two, and an entry is cut after ``MOST_FOLDED`` lines; so pages of
    any size, folded one behind the other, give what the whole would. ``zone`` says where days begin, None for here.
    """
    runs: list[list[Line]] = [list(entry.lines) for entry in onto[-1:]]
    last = fold_key(runs[-1][-1], zone) if runs else None
    for line in lines:
        key = fold_key(line, zone)
        if runs and key is not None and key == last and len(runs[-1]) < MOST_FOLDED:
            runs[-1].append(line)
        else:
            runs.append([line])
        last = key
    return (*onto[:-1], *(Entry(tuple(run)) for run in runs))


def fold_key(line: Line, zone: tzinfo | None = None) -> Hashable:
    """What a line has in common with neighbours that it folds with; None where it always stands alone.

    Events of one name within a week (Monday to Sunday), messages of one conversation within a day, tags by one hand
    within a day, properties that one origin changed at one moment.
    """
    match line.what:
        case Happened(name=name):
            year, week, _ = line.at.astimezone(zone).isocalendar()
            return ("event", name, year, week)
        case Said(conversation_id=conversation):
            return ("message", conversation, line.at.astimezone(zone).date())
        case Tagged(by=by) if by:
            return ("tag", by, line.at.astimezone(zone).date())
        case Changed(origin=origin):
            return ("property", origin.key, line.at)
        case _:
            return None


def bars(entry: Entry, zone: tzinfo | None = None) -> tuple[int, ...]:
    """How many of the entry's lines fell on each day from the oldest to the newest, at most 31 days; () for a single day."""
    first = entry.oldest.at.astimezone(zone).date()
    days = min(31, (entry.newest.at.astimezone(zone).date() - first).days + 1)
    if days < 2:
        return ()
    counted = [0] * days
    for line in entry.lines:
        place = (line.at.astimezone(zone).date() - first) // timedelta(days=1)
        counted[min(place, days - 1)] += 1
    return tuple(counted)
