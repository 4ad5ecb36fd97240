"""The outbox as it is read: what is on its way, what it waits for, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.channels import Owner
from console.domain.ids import ConversationId, SourceId
from console.domain.outbox import SendingState, WriteKind


class OutboxFilter(StrEnum):
    """What a list of the outbox holds. ``NEEDS_YOU`` is refused, in conflict or unknown; ``DONE`` is sent or dropped."""

    ALL = "all"
    NEEDS_YOU = "needs you"
    WAITING = "waiting"
    DONE = "done"


class WaitsFor(StrEnum):
    """Why something that is queued is not sent at once. ``TURN``: nothing stands in its way.

    ``UNDO``: the few seconds in which an answer can be taken back. ``TRY``: the source was not reached, see ``next_at`` and
    ``reason``. ``BEFORE``: what stands before it in its conversation, see ``behind``. ``CHOICE``: such edits do not go back to
    the source. ``PAUSE``: the source is paused. ``SOURCE``: the source needs somebody. ``NOWHERE``: no source takes it.
    """

    TURN = "turn"
    UNDO = "undo"
    TRY = "try"
    BEFORE = "before"
    CHOICE = "choice"
    PAUSE = "pause"
    SOURCE = "source"
    NOWHERE = "nowhere"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One edit on its way to one source. Times are aware UTC.

    ``edit``: the edit that made it; rows of one edit for one source and one ``target`` are one matter. ``target_name``: the
    customer's or company's name, for a conversation whom it is with; ``subject``: the conversation's. ``body`` as
    ``domain.outbox.Sending`` has it. ``base``: what the source had said (``{"value", …}``) or None; ``theirs``: what it says now, by
    field. ``waits_for`` is NOTHING for all that is not queued. ``place``: in the line of its source, from 1; 0: in none.
    ``behind``: the row that must go first. ``held_by`` and ``held_at``: by whom it is held, since when.
    """

    id: int
    edit: str
    kind: WriteKind
    state: SendingState
    source: SourceId | None
    source_name: str
    target: Owner
    target_name: str
    conversation: ConversationId | None
    subject: str
    body: Mapping[str, object]
    base: Mapping[str, object] | None
    theirs: Mapping[str, object]
    by: str
    at: datetime
    reason: str = ""
    receipt: str = ""
    attempts: int = 0
    next_at: datetime | None = None
    claimed_at: datetime | None = None
    settled_at: datetime | None = None
    waits_for: WaitsFor = WaitsFor.NOTHING
    place: int = 0
    behind: int | None = None
    held_by: str = ""
    held_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a sending: ``what`` is made, edit (``title``: its words, by whom), tried, settled or waits."""

    at: datetime
    what: str
    title: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that changed on both sides: ours, theirs and what it was before, as shown; empty where there is no value.

    ``sending`` is what ``ResolveConflict`` names for this field.
    """

    sending: int
    field: str
    mine: str
    theirs: str
    before: str


@dataclass(frozen=True, slots=True)
class OutboxDetail:
    """Everything about one sending: the row, those that belong to the same matter (itself among them), the fields in conflict
    and what happened, oldest first. ``theirs_at``: when the source was seen to say otherwise (aware UTC).
    """

    row: OutboxRow
    matter: tuple[OutboxRow, ...]
    conflicts: tuple[FieldConflict, ...]
    history: tuple[Happening, ...]
    theirs_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How many sendings need somebody, how many wait, and how many were done since a moment."""

    needs_you: int
    waiting: int
    done: int

    @property
    def not_sent(self) -> int:
        """All that is not over."""
        return self.needs_you + self.waiting
