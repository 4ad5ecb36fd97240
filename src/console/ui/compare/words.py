"""How a comparison reads: words, reasons, totals."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.domain.comparing import PropertyRow, Reason, SetRow, Stand, Total, Word
from console.domain.profile import ClaimState, OriginKind
from console.ui.profile.wording import day_of, isolated, origin_look, property_words, value_words
from console.ui.style.tokens import Tone

WORD_TONE: dict[Word, Tone] = {Word.STAYS: "green", Word.MOVES: "blue", Word.SAME: "grey", Word.LOSES: "amber"}
TOTAL_ICON = {
    "conversations": "message-square",
    "feedback": "star",
    "notes": "sticky-note",
    "tags": "tag",
    "events": "mouse-pointer-click",
    "members": "users",
}


def translate(words: str) -> str:
    """The words in the teammate's language, for functions that are no QObject."""
    return QCoreApplication.translate("Compare", words)


def word_words(word: Word) -> str:
    """The word on a row's chip."""
    return {
        Word.STAYS: translate("Stays"),
        Word.MOVES: translate("Moves"),
        Word.SAME: translate("Same"),
        Word.LOSES: translate("Loses"),
    }[word]


def title_words(name: str) -> str:
    """What a property is called: one about the customer's company says so."""
    words = property_words(name)
    return translate("Company: {0}").format(words) if name.startswith("company.") else words


def reason_words(row: PropertyRow) -> str:
    """Why the result of a property is what it is."""
    return {
        Reason.ONLY_VALUE: translate("Only value"),
        Reason.IDENTICAL: translate("Identical"),
        Reason.BY_HAND: translate("By hand wins"),
        Reason.SPREADSHEET: translate("Spreadsheet wins"),
        Reason.PUSH_API: translate("API wins"),
        Reason.LATER: translate("The later one wins: {0}").format(day_of(row.result.claim.acted_at.astimezone().date())),
        Reason.OWN: translate("Said of the company itself"),
        Reason.TIE: translate("Equal in rank and time"),
        Reason.CHOSEN: translate("You chose"),
    }[row.reason]  # fmt: skip


def set_name(name: str) -> str:
    """What is gathered in a row."""
    return {
        "emails": translate("E-mails"),
        "companies": translate("Companies"),
        "domains": translate("Domains"),
        "first seen": translate("First seen"),
        "last seen": translate("Last seen"),
    }[name]


def set_reason(row: SetRow) -> str:
    """What becomes of the things of a row."""
    gained = len(row.result) - len(set(row.stays))
    if row.word is Word.SAME:
        return translate("Identical")
    if not gained:
        return translate("All are there already")
    return translate("One joins") if gained == 1 else translate("{0} join").format(gained)


def date_reason(*, is_latest: bool, is_both: bool) -> str:
    """Why a date is the result."""
    if not is_both:
        return translate("Only value")
    return translate("Latest date") if is_latest else translate("Earliest date")


def date_words(at: datetime | None) -> str:
    """A date on this desktop's calendar; empty where there is none."""
    return day_of(at.astimezone().date()) if at else ""


def stand_words(stand: Stand | None) -> str:
    """What a side shows of a property; empty where it has none."""
    if stand is None:
        return ""
    match stand.claim.state:
        case ClaimState.MASKED:
            return translate("Masked")
        case ClaimState.REMOVED:
            return translate("Taken off")
        case ClaimState.VALUE:
            return value_words(stand.claim.value) if stand.claim.value is not None else ""


def stand_origin(stand: Stand) -> tuple[str, Tone, str]:
    """(words, tone, icon) of the chip that says who says so; a member's value is said to be one."""
    words, tone, icon = origin_look(stand.claim.origin)
    if not stand.is_own and stand.claim.origin.kind is OriginKind.SOURCE:
        words = translate("{0}, a member").format(words)
    return words, tone, icon


def total_name(name: str) -> str:
    """What is counted."""
    return {
        "conversations": translate("Conversations"),
        "feedback": translate("Feedback"),
        "notes": translate("Notes"),
        "tags": translate("Tags"),
        "events": translate("Events"),
        "members": translate("Members"),
    }[name]


def total_reason(total: Total) -> str:
    """Why the sum is what it is."""
    if total.shared == 1 and total.shared_names:
        return translate("{0} is on both").format(isolated(total.shared_names[0]))
    if total.shared and total.name == "members":
        return translate("{0} belong to both and count once").format(total.shared)
    if total.shared:
        return translate("{0} are on both and count once").format(total.shared)
    if not total.goes:
        return translate("nothing moves")
    match total.name:
        case "notes":
            return translate("authors and dates are kept")
        case "events":
            return translate("counts are added up")
        case _:
            return translate("one moves") if total.goes == 1 else translate("{0} move").format(total.goes)
