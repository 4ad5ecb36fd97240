"""Edits of what goes out: hold, release, send again, check, drop, change, settle by hand, and what goes back to a source.

``sending`` is the key of a row of the outbox (``domain.outbox_rows.OutboxRow.id``).
"""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.ids import SourceId


@dataclass(frozen=True, slots=True)
class HoldSending:
    """It waits until a teammate releases it."""

    sending: int


@dataclass(frozen=True, slots=True)
class ReleaseSending:
    """What a teammate held goes on its way."""

    sending: int


@dataclass(frozen=True, slots=True)
class RetrySending:
    """Send again what was refused, or what nobody can tell of: the teammate has been told that it may arrive twice.

    What waits for another try is tried now.
    """

    sending: int


@dataclass(frozen=True, slots=True)
class CheckSending:
    """Look once more at the source whether something arrived of which nobody can tell."""

    sending: int


@dataclass(frozen=True, slots=True)
class DropSending:
    """It is not sent; here it stays as it is."""

    sending: int


@dataclass(frozen=True, slots=True)
class MarkSent:
    """A teammate knows that it was sent."""

    sending: int


@dataclass(frozen=True, slots=True)
class EditSending:
    """Another text for an answer that was not sent yet; one that was refused is sent again with it."""

    sending: int
    text: str


@dataclass(frozen=True, slots=True)
class ResolveConflict:
    """Field by field whose value stays: of ``mine`` ours is sent, of ``theirs`` the source's is taken over here.

    Each field in conflict is a row of the outbox of its own.
    """

    mine: tuple[int, ...] = ()
    theirs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SetWriteBack:
    """Whether something goes back to a source: ``what`` is a word of ``domain.outbox.what_of``."""

    source: SourceId
    what: str
    is_on: bool


OfSendings = (
    HoldSending | ReleaseSending | RetrySending | CheckSending | DropSending | MarkSent | EditSending | ResolveConflict
)
OfOutbox = OfSendings | SetWriteBack
