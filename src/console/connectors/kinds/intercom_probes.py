"""Whether something arrived at Intercom: our own part or note is looked for, by who wrote it, what it says and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import assert_never

from console.connectors.kinds.intercom_attributes import is_written
from console.connectors.kinds.intercom_bodies import as_html, words_of
from console.connectors.kinds.intercom_client import Asking, listed
from console.connectors.kinds.intercom_conversations import is_internal, part_key, part_note_key
from console.connectors.kinds.intercom_customers import note_key
from console.connectors.kinds.intercom_reference import Workspace, teammate_called, teammates_by_id, writer_of
from console.connectors.kinds.intercom_values import (
    Json,
    key_of,
    key_or_none,
    line_of,
    moment_of,
    objects_in,
    part_of,
    text_of,
)
from console.domain.channels import OwnerKind
from console.domain.outbox import Sending, SendingState, Settled, WriteKind

PATHS = {
    OwnerKind.CUSTOMER: "/contacts",
    OwnerKind.COMPANY: "/companies",
    OwnerKind.CONVERSATION: "/conversations",
}
# Intercom counts whole seconds.
_SLACK = timedelta(seconds=2)
_SLACK_WITHOUT_ITS_CLOCK = timedelta(minutes=5)


def arrived(asking: Asking, workspace: Workspace, sending: Sending) -> Settled | None:
    """Sent, with its receipt, where what was to be written is there; None where not. Raises Missing, RecordError, TemporaryError."""
    match sending.kind:
        case WriteKind.REPLY | WriteKind.NOTE:
            return _words(asking, workspace, sending)
        case WriteKind.TAG | WriteKind.UNTAG:
            wanted = str(sending.body.get("tag", "")).casefold()
            is_there = any(tag.casefold() == wanted for tag in _tags(asking, sending))
            return _sent_if(is_there is (sending.kind is WriteKind.TAG))
        case WriteKind.STATE:
            conversation = asking.get(f"/conversations/{sending.target}")
            return _sent_if(text_of(conversation, "state") == sending.body.get("state"))
        case WriteKind.ASSIGNMENT:
            return _sent_if(_is_assigned(asking, sending))
        case WriteKind.PROPERTY:
            return _sent_if(is_written(asking, sending))
        case _:
            assert_never(sending.kind)


def own_parts(conversation: Json, writer: str, body: str, *, is_note: bool) -> list[tuple[datetime, str]]:
    """When this admin wrote these words in a conversation, and as which parts, oldest first."""
    rows = objects_in(part_of(conversation, "conversation_parts"), "conversation_parts")
    return _written(writer, body, (one for one in rows if is_internal(one) is is_note))


def _words(asking: Asking, workspace: Workspace, sending: Sending) -> Settled | None:
    body, writer = as_html(str(sending.body.get("text", ""))), writer_of(asking, workspace, sending.by)
    is_talk, is_note = sending.target_kind is OwnerKind.CONVERSATION, sending.kind is WriteKind.NOTE
    if is_talk:
        found = own_parts(asking.get(f"/conversations/{sending.target}"), writer, body, is_note=is_note)
    else:
        path = f"{PATHS[sending.target_kind]}/{sending.target}/notes"
        found = _written(writer, body, (row for batch in listed(asking, path, "data") for row in batch.rows))
    since = (
        sending.at + workspace.ahead - _SLACK if workspace.ahead is not None else sending.at - _SLACK_WITHOUT_ITS_CLOCK
    )
    receipts = (_receipt(workspace, sending, key) for at, key in found if at >= since)
    receipt = next((one for one in receipts if one not in sending.taken), None)
    return None if receipt is None else Settled(SendingState.SENT, receipt=receipt)


def _receipt(workspace: Workspace, sending: Sending, key: str) -> str:
    if sending.target_kind is not OwnerKind.CONVERSATION:
        return note_key(key)
    if sending.kind is WriteKind.NOTE:
        return part_note_key(sending.target, key)
    return part_key(workspace.id, sending.target, key)


def _written(writer: str, body: str, rows: Iterable[Json]) -> list[tuple[datetime, str]]:
    wanted, found = words_of(body), list[tuple[datetime, str]]()
    for row in rows:
        at = moment_of(row, "created_at")
        if (
            at is not None
            and key_or_none(part_of(row, "author"), "id") == writer
            and words_of(text_of(row, "body")) == wanted
        ):
            found.append((at, key_of(row)))
    return sorted(found)


def _tags(asking: Asking, sending: Sending) -> list[str]:
    path = f"{PATHS[sending.target_kind]}/{sending.target}"
    if sending.target_kind is OwnerKind.CUSTOMER:
        return [line_of(row, "name") for batch in listed(asking, f"{path}/tags", "data") for row in batch.rows]
    return [line_of(row, "name") for row in objects_in(part_of(asking.get(path), "tags"), "tags")]


def _is_assigned(asking: Asking, sending: Sending) -> bool:
    assignee = key_or_none(asking.get(f"/conversations/{sending.target}"), "admin_assignee_id")
    name = sending.body.get("teammate")
    return assignee == (teammate_called(teammates_by_id(asking), str(name)) if name else None)


def _sent_if(is_there: bool) -> Settled | None:
    return Settled(SendingState.SENT) if is_there else None
