"""What goes with a customer, and the receipt, in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLocale

from console.domain.erasing import Receipt
from console.ui.profile.wording import moment_words


def translate(words: str) -> str:
    """The words in the teammate's language, for functions that are no QObject."""
    return QCoreApplication.translate("Erasing", words)


WHAT: dict[str, tuple[str, Callable[[], str]]] = {
    "conversations": ("message-square", lambda: translate("conversations")),
    "messages": ("mail", lambda: translate("messages")),
    "attachments": ("paperclip", lambda: translate("attachments")),
    "events": ("mouse-pointer-click", lambda: translate("events")),
    "notes": ("sticky-note", lambda: translate("notes")),
    "tags": ("tag", lambda: translate("tags")),
    "properties": ("list", lambda: translate("values of properties")),
    "addresses": ("at-sign", lambda: translate("addresses")),
    "identities": ("link-2", lambda: translate("records of sources")),
    "records": ("database", lambda: translate("originals, as sources sent them")),
}
"""For each count of a receipt: icon and words."""


def receipt_words(receipt: Receipt) -> str:
    """The receipt as lines; nothing in it says who it was."""
    number = QLocale().toString
    at = translate("Erased on {0} by {1}. There is no undo.").format(moment_words(receipt.at), receipt.by)
    lines = [f"{number(receipt.rows[name])} {words()}" for name, (_, words) in WHAT.items() if receipt.rows.get(name)]
    struck = translate("{0} mentions elsewhere were struck out").format(number(receipt.mentions))
    kept = translate("{0} keyed hashes stay, so that nothing brings them back").format(number(receipt.marks))
    return "\n".join([at, "", *lines, struck, kept, "", translate("Receipt {0}").format(receipt.id)])
