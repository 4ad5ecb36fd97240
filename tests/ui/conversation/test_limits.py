"""What cannot be laid out in time is found early, and its flat form shows at once."""

from __future__ import annotations

import time

import pytest
from pytestqt.qtbot import QtBot

from console.ui.conversation import limits
from console.ui.conversation.message_text import MessageText


def test_small_markup_is_within_the_limits() -> None:
    assert limits.is_within("<table><tr><td><p>Hello <b>you</b><br>there</p></td></tr></table>")


@pytest.mark.parametrize(
    "bomb",
    [
        "<table><tr><td>" * 20,
        "<div>" * 5_000,
        "<p>" + "x" * 200_000,
        "<tr>" + "<td>x</td>" * 3_000,
        "<b>" * 10_000,
        "a " * 150_000,
    ],
)
def test_a_bomb_is_beyond_the_limits_and_its_flat_form_shows_in_time(qtbot: QtBot, bomb: str) -> None:
    assert not limits.is_within(bomb)
    text = MessageText()
    qtbot.addWidget(text)

    flat = limits.flattened(bomb)
    begun = time.monotonic()
    text.show_rich(flat)

    assert len(flat) <= limits.LONGEST_SHOWN + limits.LONGEST_WORD * 41
    assert time.monotonic() - begun < 20, "a nested table would hang for minutes"


def test_flat_markup_keeps_words_links_and_nothing_that_acts() -> None:
    flat = limits.flattened(
        '<table><tr><td><a href="https://x.example" onclick="y">Go</a> &lt;now&gt;</td></tr></table>'
    )

    assert '<a href="https://x.example">Go</a>' in flat
    assert "&lt;now&gt;" in flat
    assert "table" not in flat
    assert "onclick" not in flat


def test_a_blocked_picture_takes_no_room_and_leaves_its_words() -> None:
    markup = (
        '<img data-remote="https://x.example/a.png" alt="A > chart" width="600" height="900">after<img src="cid:logo">'
    )

    assert limits.without_blocked_pictures(markup) == 'after<img src="cid:logo">'
    assert limits.without_blocked_pictures('<img alt="A chart" height="900">after') == "<i>[A chart]</i> after"
