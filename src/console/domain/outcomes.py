"""What became of an edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.ids import EditId


class OutcomeState(StrEnum):
    """Whether the edit took effect."""

    FOLDED = "folded"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one edit; ``reason`` is a sentence where it was refused; ``at`` (aware UTC) when it was folded."""

    edit: EditId
    seq: int
    state: OutcomeState
    title: str
    reason: str
    at: datetime
    by: str
