"""What the teammate chose to see in the inbox: a segment, and conditions that narrow it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Literal

from console.domain.channels import Channel
from console.domain.ids import CompanyId
from console.domain.inbox import ConversationState, InboxFilter

Segment = Literal["open", "mine", "snoozed", "closed"]
SEGMENTS: tuple[Segment, ...] = ("open", "mine", "snoozed", "closed")


@dataclass(frozen=True, slots=True)
class InboxChoice:
    """A segment of the inbox and the conditions on top of it; the company's name is kept to be shown."""

    segment: Segment = "open"
    channel: Channel | None = None
    tag: str | None = None
    company: CompanyId | None = None
    company_name: str = ""
    is_unassigned: bool = False
    is_unread: bool = False
    has_no_customer: bool = False

    def filter(self, me: str) -> InboxFilter:
        """The question to the store; `me` is the teammate's name."""
        states = {"snoozed": ConversationState.SNOOZED, "closed": ConversationState.CLOSED}
        return InboxFilter(
            state=states.get(self.segment, ConversationState.OPEN),
            assignee=me if self.segment == "mine" else None,
            is_unassigned=self.is_unassigned and self.segment != "mine",
            channel=self.channel,
            tag=self.tag,
            company=self.company,
            is_unread=self.is_unread,
            has_no_customer=self.has_no_customer,
        )

    def is_narrowed(self) -> bool:
        """Whether anything but the segment is chosen."""
        return replace(self, segment="open") != InboxChoice()

    def without_conditions(self) -> InboxChoice:
        """The segment alone."""
        return InboxChoice(segment=self.segment)


def to_json(choice: InboxChoice) -> str:
    """The choice as text that is kept between two starts."""
    kept = {name: getattr(choice, name) for name in InboxChoice.__dataclass_fields__}
    return json.dumps(kept, sort_keys=True)


def from_json(text: str) -> InboxChoice:
    """The choice that was kept; the open inbox where the text is none."""
    try:
        kept: dict[str, Any] = json.loads(text)
        return InboxChoice(
            segment=kept["segment"] if kept["segment"] in SEGMENTS else "open",
            channel=None if kept["channel"] is None else Channel(kept["channel"]),
            tag=kept["tag"],
            company=None if kept["company"] is None else CompanyId(int(kept["company"])),
            company_name=str(kept["company_name"]),
            is_unassigned=bool(kept["is_unassigned"]),
            is_unread=bool(kept["is_unread"]),
            has_no_customer=bool(kept["has_no_customer"]),
        )
    except (ValueError, KeyError, TypeError):
        return InboxChoice()
