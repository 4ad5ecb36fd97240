"""Bodies of what is written at Intercom: our plain text as its HTML, and any HTML as words that can be compared."""

from __future__ import annotations

import html
import re

from console.connectors.html_cleaning import clean

_SPACES = re.compile(r"\s+")


def as_html(text: str) -> str:
    """Plain text as a body: paragraphs at blank lines, everything that could be read as HTML escaped."""
    paragraphs = html.escape(text.strip(), quote=False).replace("\r\n", "\n").split("\n\n")
    return "".join(f"<p>{one.strip().replace(chr(10), '<br>')}</p>" for one in paragraphs if one.strip())


def words_of(body: str) -> str:
    """A body as words alone: Intercom writes HTML of its own around what was sent."""
    return _SPACES.sub(" ", clean(body).text).strip()
