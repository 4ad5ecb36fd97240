"""Going to what a search found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from console.domain.ids import ConversationId, CustomerId
from console.domain.search import Hit, HitKind

if TYPE_CHECKING:
    from console.ui.session import Session


class ShowsHits(Protocol):
    """What is needed of the place in which a hit is shown."""

    session: Session

    def show_conversation(self, key: ConversationId) -> None:
        """Goes to a conversation, also one that the list does not hold."""
        ...

    def show_customer(self, key: CustomerId) -> None:
        """Shows a customer's profile beside whatever conversation stands there."""
        ...


def open_hit(place: ShowsHits, hit: Hit) -> None:
    """Shows what was found: a conversation in the inbox beside its profile, a customer or a company in a window of its own."""
    if hit.conversation_id is not None:
        place.show_conversation(hit.conversation_id)
    if hit.kind is HitKind.COMPANY:
        place.session.open_company(int(hit.id))
    elif hit.kind is HitKind.CUSTOMER:
        place.session.open_customer(int(hit.id))
    elif hit.conversation_id is None and hit.customer_id is not None:
        place.show_customer(CustomerId(hit.customer_id))
