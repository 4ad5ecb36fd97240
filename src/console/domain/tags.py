"""Tags and how often each is used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag and on how many customers, companies and conversations it sticks."""

    name: str
    count: int
