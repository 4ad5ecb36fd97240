"""Answers that wait in the outbox of one conversation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from console.store.connection import Connection
from console.store.moments import moment
from console.store.outbox_line import IS_SHOWN


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
    """The answers of a conversation that no source has taken yet, or that did not come back from theirs; oldest first."""
    rows = connection.exec_driver_sql(
        f"""SELECT o.edit_id, o.at, o.body, o.state, o.reason FROM outbox o
            WHERE o.conversation_id = ? AND o.kind = 'reply' AND {IS_SHOWN} ORDER BY o.id""",
        (conversation,),
    ).fetchall()
    return tuple(_reply(*row) for row in rows)


def _reply(edit: str, at: int, body: str, state: str, reason: str) -> WaitingReply:
    written = json.loads(body)
    return WaitingReply(edit, moment(at), written["by"], written["text"], state, reason)
