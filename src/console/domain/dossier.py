"""A dossier: everything known of one customer as a tree of plain facts, which HTML, JSON and print say each in their way.

Items come one by one and are asked for once, so that a customer with 50,000 activities is never in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum

Content = str | int | bool | datetime | tuple[str, ...] | None
"""What a field says: times are aware UTC, None and empty mean that nobody knows."""


class Shape(Enum):
    """How a part is laid out where people read it: one item as a list of facts, a table, or one entry below the other."""

    FACTS = "facts"
    TABLE = "table"
    ENTRIES = "entries"


@dataclass(frozen=True, slots=True)
class Field:
    """One fact: ``name`` for programs (stable, docs/cli.md), ``title`` for people; ``is_for_programs``: JSON only."""

    name: str
    title: str
    content: Content
    is_for_programs: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Facts that belong together. ``text`` is what somebody wrote, of any length; ``is_past``: it holds no longer, or lost.

    ``title`` heads an entry and says nothing that no field says.
    """

    fields: tuple[Field, ...]
    title: str = ""
    text: str | None = None
    is_past: bool = False
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter. ``items`` are read once. ``count`` is None where it was not counted; ``remark`` is for people."""

    name: str
    title: str
    shape: Shape
    items: Iterable[Item]
    count: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """All of it: of whom, made by whom and when (aware UTC), from which sources, and what one should know of it."""

    customer: str
    customer_id: int
    made_by: str
    made_at: datetime
    sources: tuple[str, ...]
    remarks: tuple[str, ...]
    parts: tuple[Part, ...] = field(default=())


def shown(content: Content) -> str:
    """A field's content as a person reads it; empty where there is nothing. Times are said in UTC."""
    match content:
        case None:
            return ""
        case bool():
            return "yes" if content else "no"
        case datetime():
            return f"{content.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        case tuple():
            return ", ".join(content)
        case _:
            return str(content)
