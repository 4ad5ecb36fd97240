"""How a row of the inbox reads: names, channels and the sentence that a listener hears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.domain.channels import AuthorKind, Channel
from console.domain.inbox import InboxRow
from console.ui.inbox import ages

translate = QCoreApplication.translate

ICON_BY_CHANNEL: dict[Channel, str] = {
    Channel.EMAIL: "mail",
    Channel.CHAT: "message-square",
    Channel.SURVEY: "star",
    Channel.REVIEW: "smartphone",
    Channel.CALL: "phone",
    Channel.MEMO: "sticky-note",
}


def name_of(row: InboxRow) -> str:
    """The customer's name, else the nickname, else that nobody is known."""
    return row.customer_name or row.nickname or translate("InboxRow", "Nobody known")


def subject_of(row: InboxRow) -> str:
    """The subject, else that there is none."""
    return row.subject.strip() or translate("InboxRow", "(no subject)")


def preview_of(row: InboxRow) -> str:
    """The beginning of the last message, with who wrote it where that was not the customer."""
    if row.last_author is AuthorKind.TEAMMATE:
        return translate("InboxRow", "You: {0}").format(row.preview)
    if row.last_author is AuthorKind.BOT:
        return translate("InboxRow", "Bot: {0}").format(row.preview)
    return row.preview


def channel_words(channel: Channel) -> str:
    """The channel as it is called on screen."""
    match channel:
        case Channel.EMAIL:
            return translate("InboxRow", "E-mail")
        case Channel.CHAT:
            return translate("InboxRow", "Chat")
        case Channel.SURVEY:
            return translate("InboxRow", "Survey")
        case Channel.REVIEW:
            return translate("InboxRow", "Review")
        case Channel.CALL:
            return translate("InboxRow", "Call")
        case Channel.MEMO:
            return translate("InboxRow", "Memo")


def spoken(now: Callable[[], datetime]) -> Callable[[InboxRow], str]:
    """What assistive technology says of a row at that moment."""

    def sentence(row: InboxRow) -> str:
        parts = [name_of(row), subject_of(row), channel_words(row.channel), ages.age(row.last_at, now())]
        if row.company_name:
            parts.insert(1, row.company_name)
        if row.is_priority:
            parts.append(translate("InboxRow", "priority"))
        if row.unread_count:
            parts.append(translate("InboxRow", "{0} unread").format(row.unread_count))
        return ", ".join(parts)

    return sentence
