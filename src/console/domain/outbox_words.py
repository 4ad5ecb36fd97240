"""What goes out, in words: titles of edits of the outbox, and one line about a sending."""

from __future__ import annotations

from typing import assert_never

from console.domain.channels import OwnerKind
from console.domain.edits_of_outbox import (
    CheckSending,
    DropSending,
    EditSending,
    HoldSending,
    MarkSent,
    OfOutbox,
    ReleaseSending,
    ResolveConflict,
    RetrySending,
    SetWriteBack,
)
from console.domain.outbox import PROPERTY_PREFIX, WriteKind
from console.domain.outbox_rows import OutboxRow

_BACK = {
    "reply": "replies",
    "note": "notes",
    "tag": "tags",
    "state": "states of conversations",
    "assignment": "assignments",
}


def title_of_outbox(edit: OfOutbox) -> str:
    """A few words in the imperative."""
    match edit:
        case HoldSending():
            return "Hold what goes out"
        case ReleaseSending():
            return "Release what was held"
        case RetrySending():
            return "Send again"
        case CheckSending():
            return "Check whether it was sent"
        case DropSending():
            return "Drop what goes out"
        case MarkSent():
            return "Mark as sent"
        case EditSending():
            return "Change a waiting reply"
        case ResolveConflict():
            return "Resolve a conflict"
        case SetWriteBack(what=what, is_on=is_on):
            return f"{'Send' if is_on else 'Stop sending'} {what_in_words(what)} back"
        case _:
            assert_never(edit)


def done_of_outbox(edit: OfOutbox) -> str:
    """A few words in the past."""
    match edit:
        case HoldSending():
            return "Held"
        case ReleaseSending():
            return "Released"
        case RetrySending():
            return "Will be sent again"
        case CheckSending():
            return "Will be checked"
        case DropSending():
            return "Dropped, it is not sent"
        case MarkSent():
            return "Marked as sent"
        case EditSending():
            return "Waiting reply changed"
        case ResolveConflict():
            return "Conflict resolved"
        case SetWriteBack(what=what, is_on=is_on):
            words = what_in_words(what)
            return f"{words[:1].upper()}{words[1:]} {'go back' if is_on else 'no longer go back'}"
        case _:
            assert_never(edit)


def what_in_words(what: str) -> str:
    """What goes back to a source, as a plural: “replies”, “plan of customers”."""
    if what.startswith(PROPERTY_PREFIX):
        kind, _, name = what.removeprefix(PROPERTY_PREFIX).partition(":")
        return f"{name} of {'companies' if kind == OwnerKind.COMPANY.value else 'customers'}"
    return _BACK.get(what, what)


def words_of(row: OutboxRow) -> str:
    """One line about a sending: “Reply to Ann”, “Tag vip on Acme”, “Close “Export fails””, “plan of Ann”."""
    name = row.target_name or row.subject or "somebody"
    match row.kind:
        case WriteKind.REPLY:
            return f"Reply to {name}"
        case WriteKind.NOTE:
            return f"Note on {_place(row)}"
        case WriteKind.TAG:
            return f"Tag {row.body.get('tag')} on {_place(row)}"
        case WriteKind.UNTAG:
            return f"Remove tag {row.body.get('tag')} from {_place(row)}"
        case WriteKind.STATE:
            verb = {"closed": "Close", "snoozed": "Snooze"}.get(str(row.body.get("state")), "Reopen")
            return f"{verb} {_place(row)}"
        case WriteKind.ASSIGNMENT:
            teammate = row.body.get("teammate")
            return f"Assign {_place(row)} to {teammate}" if teammate else f"Unassign {_place(row)}"
        case WriteKind.PROPERTY:
            return f"{row.body.get('name')} of {name}"
        case _:
            assert_never(row.kind)


def _place(row: OutboxRow) -> str:
    """The conversation by its subject, else who it is about."""
    return f"“{row.subject}”" if row.subject else row.target_name or "a conversation"
