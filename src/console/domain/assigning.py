"""Who could be the customer of a conversation, and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.domain.conversation import CustomerCard


class CandidateGroup(StrEnum):
    """Why a customer is offered: evidence in the conversation, what was typed, or lately seen."""

    SUGGESTED = "suggested"
    MATCH = "match"
    RECENT = "recent"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who may be meant; ``reason`` says what speaks for it, ``is_strong`` where that hardly leaves a doubt."""

    customer: CustomerCard
    reason: str
    is_strong: bool
    group: CandidateGroup
