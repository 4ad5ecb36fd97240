"""The palette's box: whatever is typed, chips and line together say the same text."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from console.domain.palette_query import asked
from console.ui.palette.box import PaletteBox

_FIELDS = frozenset({"plan", "mrr", "tag"})
_PIECES = st.sampled_from(
    ["plan:", "pro", " ", "mrr>3", "tag=(a, b)", '"', "(", ")", "-", "😀", "é", "word", "  ", ":"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=120)
@example("😀 plan:pro 😀")
@example('plan:"north peak" lamp')
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_chips_are_made_of_any_text_and_lose_nothing(qtbot: QtBot, text: str) -> None:
    box = PaletteBox()
    qtbot.addWidget(box)
    box.set_text(text)

    parts = asked(box.text(), _FIELDS).parts
    box.take_chips(parts)

    assert box.chips() == tuple(part.expression for part in parts if text[part.end : part.end + 1].isspace())
    again = asked(box.text(), _FIELDS)
    assert Counter(part.expression for part in again.parts) == Counter(part.expression for part in parts)
    assert again.words.split() == asked(text, _FIELDS).words.split()


def test_the_cursor_stays_before_its_letter_where_letters_count_twice(qtbot: QtBot) -> None:
    box = PaletteBox()
    qtbot.addWidget(box)
    box.set_text("😀 plan:pro lamp")
    box.line.put_cursor(12)

    box.take_chips(asked(box.text(), _FIELDS).parts)

    assert box.line.text() == "😀 lamp"
    assert box.line.text()[box.line.cursor_place() :] == "amp"
