"""Definitions of properties: name, type, choices, and how many owners have one."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.values import ValueKind


@dataclass(frozen=True, slots=True)
class Definition:
    """A property that customers or companies can have; ``use_count``: how many do."""

    name: str
    kind: ValueKind
    choices: tuple[str, ...]
    is_on_top: bool
    use_count: int
