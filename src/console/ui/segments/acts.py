"""What can be done with the rules of a segment, by name, and where the keyboard goes then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.ui.segments import draft as d


def acted(draft: d.Group, what: str, told: Sequence[Any]) -> tuple[d.Group, int | None]:
    """The rules afterwards, and the line that gets the keyboard. ValueError for something that cannot be done."""
    match what:
        case "change":
            return d.put(draft, told[0]), None
        case "mode":
            return d.set_mode(draft, told[0], told[1]), None
        case "add":
            line = d.new_line()
            return d.add(draft, told[0], line, after=told[1]), line.key
        case "group":
            line = d.new_line()
            return d.add(draft, told[0], d.new_group(d.Mode.ANY, (line,))), line.key
        case "remove":
            return d.remove(draft, told[0]), _beside(draft, told[0])
        case "move":
            return d.move(draft, told[0], told[1]), told[0]
        case _:
            raise ValueError(f"Nothing is called {what!r}")


def _beside(draft: d.Group, key: int) -> int | None:
    """The line next to one that goes."""
    keys = [line.key for line in d.lines_of(draft)]
    if key not in keys:
        return None
    place = keys.index(key)
    return next(iter([*keys[place + 1 : place + 2], *keys[place - 1 : place]]), None)
