"""Hostile HTML in, HTML that is safe to show out; and its text.

Order matters: limits first (a tree from libxml2, written again), nh3 last, so that what is shown is exactly what a
sanitiser built like a browser has passed. Its filter then looks at every address again: nothing relies on both parsers
seeing the same thing.

The form: ``own``, or ``own<hr class="quoted">quoted`` (``domain.quoting.HTML_QUOTE_MARK``), both complete HTML. No other
``hr`` has a class. Pictures elsewhere have no ``src`` but ``data-remote``, for when the teammate wants to see them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import nh3
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  (lxml ships no types)

from console.connectors.html_limits import limited
from console.connectors.html_quotes import quote_of
from console.connectors.html_rules import ATTRIBUTES, DROPPED, LINK_SCHEMES, TAGS, permitted
from console.connectors.html_text import stripped_text, text_of
from console.connectors.mail_text import scrub
from console.domain.quoting import HTML_QUOTE_MARK

# What is read at all; a picture inside an address (data:) is taken out first and does not count.
MAX_READ = 1_000_000
# libxml2 gives up at 2,048 nested elements and drops the rest without a word.
_DEEPEST_TREE = 2_000
# nh3 may open formatting again in each block; more growth than this is an attack.
_LARGEST_GROWTH = 4
_DATA_ADDRESS = re.compile(r"data:[a-zA-Z0-9/+.;=-]{0,100},[A-Za-z0-9+/=%\s]{64,}")
_REMOTE_MARK = " data-remote="
# Made once: to make it takes longer than to clean a usual mail.
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(DROPPED),
    attributes=ATTRIBUTES,
    attribute_filter=permitted,
    url_schemes=set(LINK_SCHEMES) | {"cid"},
    link_rel=None,
    strip_comments=True,
)


@dataclass(frozen=True, slots=True)
class CleanedHtml:
    """``html`` is what somebody wrote, ``quoted_html`` what is folded below it; ``is_cut``: there was more than is shown.

    ``text`` is all of it as plain text. ``html`` is empty where only the text can be shown.
    """

    html: str
    remote_images: int
    quoted_html: str | None
    is_cut: bool
    text: str

    @property
    def joined(self) -> str | None:
        """Both halves as ``MessageRecord.html`` holds them; None where only the text can be shown."""
        if not self.html:
            return None
        return self.html if self.quoted_html is None else f"{self.html}{HTML_QUOTE_MARK}{self.quoted_html}"


def clean(html: str) -> CleanedHtml:
    """Any HTML at all, in linear time; never an error."""
    source = _DATA_ADDRESS.sub("data:,", scrub(html))
    is_cut = len(source) > MAX_READ
    source = source[:MAX_READ]
    root = _tree(source)
    if root is None:
        return CleanedHtml("", 0, None, is_cut, stripped_text(source))
    written = limited(root, quote_of(root))
    own = _sanitised(written.own)
    quoted = _sanitised(written.quoted) if written.quoted is not None else None
    text = scrub(text_of(root))
    if own is None or (written.quoted is not None and quoted is None):
        return CleanedHtml("", 0, None, True, text)
    remote = own.count(_REMOTE_MARK) + (quoted or "").count(_REMOTE_MARK)
    return CleanedHtml(own, remote, quoted, is_cut or written.is_cut, text)


def _tree(html: str) -> etree._Element | None:
    """The tree that libxml2 makes of it; None where there is none, or where it is too deep to be whole."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(html.encode("utf-8"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if root is None or _is_too_deep(root):
        return None
    return root


def _is_too_deep(root: etree._Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST_TREE:
            return True
    return False


def _sanitised(html: str) -> str | None:
    """What nh3 and our own look at every attribute leave; None where it grew suspiciously."""
    cleaned = _CLEANER.clean(html)
    return cleaned if len(cleaned) <= _LARGEST_GROWTH * len(html) + 1_000 else None
