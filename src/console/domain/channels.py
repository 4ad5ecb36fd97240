"""The kinds of things that lists name: channels, authors, and what can own an identity, a note or a tag."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """How a conversation reached us."""

    EMAIL = "email"
    CHAT = "chat"
    SURVEY = "survey"
    REVIEW = "review"
    CALL = "call"
    MEMO = "memo"


class AuthorKind(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    TEAMMATE = "teammate"
    BOT = "bot"


class OwnerKind(StrEnum):
    """What an identity stands for, and what notes, tags and properties hang on."""

    CUSTOMER = "customer"
    COMPANY = "company"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class Owner:
    """What an edit is about: a customer, a company or a conversation, by its key."""

    kind: OwnerKind
    id: int
