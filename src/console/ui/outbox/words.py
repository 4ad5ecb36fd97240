"""What is said of a sending: its title, how it stands, what stands in its way, and what that means."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from console.domain.outbox import SendingState, WriteKind
from console.domain.outbox_rows import OutboxRow, WaitsFor
from console.domain.outbox_words import words_of
from console.ui.outbox.matters import Matter
from console.ui.profile.wording import named, property_words, since_words, time_words
from console.ui.style.tokens import Tone

translate = QCoreApplication.translate
_ICONS: dict[SendingState, tuple[str, Tone]] = {
    SendingState.QUEUED: ("clock", "grey"),
    SendingState.HELD: ("circle-pause", "grey"),
    SendingState.CLAIMED: ("send", "accent"),
    SendingState.SENT: ("check", "green"),
    SendingState.REFUSED: ("ban", "red"),
    SendingState.CONFLICT: ("git-compare", "amber"),
    SendingState.UNKNOWN: ("circle-question-mark", "violet"),
    SendingState.DROPPED: ("trash-2", "grey"),
}
_ENGLISH = {1: "st", 2: "nd", 3: "rd"}


def look_of(state: SendingState) -> tuple[str, Tone]:
    """Icon and tone of a state."""
    return _ICONS[state]


def title_of(matter: Matter) -> str:
    """“Reply to Ann”; of several fields “Ann · 3 properties”."""
    if len(matter.rows) == 1:
        words = named(words_of(matter.first))
        return words[:1].upper() + words[1:]
    count = translate("Outbox", "{0} properties").format(QLocale().toString(len(matter.rows)))
    return f"{named(matter.first.target_name) or matter.first.subject} · {count}"


def chip_of(row: OutboxRow) -> str:
    """The state in a word, where somebody must act; empty elsewhere."""
    match row.state:
        case SendingState.CONFLICT:
            return translate("Outbox", "Conflict")
        case SendingState.UNKNOWN:
            return translate("Outbox", "Unknown")
        case SendingState.REFUSED:
            return translate("Outbox", "Refused")
        case _:
            return ""


def place_words(row: OutboxRow, now: datetime) -> str:
    """What stands at the end of the line: the place in the line of its source, or when it was done."""
    if row.settled_at is not None and row.state in (SendingState.SENT, SendingState.DROPPED):
        return when(row.settled_at, now)
    if (
        row.state is SendingState.QUEUED
        and row.place > 0
        and row.waits_for not in (WaitsFor.UNDO, WaitsFor.NOWHERE, WaitsFor.CHOICE)
    ):
        return translate("Outbox", "{0} in line").format(_ordinal(row.place))
    return ""


def standing_words(row: OutboxRow, now: datetime, me: str) -> str:
    """The second line: how it stands and what it waits for."""
    source = named(row.source_name)
    match row.state:
        case SendingState.CONFLICT:
            return translate("Outbox", "Changed at {0} while it waited").format(source)
        case SendingState.UNKNOWN:
            at = when(row.claimed_at or row.at, now)
            return translate("Outbox", "{0} gave no answer at {1} while it was sent").format(source, at)
        case SendingState.REFUSED:
            at = when(row.settled_at or row.at, now)
            return translate("Outbox", "Refused by {0} at {1}").format(source or translate("Outbox", "nobody"), at)
        case SendingState.CLAIMED:
            return translate("Outbox", "Being sent to {0}").format(source)
        case SendingState.SENT:
            return _sent_words(row, source)
        case SendingState.DROPPED:
            return named(row.reason) or translate("Outbox", "Dropped, it was not sent")
        case SendingState.HELD:
            return _held_words(row, now, me)
        case SendingState.QUEUED:
            return _waiting_words(row, source, now)


def meaning(row: OutboxRow) -> str:
    """What it means, in a sentence or two, where somebody must act; empty elsewhere."""
    source = named(row.source_name)
    match row.state:
        case SendingState.UNKNOWN if row.kind is WriteKind.REPLY:
            words = translate(
                "Outbox",
                "We cannot tell whether the reply was sent. Check looks for it at {0}; resending may deliver it twice.",
            )
            return words.format(source)
        case SendingState.UNKNOWN:
            words = translate("Outbox", "We cannot tell whether {0} took it. Check looks for it there.")
            return words.format(source)
        case SendingState.REFUSED:
            reason = named(row.reason).rstrip(".")
            stays = translate("Outbox", "Here it stays as it is.")
            return f"“{reason}.” {stays}" if reason else stays
        case _:
            return ""


def when(at: datetime, now: datetime) -> str:
    """The time of day, with the day where that is another one."""
    same = at.astimezone().date() == now.astimezone().date()
    return time_words(at) if same else since_words(at, now)


def field_words(field: str) -> str:
    """What a field in conflict is called."""
    match field:
        case "state":
            return translate("Outbox", "State")
        case "teammate":
            return translate("Outbox", "Assigned to")
        case _:
            return property_words(field)


def _sent_words(row: OutboxRow, source: str) -> str:
    words = translate("Outbox", "Sent to {0}").format(source)
    if row.claimed_at is None or row.settled_at is None:
        return words
    seconds = (row.settled_at - row.claimed_at).total_seconds()
    took = translate("Outbox", "{0} s").format(QLocale().toString(seconds, "f", 1))
    return f"{words} · {took}" if 0 <= seconds < 60 else words


def _held_words(row: OutboxRow, now: datetime, me: str) -> str:
    if row.held_at is None:
        return translate("Outbox", "Held")
    at = when(row.held_at, now)
    if not row.held_by or row.held_by == me:
        return translate("Outbox", "Held by you since {0}").format(at)
    return translate("Outbox", "Held by {0} since {1}").format(named(row.held_by), at)


def _waiting_words(row: OutboxRow, source: str, now: datetime) -> str:
    match row.waits_for:
        case WaitsFor.UNDO:
            return translate("Outbox", "Goes out in a few seconds; until then it can be taken back")
        case WaitsFor.TRY:
            at = when(row.next_at or row.at, now)
            words = translate("Outbox", "Tries again at {0}").format(at)
            return f"{words} · {named(row.reason)}" if row.reason else words
        case WaitsFor.BEFORE:
            return translate("Outbox", "Waits for what was done before it")
        case WaitsFor.CHOICE:
            return translate("Outbox", "Is kept here: such edits do not go back to {0}").format(source)
        case WaitsFor.PAUSE:
            return translate("Outbox", "{0} is paused").format(source)
        case WaitsFor.SOURCE:
            return translate("Outbox", "{0} needs you first").format(source)
        case WaitsFor.NOWHERE:
            return translate("Outbox", "No connected source takes it; it is kept here")
        case _:
            return translate("Outbox", "Goes to {0} as soon as it is its turn").format(source)


def _ordinal(place: int) -> str:
    suffix = "th" if 10 < place % 100 < 14 else _ENGLISH.get(place % 10, "th")
    return f"{QLocale().toString(place)}{suffix}"
