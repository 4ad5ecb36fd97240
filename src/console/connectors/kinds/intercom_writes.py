"""Telling Intercom: replies, notes, tags, state, assignment and attributes. It knows no idempotency key: see ``intercom_probes``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from console.connectors.contract import Speaking
from console.connectors.errors import RecordError, TemporaryError
from console.connectors.http import Answer
from console.connectors.kinds.intercom_attributes import write_property
from console.connectors.kinds.intercom_bodies import as_html
from console.connectors.kinds.intercom_client import Asking, Missing, said_by, speaking_to
from console.connectors.kinds.intercom_conversations import part_key, part_note_key
from console.connectors.kinds.intercom_customers import note_key
from console.connectors.kinds.intercom_probes import PATHS, arrived, own_parts
from console.connectors.kinds.intercom_reference import (
    Workspace,
    tags_by_id,
    teammate_called,
    teammates_by_id,
    workspace_of,
    writer_of,
)
from console.connectors.kinds.intercom_values import Json, key_of
from console.domain.channels import OwnerKind
from console.domain.outbox import Sending, SendingState, Settled, WriteKind

SENT = Settled(SendingState.SENT)
_GONE = Settled(SendingState.REFUSED, "Intercom no longer has what this was meant for.")
_UNASSIGNED = "0"


@dataclass(frozen=True, slots=True)
class Telling:
    """One sending on its way: whom we speak to, in which workspace, and as which admin there."""

    asking: Asking
    workspace: Workspace
    sending: Sending

    @property
    def conversation(self) -> str:
        """The path of the conversation."""
        return f"/conversations/{self.sending.target}"

    def writer(self) -> str:
        """The teammate who made the edit, where Intercom knows one of that name or address; else whose key it is."""
        return writer_of(self.asking, self.workspace, self.sending.by)


def push(speaking: Speaking, sending: Sending) -> Settled:
    """Send one edit. Raises UncertainError where nobody knows whether it arrived, TemporaryError, SourceError."""
    with speaking_to(speaking.settings, speaking.secret, speaking.stop) as client:
        asking = Asking(client)
        try:
            return _pushed(Telling(asking, workspace_of(asking), sending))
        except Missing:
            return _GONE
        except RecordError as error:
            return Settled(SendingState.REFUSED, error.what)


def probe(speaking: Speaking, sending: Sending) -> Settled | None:
    """Whether an earlier push arrived: sent with its receipt, or None. Raises TemporaryError, SourceError."""
    with speaking_to(speaking.settings, speaking.secret, speaking.stop) as client:
        asking = Asking(client)
        try:
            return arrived(asking, workspace_of(asking), sending)
        except Missing:
            return None
        except RecordError:
            return None


def _pushed(telling: Telling) -> Settled:
    match telling.sending.kind:
        case WriteKind.REPLY:
            return _say(telling, "comment")
        case WriteKind.NOTE:
            is_talk = telling.sending.target_kind is OwnerKind.CONVERSATION
            return _say(telling, "note") if is_talk else _note(telling)
        case WriteKind.TAG:
            return _tag(telling)
        case WriteKind.UNTAG:
            return _untag(telling)
        case WriteKind.STATE:
            return _state(telling)
        case WriteKind.ASSIGNMENT:
            return _assign(telling)
        case WriteKind.PROPERTY:
            return write_property(telling.asking, telling.sending)
        case _:
            assert_never(telling.sending.kind)


def _say(telling: Telling, message_type: str) -> Settled:
    """A reply, which the customer gets, or a note in the conversation; the answer is the conversation with our part in it."""
    body = as_html(_text(telling.sending, "text"))
    if not body:
        return Settled(SendingState.REFUSED, "There is nothing in it to send.")
    writer = telling.writer()
    said = {"message_type": message_type, "type": "admin", "admin_id": writer, "body": body}
    answer = telling.asking.write("POST", f"{telling.conversation}/reply", said)
    if not answer.is_good:
        return refused(answer)
    is_note, target = message_type == "note", telling.sending.target
    parts = own_parts(_object(answer), writer, body, is_note=is_note)
    if not parts:
        return SENT
    _, part = parts[-1]
    receipt = part_note_key(target, part) if is_note else part_key(telling.workspace.id, target, part)
    return Settled(SendingState.SENT, receipt=receipt)


def _note(telling: Telling) -> Settled:
    path = f"{PATHS[telling.sending.target_kind]}/{telling.sending.target}/notes"
    body = {"body": as_html(_text(telling.sending, "text")), "admin_id": telling.writer()}
    answer = telling.asking.write("POST", path, body)
    if not answer.is_good:
        return refused(answer)
    made = _object(answer)
    return Settled(SendingState.SENT, receipt=note_key(key_of(made)) if made.get("id") else "")


def _tag(telling: Telling) -> Settled:
    name, target = _text(telling.sending, "tag"), telling.sending.target
    if telling.sending.target_kind is OwnerKind.COMPANY:
        body = {"name": name, "companies": [{"id": target}]}
        return settled(telling.asking.write("POST", "/tags", body))
    tag = _tag_called(telling.asking, name)
    if tag is None:
        made = telling.asking.write("POST", "/tags", {"name": name})
        if not made.is_good:
            return refused(made)
        tag = key_of(_object(made))
    body = {"id": tag}
    if telling.sending.target_kind is OwnerKind.CONVERSATION:
        body["admin_id"] = telling.writer()
    path = f"{PATHS[telling.sending.target_kind]}/{target}/tags"
    return settled(telling.asking.write("POST", path, body))


def _untag(telling: Telling) -> Settled:
    """Take a tag off; one that is not there, or no tag at all, is what was wanted."""
    name, target = _text(telling.sending, "tag"), telling.sending.target
    tag = _tag_called(telling.asking, name)
    if tag is None:
        return SENT
    if telling.sending.target_kind is OwnerKind.COMPANY:
        body = {"name": name, "companies": [{"id": target, "untag": True}]}
        return settled(telling.asking.write("POST", "/tags", body))
    is_talk = telling.sending.target_kind is OwnerKind.CONVERSATION
    path = f"{PATHS[telling.sending.target_kind]}/{target}/tags/{tag}"
    answer = telling.asking.write("DELETE", path, {"admin_id": telling.writer()} if is_talk else None)
    return SENT if answer.status == 404 else settled(answer)


def _state(telling: Telling) -> Settled:
    body: dict[str, object] = {"admin_id": telling.writer()}
    match telling.sending.body.get("state"):
        case "closed":
            body |= {"message_type": "close", "type": "admin"}
        case "snoozed":
            until = telling.sending.body.get("until")
            if not isinstance(until, str) or not until:
                return Settled(SendingState.REFUSED, "Intercom snoozes until a time; choose one and send it again.")
            body |= {"message_type": "snoozed", "snoozed_until": int(datetime.fromisoformat(until).timestamp())}
        case _:
            body |= {"message_type": "open"}
    return settled(telling.asking.write("POST", f"{telling.conversation}/parts", body))


def _assign(telling: Telling) -> Settled:
    name = telling.sending.body.get("teammate")
    assignee = _UNASSIGNED if not name else teammate_called(teammates_by_id(telling.asking), str(name))
    if assignee is None:
        return Settled(SendingState.REFUSED, f"Nobody at Intercom is called {name}.")
    body = {"message_type": "assignment", "type": "admin", "admin_id": telling.writer(), "assignee_id": assignee}
    return settled(telling.asking.write("POST", f"{telling.conversation}/parts", body))


def settled(answer: Answer) -> Settled:
    """How something ended that leaves no mark of its own."""
    return SENT if answer.is_good else refused(answer)


def refused(answer: Answer) -> Settled:
    """Intercom's no, by its code."""
    return (
        _GONE if answer.status in {404, 410} else Settled(SendingState.REFUSED, f"Intercom said no: {said_by(answer)}.")
    )


def _tag_called(asking: Asking, name: str) -> str | None:
    names = tags_by_id(asking)
    exact = [key for key, known in names.items() if known == name]
    alike = [key for key, known in names.items() if known.casefold() == name.casefold()]
    return next(iter(exact + alike), None)


def _text(sending: Sending, name: str) -> str:
    found = sending.body.get(name)
    if not isinstance(found, str) or not found.strip():
        raise RecordError("There is nothing in it to send.")
    return found


def _object(answer: Answer) -> Json:
    """The object in an answer to something that was taken; empty where it cannot be read, which does not make it unsent."""
    try:
        found = answer.json()
    except TemporaryError:
        return {}
    return found if isinstance(found, dict) else {}
