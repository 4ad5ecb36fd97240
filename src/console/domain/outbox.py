"""What goes out: one edit on its way to one source, and how that ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from console.domain.channels import OwnerKind


class WriteKind(StrEnum):
    """What a source can be told. A ``REPLY`` reaches a customer, all others only the source's own records."""

    REPLY = "reply"
    NOTE = "note"
    TAG = "tag"
    UNTAG = "untag"
    STATE = "state"
    ASSIGNMENT = "assignment"
    PROPERTY = "property"


class SendingState(StrEnum):
    """How a sending stands.

    ``QUEUED`` waits for its turn, ``HELD`` for a teammate, ``CLAIMED`` is being sent (written before the first byte goes
    out). ``SENT`` and ``DROPPED`` are over. ``REFUSED``, ``CONFLICT`` and ``UNKNOWN`` need a teammate: the source said no;
    it changed there too; nobody can tell whether the source took it.
    """

    QUEUED = "queued"
    HELD = "held"
    CLAIMED = "claimed"
    SENT = "sent"
    REFUSED = "refused"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


PROPERTY_PREFIX = "property:"
_FAMILY = {WriteKind.UNTAG: WriteKind.TAG.value}


def what_of(kind: WriteKind, target_kind: OwnerKind, name: str = "") -> str:
    """The word under which such a write is chosen to go back to a source.

    One of 'reply', 'note', 'tag', 'state', 'assignment', 'property:customer:NAME' and 'property:company:NAME'.
    """
    if kind is WriteKind.PROPERTY:
        return f"{PROPERTY_PREFIX}{target_kind.value}:{name}"
    return _FAMILY.get(kind, kind.value)


REACHES_A_CUSTOMER = frozenset((WriteKind.REPLY,))
REPEATABLE = frozenset((WriteKind.TAG, WriteKind.UNTAG, WriteKind.STATE, WriteKind.ASSIGNMENT, WriteKind.PROPERTY))
"""Kinds that may be sent twice: the second time changes nothing."""
NEEDS_SOMEBODY = frozenset((SendingState.REFUSED, SendingState.CONFLICT, SendingState.UNKNOWN))
OVER = frozenset((SendingState.SENT, SendingState.DROPPED))


@dataclass(frozen=True, slots=True)
class Sending:
    """One edit for one source, as its connector gets it.

    ``op_id`` is the same at every attempt and different for every sending: a connector that can mark what it writes marks
    it with this. ``target`` is the source's own id of the conversation, customer or company (``target_kind``). ``body`` by
    kind: reply and note ``{"text", "by", "message_key"}``; tag and untag ``{"tag"}``; state ``{"state": open|closed|snoozed,
    "until": ISO 8601 or None}``; assignment ``{"teammate": name or None}``; property ``{"name", "value": stored form or None, "kind"}``.
    ``base`` of a property is what the source had said when the teammate made the edit (``{"value", "version"}``, the version where
    the source told one with a conflict), of a state or an assignment only how it stood here (``{"was"}``), None where unknown.
    ``at``: when the edit was made (aware UTC). ``taken`` are the receipts of everything else that went to this target: what
    they stand for is not this one, even where it has the same words.
    """

    op_id: str
    kind: WriteKind
    target_kind: OwnerKind
    target: str
    body: Mapping[str, object]
    at: datetime
    base: Mapping[str, object] | None = None
    by: str = ""
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settled:
    """How a sending ended: ``state`` is sent, refused, conflict or unknown.

    ``reason`` is a sentence for the teammate (empty where sent). ``receipt`` is the source's own id of what it made of it.
    ``theirs`` holds what the source says now, by field, where it changed there too.
    """

    state: SendingState
    reason: str = ""
    receipt: str = ""
    theirs: Mapping[str, object] = field(default_factory=dict)


def own_value(kind: WriteKind, body: Mapping[str, object]) -> object:
    """What we want a field of the source to be: of a property, a state or an assignment; else None."""
    return body.get(_FIELDS[kind]) if kind in _FIELDS else None


def their_value(kind: WriteKind, body: Mapping[str, object], theirs: Mapping[str, object]) -> object:
    """What the source says of that field now, by whichever name its connector knows it; None where it is empty.

    ``UNSAID`` where the source did not tell.
    """
    for name in (str(body.get("name", "")), _FIELDS.get(kind, ""), kind.value, "value"):
        if name in theirs:
            value = theirs[name]
            return None if value == "" else value
    return UNSAID


_FIELDS = {WriteKind.PROPERTY: "value", WriteKind.STATE: "state", WriteKind.ASSIGNMENT: "teammate"}
UNSAID = object()
"""No value at all, not even an empty one."""
