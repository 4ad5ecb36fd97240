"""Notes written with Markdown: emphasis, lists, links, code and quotes; never HTML, never a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from console.ui.conversation import limits, links

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_LONGEST = 20_000
_SIGNS = re.compile(r"[*_`]|^\s{0,3}(?:[#>+-]|\d+[.)])\s|\]\(", re.MULTILINE)


def marked(text: str) -> str:
    """The markup of a note; empty where it says nothing with Markdown, or is too long or too deep to be laid out."""
    if len(text) > _LONGEST or not _SIGNS.search(text):
        return ""
    markup = _reader().render(limits.broken(text))
    return markup if limits.is_within(markup) else ""


@cache
def _reader() -> MarkdownIt:
    # Imported with the first note that needs it: most notes are plain sentences.
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    reader.disable(["image", "html_block", "html_inline", "reference", "lheading"])
    reader.add_render_rule("text", _text)
    return reader


def _text(_renderer: object, tokens: Sequence[Any], place: int, *_: object) -> str:
    """Words; a web address among them is a link, unless they are one already."""
    is_in_link = place > 0 and tokens[place - 1].type == "link_open"
    content = tokens[place].content
    return (
        content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if is_in_link else links.linked(content)
    )
