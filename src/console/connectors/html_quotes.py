"""Where in a mail's HTML the quoted text begins, as the great mail programs mark it."""

from __future__ import annotations

from enum import Enum, auto
from itertools import islice

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  (lxml ships no types)

from console.connectors.html_limits import is_dropped
from console.domain.quoting import is_attribution, is_forwarded, is_header_block

_QUOTE_CLASSES = frozenset(
    {"gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix", "tutanota_quote"}
    | {"zmail_extra", "ms-outlook-mobile-reference-message"}
)
_REST_IDS = frozenset(
    {"divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container", "OLK_SRC_BODY_SECTION"}
)
_LINE_TAGS = frozenset({"br", "div", "li", "p", "td", "tr"})
_EXAMINED_ELEMENTS = 60
_EXAMINED_TEXT = 600
_DEEPEST_EXAMINED = 64


class _Kind(Enum):
    OWN = auto()
    QUOTE = auto()
    REST = auto()


def quote_of(root: etree._Element) -> etree._Element | None:
    """The element at which the quoted end of the mail begins, or None.

    There is something above it; and below it (where the mark says only "this is quoted", not "all the rest is") nothing
    that somebody wrote, so that answers between quotes stay visible.
    """
    walk = etree.iterwalk(root, events=("start", "end"))
    state = _Reading()
    for event, element in walk:
        if event == "end":
            state.leave(element)
            state.read(element.tail)
        elif is_dropped(element):
            walk.skip_subtree()
        else:
            if state.enter(element):
                return element
            state.read(element.text)
            state.saw_picture(element)
    return state.quote


class _Reading:
    """What has been seen so far: own text, and a quote below which nothing own has come yet."""

    def __init__(self) -> None:
        self.quote: etree._Element | None = None
        self._inside: etree._Element | None = None
        self._has_own = False
        self._depth = 0

    def enter(self, element: etree._Element) -> bool:
        """True where everything from this element on is quoted."""
        self._depth += 1
        if self._inside is not None or not self._has_own or self._depth > _DEEPEST_EXAMINED:
            return False
        is_further = self.quote is not None and element.tag == "blockquote"
        kind = _Kind.QUOTE if is_further else _kind_of(element)
        if kind is _Kind.QUOTE:
            self._inside = element
            self.quote = element if self.quote is None else self.quote
        return kind is _Kind.REST

    def leave(self, element: etree._Element) -> None:
        self._depth -= 1
        if element is self._inside:
            self._inside = None

    def read(self, text: str | None) -> None:
        if text and self._inside is None and text.strip():
            self._has_own = True
            self.quote = None

    def saw_picture(self, element: etree._Element) -> None:
        if element.tag == "img" and self._inside is None:
            self._has_own = True


def _kind_of(element: etree._Element) -> _Kind:
    if element.get("id", "") in _REST_IDS:
        return _Kind.OWN if _is_forward(element) else _Kind.REST
    classes = element.get("class", "")
    is_cited = element.tag == "blockquote" and element.get("type", "").lower() == "cite"
    if is_cited or (classes and not _QUOTE_CLASSES.isdisjoint(classes.split())):
        return _Kind.OWN if _is_forward(element) else _Kind.QUOTE
    if element.tag not in {"p", "div", "td"}:
        return _Kind.OWN
    lines = _first_lines(element)
    if is_header_block(lines):
        return _Kind.REST
    is_said = len(lines) == 1 and len(element) <= 8 and is_attribution(lines[0])
    return _Kind.QUOTE if is_said and _is_followed_by_quote(element) else _Kind.OWN


def _is_forward(element: etree._Element) -> bool:
    return any(is_forwarded(line) for line in _first_lines(element)[:1])


def _is_followed_by_quote(element: etree._Element) -> bool:
    following = islice(element.itersiblings(), 4)
    return any(sibling.tag == "blockquote" or sibling.get("class", "") in _QUOTE_CLASSES for sibling in following)


def _first_lines(element: etree._Element) -> list[str]:
    """The first lines of text in an element; looks at few elements and few letters, however much there is."""
    lines: list[str] = [""]
    length = 0
    for child in islice(element.iter(), _EXAMINED_ELEMENTS):
        if not isinstance(child.tag, str):
            continue
        if child.tag in _LINE_TAGS and lines[-1].strip():
            lines.append("")
        tail = child.tail if child is not element else None
        for text in (child.text, tail):
            if text:
                lines[-1] += text[:_EXAMINED_TEXT]
                length += len(text)
        if length > _EXAMINED_TEXT:
            break
    return [" ".join(line.split()) for line in lines if line.strip()]
