"""Links in messages: which ones may be followed, and where they really lead."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

ALLOWED = frozenset({"https", "http", "mailto", "tel"})
_ADDRESS = re.compile(r"""https?://[^\s<>"'\u200b-\u200f\u2028-\u202e\u2066-\u2069]{1,2000}""", re.IGNORECASE)
_TRAILING = ".,;:!?)]}’”»"


def is_allowed(url: QUrl) -> bool:
    """Whether a link may be opened at all: the web, mail and telephone, absolute and well formed."""
    if not url.isValid() or url.scheme().lower() not in ALLOWED:
        return False
    return bool(url.host()) if url.scheme().lower() in {"http", "https"} else bool(url.path())


def where(url: QUrl) -> str:
    """Where a link really leads: the host in the letters that the network uses, then the whole address."""
    translate = QCoreApplication.translate
    if not is_allowed(url):
        return translate("Links", "This link cannot be opened")
    if url.scheme().lower() not in {"http", "https"}:
        return url.path()[:300]
    shown = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    lines = [
        shown,
        bytes(url.toEncoded(QUrl.ComponentFormattingOption.FullyEncoded).data()).decode("ascii", "replace")[:300],
    ]
    if url.userInfo():
        lines.insert(1, translate("Links", "The part before “@” is not the place it leads to"))
    if _is_punycode(shown):
        lines.insert(1, translate("Links", "Written in letters that may look like others: check the name"))
    return "\n".join(lines)


def open_link(url: QUrl) -> bool:
    """Hands an allowed link to the desktop; False, and nothing happens, for every other."""
    return is_allowed(url) and QDesktopServices.openUrl(url)


def linked(text: str) -> str:
    """Plain text as HTML in which web addresses are links and nothing else is anything."""
    parts: list[str] = []
    last = 0
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(_TRAILING)
        parts.append(html.escape(text[last : found.start()]))
        escaped = html.escape(address, quote=True)
        parts.append(f'<a href="{escaped}">{escaped}</a>')
        last = found.start() + len(address)
    parts.append(html.escape(text[last:]))
    return "".join(parts).replace("\n", "<br>")


def _is_punycode(host: str) -> bool:
    return any(label.startswith("xn--") for label in host.lower().split("."))
