"""The popover that gives a conversation its customer."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QWidget

from console.domain.conversation import ConversationHead, CustomerCard
from console.domain.edits import AssignCustomer, CreateCustomer, Several
from console.domain.ids import ConversationId, CustomerId, new_edit_id, stable_id
from console.domain.records import Channel
from console.ui.assign.picker import CustomerPicker
from console.ui.profile.wording import isolated
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.popover import Popover


class AssignPopover(Popover):
    """Assigns an existing customer to a conversation, or makes a new one for it; closes when it has."""

    def __init__(self, session: Session, window: QWidget) -> None:
        self.picker = CustomerPicker(session)
        super().__init__(self.picker.tr("Choose the customer"), self.picker, window, margin=tokens.SPACE_3)
        self._session = session
        self._conversation: ConversationId | None = None
        self.picker.picked.connect(self._assign)
        self.picker.made.connect(self._create)
        self.picker.left.connect(self.close_it)

    def open_for(self, head: ConversationHead, anchor: QWidget) -> None:
        """Opens below `anchor` with suggestions for a conversation."""
        self._conversation = head.id
        words = {
            Channel.EMAIL: self.tr("Suggested for this mail"),
            Channel.REVIEW: self.tr("Suggested for this review"),
            Channel.SURVEY: self.tr("Suggested for this answer"),
        }
        suggested = words.get(head.channel, self.tr("Suggested for this conversation"))
        self.picker.start(head.id, suggested, excluded=head.customer.id if head.customer else None)
        self.open_at(anchor, "below")

    def _assign(self, card: CustomerCard) -> None:
        if self._conversation is not None:
            self._session.submit(AssignCustomer(self._conversation, card.id))
        self.close_it()

    def _create(self, name: str, address: str) -> None:
        if self._conversation is not None:
            customer = new_customer_id(self._session)
            make = CreateCustomer(customer, name, (address,) if address else ())
            title = self.tr("Create {0} and assign").format(isolated(name or address))
            self._session.submit(Several(title, (make, AssignCustomer(self._conversation, customer))))
        self.close_it()


def new_customer_id(session: Session) -> CustomerId:
    """A key for a customer made here and now, as good as unique on every machine."""
    return CustomerId(stable_id("customer", new_edit_id(session.now(), os.urandom(10))))
