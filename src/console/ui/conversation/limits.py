"""What Qt's rich text can lay out in time: HTML within these limits is shown, anything else is shown as text first.

Nested tables hang QTextBrowser (depth 20, 600 bytes, more than 15 s), and so do words of 200,000 characters (P44).
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from console.ui.overriding import override

DEEPEST_TABLES, DEEPEST, MOST_CELLS, MOST_TAGS = 6, 100, 2_000, 8_000
LONGEST_WORD, LONGEST_SHOWN = 5_000, 200_000
_PICTURE = re.compile(r"""<img\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_OWN_PICTURE = re.compile(r"""\bsrc=["']?cid:""", re.IGNORECASE)
_ALT = re.compile(r'''\balt="([^"<>]*)"''', re.IGNORECASE)
_VOID = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
_BLOCKS = frozenset(["p", "div", "li", "tr", "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre"])
_CHUNK = 16_384
_TABLE = frozenset(["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"])


def is_within(markup: str) -> bool:
    """Whether the markup can be laid out as it is."""
    if len(markup) > LONGEST_SHOWN:
        return False
    measure = _Measure()
    for start in range(0, len(markup), _CHUNK):
        measure.feed(markup[start : start + _CHUNK])
        if not measure.is_small():
            return False
    measure.close()
    return measure.is_small()


def flattened(markup: str) -> str:
    """The markup without tables and boxes, at most 200,000 characters long, its words broken: always quick to show."""
    flat = _Flat()
    flat.feed(markup[: 4 * LONGEST_SHOWN])
    flat.close()
    return flat.markup()


def without_blocked_pictures(markup: str) -> str:
    """The markup with the alternative text in place of every picture that is not part of the message.

    A blocked picture would still take the room that it asks for: half a page of nothing in a newsletter.
    """
    return _PICTURE.sub(_alternative, markup)


def _alternative(found: re.Match[str]) -> str:
    if _OWN_PICTURE.search(found.group()):
        return found.group()
    words = _ALT.search(found.group())
    return f"<i>[{words.group(1)}]</i> " if words and words.group(1).strip() else ""


def broken(text: str) -> str:
    """The text with a place to break in every word that is too long to lay out."""
    if len(text) <= LONGEST_WORD:
        return text
    words = text.split(" ")
    if max(map(len, words)) <= LONGEST_WORD:
        return text
    return " ".join(_pieces(word) for word in words)


def _pieces(word: str) -> str:
    step = LONGEST_WORD // 10
    return word if len(word) <= LONGEST_WORD else "\u200b".join(word[i : i + step] for i in range(0, len(word), step))


class _Measure(HTMLParser):
    """Counts what makes a layout slow."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._tables = self._deepest_tables = self._deepest = self._cells = self._tags = self._word = 0

    def is_small(self) -> bool:
        """Whether everything counted is within the limits."""
        return (
            self._deepest_tables <= DEEPEST_TABLES
            and self._deepest <= DEEPEST
            and self._cells <= MOST_CELLS
            and self._tags <= MOST_TAGS
            and self._word <= LONGEST_WORD
        )

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A block is laid out by itself, which takes about twice as long as a run of words.
        self._tags += 2 if tag in _BLOCKS else 1
        self._cells += tag in ("td", "th")
        if tag in _VOID:
            return
        self._open.append(tag)
        self._tables += tag == "table"
        self._deepest_tables = max(self._deepest_tables, self._tables)
        self._deepest = max(self._deepest, len(self._open))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in self._open[-DEEPEST:]:
            while (closed := self._open.pop()) != tag:
                self._tables -= closed == "table"
            self._tables -= tag == "table"

    @override
    def handle_data(self, data: str) -> None:
        if len(data) > LONGEST_WORD:
            self._word = max(self._word, *map(len, data.split()), 0)


class _Flat(HTMLParser):
    """Keeps words, line breaks, links and emphasis."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._length = 0

    def markup(self) -> str:
        """What is left, well formed."""
        return "".join(self._parts)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "div", "tr", "br", "li", "table", "blockquote", "h1", "h2", "h3"):
            self._keep("<br>")
        elif tag == "a":
            address = html.escape(dict(attrs).get("href") or "", quote=True)
            self._keep(f'<a href="{address}">')

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._keep("</a>")
        elif tag in ("td", "th"):
            self._keep(" ")

    @override
    def handle_data(self, data: str) -> None:
        self._keep(html.escape(broken(data)))

    def _keep(self, part: str) -> None:
        if self._length < LONGEST_SHOWN:
            self._parts.append(part)
            self._length += len(part)
