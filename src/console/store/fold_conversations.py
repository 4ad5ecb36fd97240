"""Edits of conversations: whose they are, their state, who takes care of them, and what waits to be answered."""

from __future__ import annotations

from typing import assert_never

from console.domain import edits as e
from console.domain.records import OwnerKind
from console.store.folding import Folding
from console.store.identities import home_of
from console.store.moments import micros
from console.store.outbox_replies import queue_reply
from console.store.recorder import Scalar

ConversationEdit = (
    e.AssignCustomer | e.UnlinkCustomer | e.CloseConversation | e.ReopenConversation | e.SnoozeConversation | e.AssignTeammate
    | e.SetPriority | e.MarkRead | e.QueueReply
)  # fmt: skip


def effect(folding: Folding, edit: ConversationEdit) -> None:
    """Change a conversation's row; whatever else it shows is worked out from messages afterwards."""
    conversation = folding.living(e.Owner(OwnerKind.CONVERSATION, edit.conversation)).id
    former = folding.connection.exec_driver_sql(
        "SELECT customer_id FROM conversations WHERE id = ?", (conversation,)
    ).scalar()
    if former:
        folding.touched.customers.add(former)
    if isinstance(edit, e.QueueReply):
        queue_reply(folding, conversation, edit)
    else:
        folding.recorder.update("conversations", {"id": conversation}, _changes(folding, conversation, edit))


def _changes(folding: Folding, conversation: int, edit: ConversationEdit) -> dict[str, Scalar]:
    match edit:
        case e.AssignCustomer(customer=customer):
            owner = folding.living(e.Owner(OwnerKind.CUSTOMER, customer))
            return {"placed_id": home_of(OwnerKind.CUSTOMER, owner.id), "is_unlinked": False}
        case e.UnlinkCustomer():
            return {"placed_id": None, "is_unlinked": True}
        case e.CloseConversation():
            return {"state": "closed", "snoozed_until": None}
        case e.ReopenConversation():
            return {"state": "open", "snoozed_until": None}
        case e.SnoozeConversation(until=until):
            return {"state": "snoozed", "snoozed_until": micros(until)}
        case e.AssignTeammate(teammate=teammate):
            return {"assignee": teammate or None}
        case e.SetPriority(is_priority=is_priority):
            return {"is_priority": is_priority}
        case e.MarkRead(is_read=is_read):
            return _reading(folding, conversation, is_read=is_read)
        case e.QueueReply():
            return {}
        case _:
            assert_never(edit)


def _reading(folding: Folding, conversation: int, *, is_read: bool) -> dict[str, Scalar]:
    if not is_read:
        return {"is_marked_unread": True}
    newest = folding.connection.exec_driver_sql(
        "SELECT coalesce(max(id), 0) FROM messages WHERE conversation_id = ?", (conversation,)
    ).scalar_one()
    return {"is_marked_unread": False, "read_through": newest}
