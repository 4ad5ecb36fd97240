"""The text of the palette: conditions where a known field is asked, words otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.palette_query import asked, nearest_field

_FIELDS = frozenset({"plan", "mrr", "tag", "company.plan", "last_seen", "contract value"})


@pytest.mark.parametrize(
    ("text", "parts", "words"),
    [
        ("plan:enterprise export", ["plan:enterprise"], "export"),
        ("export plan:enterprise", ["plan:enterprise"], "export"),
        ('-tag:vip "two words"', ["-tag:vip"], '"two words"'),
        ('plan=(pro, "enterprise plus") mrr>=300', ['plan=(pro, "enterprise plus")', "mrr>=300"], ""),
        ("last_seen<30d", ["last_seen<30d"], ""),
        ('"contract value">5', ['"contract value">5'], ""),
        ('count("Exported report", 30d)>=3', ['count("Exported report", 30d)>=3'], ""),
        ("https://north.example 10:30 re: lamp", [], "https://north.example 10:30 re: lamp"),
        ('plan:"north pe', ['plan:"north pe"'], ""),
        ("plan: lamp", ["plan:"], "lamp"),
    ],
)
def test_parts_and_words(text: str, parts: list[str], words: str) -> None:
    found = asked(text, _FIELDS)

    assert [part.expression for part in found.parts] == parts
    assert found.words == words


def test_a_condition_that_is_only_begun_asks_nothing_yet() -> None:
    found = asked("lamp plan:", _FIELDS)

    assert (found.parts, found.words, found.is_open) == ((), "lamp", True)


def test_a_space_behind_a_word_is_kept_because_the_word_is_whole() -> None:
    assert asked("lamp ", _FIELDS).words == "lamp "


def test_the_field_that_was_likely_meant() -> None:
    assert nearest_field("plann:pro", _FIELDS) == "plan"
    assert nearest_field("plan:pro", _FIELDS) == ""
    assert nearest_field("http://north.example", _FIELDS) == ""


@given(st.text(max_size=80))
def test_any_text_is_taken_apart_and_parts_stand_where_they_say(text: str) -> None:
    for part in asked(text, _FIELDS).parts:
        assert 0 <= part.start < part.end <= len(text)
        assert len(part.expression) >= part.end - part.start
    nearest_field(text, _FIELDS)
