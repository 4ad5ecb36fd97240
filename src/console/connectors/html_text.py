"""What a tree of HTML says as plain text: blocks on lines of their own, list items with a dash, pictures by their words."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  (lxml ships no types)

from console.connectors.html_limits import is_dropped
from console.connectors.html_rules import BLOCKS, CELLS

_SPACED = frozenset({"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul", "dl"})
_WHITE = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HIDDEN_TEXT = re.compile(r"<(script|style|head|title)\b[^<>]{0,2000}>", re.IGNORECASE)
_END_BY_NAME = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "head", "title")}


def text_of(root: etree._Element) -> str:
    """The text, with single blank lines between paragraphs; nothing from scripts, styles or hidden elements."""
    lines = _Lines()
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, element in walk:
        if event == "start" and is_dropped(element):
            skipped = element
            walk.skip_subtree()
        elif event == "start":
            lines.start(element)
        else:
            if element is not skipped:
                lines.end(element)
            lines.add(element.tail)
    return lines.finished()


def stripped_text(html: str) -> str:
    """The text of HTML that is too deep to build a tree from: tags taken out, references resolved; linear."""
    pieces: list[str] = []
    position = 0
    while found := _HIDDEN_TEXT.search(html, position):
        pieces.append(html[position : found.start()])
        end = _END_BY_NAME[found[1].lower()].search(html, found.end())
        position = end.start() if end else len(html)
    pieces.append(html[position:])
    return _WHITE.sub(" ", unescape(_TAG.sub(" ", "".join(pieces)))).strip()


class _Lines:
    """The text so far; line breaks wait until something is written behind them."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._breaks = 0
        self._is_spaced = True
        self._pre = 0

    def start(self, element: etree._Element) -> None:
        tag = element.tag
        self._block(tag)
        if tag == "br":
            self._breaks = min(self._breaks + 1, 2)
        elif tag == "li":
            self._write("- ")
        elif tag == "img":
            self.add(element.get("alt"))
        elif tag == "pre":
            self._pre += 1
        self.add(element.text)

    def end(self, element: etree._Element) -> None:
        tag = element.tag
        self._block(tag)
        if tag == "pre":
            self._pre -= 1
        elif tag in CELLS and not self._breaks and self._pieces:
            self._pieces.append("\t")
            self._is_spaced = True

    def add(self, text: str | None) -> None:
        if not text:
            return
        if self._pre:
            self._write(text)
            return
        spaced = _WHITE.sub(" ", text)
        is_edge = self._is_spaced or self._breaks > 0
        self._write(spaced.removeprefix(" ") if is_edge else spaced)

    def finished(self) -> str:
        return "\n".join(line.rstrip() for line in "".join(self._pieces).split("\n")).strip("\n")

    def _block(self, tag: str) -> None:
        if tag in BLOCKS and tag not in CELLS:
            self._breaks = max(self._breaks, 2 if tag in _SPACED else 1)

    def _write(self, text: str) -> None:
        if not text:
            return
        if self._breaks and self._pieces:
            self._pieces.append("\n" * self._breaks)
        self._breaks = 0
        self._pieces.append(text)
        self._is_spaced = text[-1].isspace()
