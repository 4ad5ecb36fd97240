"""Answers that wait in the outbox of one conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from console.domain.edit_json import from_json
from console.domain.edits import QueueReply
from console.store.moments import moment


@dataclass(frozen=True, slots=True)
class WaitingReply:
    """An answer and how it stands: ``state`` is the outbox's word, ``at`` (aware UTC) when it was written."""

    edit: str
    at: datetime
    by: str
    text: str
    state: str
    reason: str


def waiting_replies(connection: Connection, conversation: int) -> tuple[WaitingReply, ...]:
    """The answers of a conversation that no source has taken yet, oldest first."""
    rows = connection.exec_driver_sql(
        """SELECT o.edit_id, o.at, coalesce(e.by, ''), o.body, o.state, o.reason FROM outbox o
           LEFT JOIN edit_outcomes e ON e.edit_id = o.edit_id
           WHERE o.conversation_id = ? AND o.state NOT IN ('sent', 'dropped') ORDER BY o.id""",
        (conversation,),
    ).fetchall()
    replies = ((key, at, by, from_json(body), state, reason) for key, at, by, body, state, reason in rows)
    return tuple(
        WaitingReply(key, moment(at), by, reply.text, state, reason)
        for key, at, by, reply, state, reason in replies
        if isinstance(reply, QueueReply)
    )
