"""How the sample's edits name what they are about, before anybody knows the workspace's keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from console.domain.edits import Edit
from console.domain.ids import CompanyId, ConversationId, CustomerId


class Lookup(Protocol):
    """Keys of the workspace by what sources call things; asked only after all pages are taken in."""

    def customer_of(self, email: str, /) -> CustomerId:
        """The customer of a canonical address."""
        ...

    def company_of(self, source: str, external_id: str, /) -> CompanyId:
        """The company that the source of that name knows under that id."""
        ...

    def conversation_of(self, source: str, external_id: str, /) -> ConversationId:
        """The conversation that the source of that name knows under that id; for mails, the place of any one of them."""
        ...


@dataclass(frozen=True, slots=True)
class Done:
    """One edit, when (aware UTC) and by whom."""

    at: datetime
    teammate: str
    edit: Edit
