"""What stands in a conversation: messages, notes and waiting answers, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from console.domain.conversation import NoteRow, Turn


@dataclass(frozen=True, slots=True)
class QueuedReply:
    """An answer that waits in the outbox: its edit's key, when it was written (aware UTC), by whom, and how it stands.

    `state` is the outbox's word, empty while the edit is not folded yet; `reason` says why it was refused.
    """

    key: str
    at: datetime
    author: str
    text: str
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DayEntry:
    """The first entry below it is of this day, on this desktop's clock."""

    day: date


Entry = Turn | NoteRow | QueuedReply | DayEntry


def key_of(entry: Entry) -> str:
    """What stays the same about an entry while its text or its state changes."""
    match entry:
        case Turn(id=number):
            return f"turn {number}"
        case NoteRow(id=key):
            return f"note {key}"
        case QueuedReply(key=key):
            return f"queued {key}"
        case DayEntry(day=day):
            return f"day {day.isoformat()}"


def in_order(
    turns: Iterable[Turn], notes: Iterable[NoteRow], queued: Iterable[QueuedReply], *, has_all: bool
) -> tuple[Entry, ...]:
    """The entries by time, with a line before each day.

    Where older messages are not loaded yet (`has_all` is False), notes older than the first loaded message wait too.
    """
    messages = list(turns)
    first = min((turn.at for turn in messages), default=None)
    kept = [note for note in notes if has_all or first is None or note.at >= first]
    spoken: list[Turn | NoteRow | QueuedReply] = sorted([*messages, *kept, *queued], key=_moment)
    entries: list[Entry] = []
    day: date | None = None
    for entry in spoken:
        of_entry = entry.at.astimezone().date()
        if of_entry != day:
            entries.append(DayEntry(of_entry))
            day = of_entry
        entries.append(entry)
    return tuple(entries)


def _moment(entry: Turn | NoteRow | QueuedReply) -> tuple[datetime, int]:
    return (entry.at, entry.id if isinstance(entry, Turn) else 0)
