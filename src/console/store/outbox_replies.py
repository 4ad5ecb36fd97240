"""Replies on their way: which source takes one, and how long it can be taken back."""

from __future__ import annotations

import json

from console.domain import edits as e
from console.store.changes import Stale
from console.store.connection import Connection
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.outbox_keys import next_sending
from console.store.outbox_undo import UNDO_SECONDS

# Mail that came from files, or to another mailbox: the mailbox that takes replies and to one of whose addresses it was sent.
_MAILBOX = """SELECT s.id FROM conversations v JOIN participants p ON p.conversation_id = v.id
    JOIN sources s ON s.state <> 'removed' JOIN write_backs w ON w.source_id = s.id AND w.what = 'reply'
    JOIN json_each(s.own_addresses) a ON a.value = p.address
    WHERE v.id = ? AND v.channel = 'email' ORDER BY s.is_paused, s.name LIMIT 1"""


def queue_reply(folding: Folding, conversation: int, edit: e.QueueReply) -> None:
    """Put an answer on its way to the source of the conversation. Raises Refused where it is empty."""
    if not edit.text.strip():
        raise Refused("An empty answer says nothing; write something first")
    key = next_sending(folding.connection)
    source, external_id = _source_of(folding.connection, conversation)
    body = json.dumps(
        {"text": edit.text, "by": folding.entry.teammate, "message_key": edit.message_key}, ensure_ascii=False
    )
    folding.recorder.insert("outbox", {"id": key}, {
        "edit_id": folding.entry.id, "source_id": source, "conversation_id": conversation, "kind": "reply", "target_kind": "conversation",
        "target_id": conversation, "external_id": external_id, "body": body, "state": "queued", "at": folding.recorder.now,
        "next_at": folding.recorder.now + UNDO_SECONDS * 1_000_000,
    })  # fmt: skip
    folding.touched.also(Stale.OUTBOX, key)


def _source_of(connection: Connection, conversation: int) -> tuple[int | None, str | None]:
    own = connection.exec_driver_sql(
        "SELECT v.source_id, v.external_id, w.what FROM conversations v "
        "LEFT JOIN write_backs w ON w.source_id = v.source_id AND w.what = 'reply' WHERE v.id = ?",
        (conversation,),
    ).one()
    if own.what is None:
        mailbox = connection.exec_driver_sql(_MAILBOX, (conversation,)).scalar()
        if mailbox is not None:
            return mailbox, own.external_id
    return own.source_id, own.external_id
