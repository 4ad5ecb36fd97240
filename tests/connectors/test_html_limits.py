"""Nothing that is shown is too deep, too wide or too long, whatever was sent."""

from __future__ import annotations

import re

import html5lib
import pytest
from tests.connectors.html_attacks import elements

from console.connectors import html_rules
from console.connectors.html_cleaning import clean


def depths(html: str) -> tuple[int, int]:
    """How deep elements and tables are nested, body and html not counted."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    stack = [(tree, 0, 0)]
    deepest = tables = 0
    while stack:
        element, depth, table = stack.pop()
        table += element.tag == "table"
        deepest, tables = max(deepest, depth), max(tables, table)
        stack += [(child, depth + 1, table) for child in element]
    return deepest - 1, tables


BOMBS = {
    "tables": "<table><tr><td>" * 20 + "deep",
    "more tables": "<table><tr><td>x" * 600,
    "elements": "<div>" * 900 + "deep",
    "too many elements": "<div>" * 20_000 + "deep",
    "formatting": "".join(f"<b id=x{n}><i title={n}>" for n in range(800)) + "<p>x" * 20_000,
    "cells": "<table>" + "<tr>" + "<td>x" * 50_000,
    "rows": "<table>" + "<tr><td>x" * 50_000,
    "spans": "<table><tr><td colspan=1000000 rowspan=1000000>x",
    "word": "x" * 300_000,
    "word in pieces": "<b>" + "xxxxxxxxx</b><b>" * 20_000,
    "word of entities": "&amp;" * 200_000,
    "text": "word " * 500_000,
    "breaks": "<br>" * 200_000,
    "pictures": "<img src=https://t.example/x.png>" * 3_000,
    "paragraphs": "<p>x" * 60_000,
    "angles": "<" * 300_000,
    "attributes": "<p " + "a=b " * 100_000 + ">x",
    "ends": "<div>" * 500 + "x" + "</p></x>" * 30_000,
    "lists": "<ul><li>" * 1_000 + "x",
    "quotes": "own" + "<blockquote type=cite><p>" * 1_000 + "x",
    "links": "<a href=https://e.example>x" * 30_000,
    "data": f'<img src="data:image/png;base64,{"A" * 3_000_000}">x',
}


@pytest.mark.parametrize("name", BOMBS)
def test_whatever_is_sent_what_is_shown_is_small_and_shallow(name: str) -> None:
    """Not by a clock: what makes the screen slow is depth, cells, words and length, and those are bounded."""
    cleaned = clean(BOMBS[name])
    shown = cleaned.joined or ""
    deepest, tables = depths(shown)
    tags = [element.tag for element in elements(shown)]
    words = re.split(r"[\s\u200b]+", "".join(elements(shown)[0].itertext()))

    assert tables <= html_rules.MAX_TABLE_DEPTH
    assert deepest <= html_rules.MAX_DEPTH + 2
    assert sum(tag in {"td", "th"} for tag in tags) <= html_rules.MAX_CELLS
    assert tags.count("img") <= html_rules.MAX_IMAGES
    assert len(tags) <= 2 * html_rules.MAX_ELEMENTS
    assert max(map(len, words)) <= html_rules.MAX_WORD
    assert len(shown) <= 2 * html_rules.MAX_SHOWN
    assert all(int(span) <= html_rules.MAX_SPAN for span in re.findall(r'span="(\d+)"', shown))
    assert cleaned.text or name in {"breaks", "pictures"}


def test_what_was_cut_off_is_said_and_stays_in_the_text() -> None:
    cleaned = clean("<p>" + "word " * 100_000)

    assert cleaned.is_cut
    assert len(cleaned.text) == 499_999
    assert not clean("<p>short</p>").is_cut
