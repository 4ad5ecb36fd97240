"""What a screen reader is told, over a real accessibility bus; run by Debian's own Python, which has pyatspi.

    /usr/bin/python3 tests/peers/screen_reader.py FIELD…

Waits until every FIELD, the name of a shown text field, is there, and prints every node of all shown windows as one
JSON list of [depth, role, name, is focusable, is shown, its acts].
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import pyatspi

WAIT_SECONDS = 60.0
_MOST_CHILDREN = 150


def shown_windows() -> list[Any]:
    """The windows on screen, of all programs on the bus."""
    desktop = pyatspi.Registry.getDesktop(0)
    programs = [desktop.getChildAtIndex(place) for place in range(desktop.childCount)]
    windows = [one.getChildAtIndex(place) for one in programs if one for place in range(one.childCount)]
    return [one for one in windows if one and is_in(one, pyatspi.STATE_SHOWING)]


def with_fields(names: set[str]) -> list[Any]:
    """The windows on screen once they have these text fields; empty before."""
    windows = shown_windows()
    shown = (node for one in windows for _, node in walk(one) if is_in(node, pyatspi.STATE_SHOWING))
    return windows if names <= {node.name for node in shown if node.getRoleName() == "text"} else []


def is_in(node: Any, state: Any) -> bool:
    """Whether a node is in a state."""
    return node.getState().contains(state)


def walk(node: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """A node and all below it; of very long tables the beginning."""
    yield depth, node
    for place in range(min(node.childCount, _MOST_CHILDREN)):
        child = node.getChildAtIndex(place)
        if child is not None:
            yield from walk(child, depth + 1)


def told(node: Any, depth: int) -> list[object]:
    """What is printed of a node."""
    is_focusable, is_shown = is_in(node, pyatspi.STATE_FOCUSABLE), is_in(node, pyatspi.STATE_SHOWING)
    return [depth, node.getRoleName(), node.name, is_focusable, is_shown, acts(node)]


def acts(node: Any) -> list[str]:
    """What a screen reader can have a node do."""
    try:
        action = node.queryAction()
    except NotImplementedError:
        return []
    return [action.getName(place) for place in range(action.nActions)]


def main() -> None:
    """Waits, then prints."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not (windows := with_fields(set(sys.argv[1:]))):
        if time.monotonic() > deadline:
            there = [(node.getRoleName(), node.name) for one in shown_windows() for _, node in walk(one)]
            sys.exit(
                f"Of {sys.argv[1:]} not all came up, there is {[one for one in there if one[0] in {'frame', 'text'}]}"
            )
        time.sleep(0.3)
    json.dump([told(node, depth) for one in windows for depth, node in walk(one)], sys.stdout)


if __name__ == "__main__":
    main()
