"""Which sections are folded and in which order they stand: kept with the window, apart for customers and companies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """The order of the sections' keys, and the keys of those that are folded."""

    order: tuple[str, ...]
    folded: frozenset[str]


def shape_of(state: Mapping[str, str], kind: str, keys: Iterable[str]) -> Shape:
    """The kept shape; the sections' own order, all open, where nothing readable was kept."""
    try:
        kept = json.loads(state.get(f"profile.{kind}", "{}"))
        order, folded = kept.get("order", []), kept.get("folded", [])
    except (ValueError, AttributeError):
        order, folded = [], []
    known = tuple(keys)
    first = [key for key in order if key in known]
    return Shape((*first, *(key for key in known if key not in first)), frozenset(folded) & frozenset(known))


def kept(kind: str, shape: Shape) -> dict[str, str]:
    """The shape as window state."""
    return {f"profile.{kind}": json.dumps({"order": list(shape.order), "folded": sorted(shape.folded)})}
