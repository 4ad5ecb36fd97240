"""Notes with Markdown: a few ways to emphasise, and nothing that a note could do with them."""

from __future__ import annotations

import pytest

from console.ui.conversation.marked import marked


def test_emphasis_lists_and_links_are_marked_up() -> None:
    found = marked("**Call** her\n\n- on [Monday](https://x.example/a)\n- or `never`, see https://x.example/b")
    assert "<strong>Call</strong>" in found
    assert '<a href="https://x.example/a">Monday</a>' in found
    assert "<code>never</code>" in found
    assert found.count("<li>") == 2
    assert found.count("https://x.example/b") == 2


@pytest.mark.parametrize("text", ["A plain sentence.", "Two\nlines", ""])
def test_what_says_nothing_with_markdown_stays_plain(text: str) -> None:
    assert marked(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "**x** <script>alert(1)</script>",
        "**x** ![a](file:///etc/passwd)",
        "**x** [a](javascript:alert(1))",
        "**x** <img src=x onerror=y>",
        "*x* [a](data:text/html,hi)",
    ],
)
def test_no_html_no_picture_and_no_dangerous_link_comes_through(text: str) -> None:
    found = marked(text)
    assert found
    assert "<script" not in found
    assert "<img" not in found
    assert 'href="javascript' not in found
    assert 'href="data' not in found


@pytest.mark.parametrize(
    "text", ["> " * 5000 + "x", "*" * 19_000, "- " * 4000, "[" * 9000 + "](x)", "**" + "x" * 30_000]
)
def test_what_could_not_be_laid_out_in_time_is_bounded(text: str) -> None:
    assert len(marked(text)) < 200_000
