"""Writing a tree of HTML again, within limits: so deep, so wide and so long, and nothing that is not allowed.

QTextBrowser hangs on what is cheap to send: 20 nested tables (600 bytes), words of 200,000 letters, 10,000 nested
elements. One pass over the tree, each step of constant cost: the time is linear in the size of the HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  (lxml ships no types)

from console.connectors.html_rules import (
    CELLS,
    DROPPED,
    MAX_CELLS,
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_IMAGES,
    MAX_SHOWN,
    MAX_TABLE_DEPTH,
    MAX_WORD,
    RENAMED,
    TABLE_PARTS,
    TAGS,
    VOID,
    is_hidden,
    permitted,
    remote_address,
)

_WHITE = re.compile(r"\s")
_WORD_BREAK = "\u200b"
_LONGEST_REFERENCE = len("&quot;")


@dataclass(frozen=True, slots=True)
class Limited:
    """HTML within the limits: what stands before the folded quote, the quote, and whether something was cut off."""

    own: str
    quoted: str | None
    is_cut: bool


def limited(root: etree._Element, quote: etree._Element | None) -> Limited:
    """Write ``root`` again; from ``quote`` on, into a second text, in which the elements around it are opened again."""
    writer = _Writer(quote)
    for _ in writer.steps(root):
        if writer.is_full:
            break
    return writer.finished()


def is_dropped(element: etree._Element) -> bool:
    """Whether the element goes with everything in it."""
    if not isinstance(element.tag, str) or element.tag in DROPPED or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and is_hidden(style)


class _Writer:
    """The state of one pass: what is open, and what is left of each limit."""

    def __init__(self, quote: etree._Element | None) -> None:
        self._quote = quote
        self._own: list[str] | None = None
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._written: list[str | None] = []
        self._tables: list[bool] = []
        self._shown = self._elements = self._cells = self._images = self._word = 0
        self._is_cut = False

    @property
    def is_full(self) -> bool:
        return self._is_cut

    def steps(self, root: etree._Element) -> Iterator[None]:
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                if is_dropped(element):
                    skipped = element
                    walk.skip_subtree()
                else:
                    self._start(element)
            else:
                if element is not skipped:
                    self._end(element)
                self._text(element.tail)
            yield

    def finished(self) -> Limited:
        last = "".join(self._pieces) + _closed(self._open)
        if self._own is None:
            return Limited(last, None, self._is_cut)
        return Limited("".join(self._own), last, self._is_cut)

    def _start(self, element: etree._Element) -> None:
        if element is self._quote:
            self._split()
        tag = RENAMED.get(str(element.tag), str(element.tag))
        opening = self._opening(element, tag)
        if opening:
            self._put(opening)
            self._elements += 1
            self._is_cut = self._is_cut or self._elements > MAX_ELEMENTS
        if opening and tag not in VOID:
            self._open.append(opening)
            self._written.append(tag)
        else:
            self._written.append(None)
        if tag not in VOID:
            self._text(element.text)

    def _end(self, element: etree._Element) -> None:
        tag = RENAMED.get(str(element.tag), str(element.tag))
        written = self._written.pop()
        if tag == "table":
            self._tables.pop()
        if written is not None:
            self._open.pop()
            self._put(f"</{written}>")
        elif tag in {"tr", "table"}:
            self._put("<br>")
            self._elements += 1
        elif tag in CELLS:
            self._put(" ")

    def _opening(self, element: etree._Element, tag: str) -> str | None:
        """The start tag as it is written, or None where only the content of the element stays."""
        if tag == "table":
            self._tables.append(sum(self._tables) < MAX_TABLE_DEPTH and len(self._open) < MAX_DEPTH)
            if not self._tables[-1]:
                return None
        if tag not in TAGS or (len(self._open) >= MAX_DEPTH and tag not in VOID):
            return None
        if tag in TABLE_PARTS and not self._is_table_part_written(tag):
            return None
        if tag == "img":
            return self._image(element)
        return f"<{tag}{_attributes(element, tag)}>"

    def _is_table_part_written(self, tag: str) -> bool:
        if not self._tables or not self._tables[-1]:
            return False
        self._cells += tag in CELLS
        self._is_cut = self._is_cut or self._cells > MAX_CELLS
        return not self._is_cut

    def _image(self, element: etree._Element) -> str | None:
        self._images += 1
        remote = remote_address(element.get("src", ""))
        if self._images > MAX_IMAGES:
            self._text(element.get("alt"))
            return None
        named = f' data-remote="{escape(remote)}"' if remote else ""
        return f"<img{named}{_attributes(element, 'img')}>"

    def _split(self) -> None:
        self._own = [*self._pieces, _closed(self._open)]
        self._pieces = list(self._open)
        self._quote = None

    def _text(self, text: str | None) -> None:
        if not text or self._is_cut:
            return
        room = MAX_SHOWN - self._shown
        shown = text if len(text) * _LONGEST_REFERENCE <= room or len(escape(text)) <= room else text[: room // 8]
        self._put(escape(self._broken(shown), quote=False))
        self._is_cut = self._is_cut or len(shown) < len(text)

    def _broken(self, text: str) -> str:
        """Words over the limit with a place to break at, also where a word goes on through several elements."""
        if self._word + len(text) <= MAX_WORD:
            found = max(text.rfind(" "), text.rfind("\n"))
            self._word = len(text) - found - 1 if found >= 0 else self._word + len(text)
            return text
        pieces: list[str] = []
        for sign in text:
            self._word = 0 if _WHITE.match(sign) else self._word + 1
            if self._word > MAX_WORD:
                pieces.append(_WORD_BREAK)
                self._word = 1
            pieces.append(sign)
        return "".join(pieces)

    def _put(self, piece: str) -> None:
        self._pieces.append(piece)
        self._shown += len(piece)
        self._is_cut = self._is_cut or self._shown >= MAX_SHOWN


def _attributes(element: etree._Element, tag: str) -> str:
    pairs = ((str(name), str(value)) for name, value in element.attrib.items())
    kept = ((name, permitted(tag, name, value)) for name, value in pairs if name != "data-remote")
    return "".join(f' {name}="{escape(value)}"' for name, value in kept if value is not None)


def _closed(opened: list[str]) -> str:
    names = (opening[1:].partition(" ")[0].rstrip(">") for opening in reversed(opened))
    return "".join(f"</{name}>" for name in names)
