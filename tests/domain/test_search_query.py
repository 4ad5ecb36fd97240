"""What a search box asks for: any text is a question, none is an operator."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.domain.search_query import Term, fold, snippet, spaced, spans, terms


def test_words_quoted_words_and_the_beginning_of_the_last_one() -> None:
    assert terms('broken "red lamp" hel') == (Term(("broken",)), Term(("red", "lamp")), Term(("hel",), is_prefix=True))


def test_a_word_that_something_follows_is_whole() -> None:
    assert terms("lamp ") == (Term(("lamp",)),)
    assert terms("lamp.") == (Term(("lamp",)),)


def test_signs_are_no_operators_and_part_words() -> None:
    assert terms("ada@north.example NEAR(a) OR*") == (
        Term(("ada", "north", "example")),
        Term(("NEAR", "a")),
        Term(("OR",)),
    )
    assert terms('"*" ^ -- ( ) : {}') == ()


def test_a_quote_that_is_still_open_may_go_on() -> None:
    assert terms('"red la') == (Term(("red", "la"), is_prefix=True),)


def test_spans_find_the_words_whatever_their_case_and_diacritics() -> None:
    text = "Élan, ELAN and elans"

    assert [text[a:b] for a, b in spans(text, terms("elan "))] == ["Élan", "ELAN"]
    assert [text[a:b] for a, b in spans(text, terms("ela"))] == ["Éla", "ELA", "ela"]


def test_a_prefix_marks_its_letters_only_and_phrases_stand_together() -> None:
    assert spans("lamps lamp", terms("lam")) == ((0, 3), (6, 9))
    assert spans("red big lamp, red lamp", terms('"red lamp"')) == ((14, 22),)


def test_a_snippet_shows_the_match_in_the_middle_of_a_long_text() -> None:
    text = "word " * 500 + "needle\n\n\there" + " word" * 500

    line = snippet(text, terms("needle"))

    assert line.startswith("…")
    assert line.endswith("…")
    assert "needle here" in line
    assert len(line) < 200


def test_a_snippet_shows_the_place_where_the_most_words_meet() -> None:
    text = "lamp " + "x " * 300 + "the red lamp" + " y" * 300

    assert "the red lamp" in snippet(text, terms("lamp red "))


@given(st.text(), st.text())
def test_any_text_can_be_asked_of_any_text(question: str, text: str) -> None:
    wanted = terms(question)
    line = snippet(text, wanted)

    assert len(fold(text)) == len(text)
    for start, end in spans(line, wanted):
        assert 0 <= start < end <= len(line)


def test_signs_of_scripts_without_spaces_are_words_of_their_own() -> None:
    assert terms("北京") == (Term(("北", "京")),)
    assert spans("我在北京工作", terms("北京")) == ((2, 4),)
    assert spans("보고서를 내보냅니다", terms("보고서")) == ((0, 3),)
    assert spans("がき", terms("か")) == ()
    assert spaced("Ada 北京").split() == ["Ada", "北", "京"]
