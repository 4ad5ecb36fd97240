"""Going to what a search found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.ids import CompanyId, CustomerId
from console.domain.search import Hit, HitKind

if TYPE_CHECKING:
    from console.ui.inbox.place import InboxPlace


def open_hit(place: InboxPlace, hit: Hit) -> None:
    """Shows in the inbox what was found: the conversation, and the profile it is about."""
    if hit.conversation_id is not None:
        place.show_conversation(hit.conversation_id)
    if hit.kind is HitKind.COMPANY:
        place.show_company(CompanyId(int(hit.id)))
    elif hit.kind is HitKind.CUSTOMER:
        place.show_customer(CustomerId(int(hit.id)))
    elif hit.conversation_id is None and hit.customer_id is not None:
        place.show_customer(CustomerId(hit.customer_id))
