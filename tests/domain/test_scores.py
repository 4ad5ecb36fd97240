"""Scores: the number in a survey answer or a review, its scale and its verdict."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from console.domain.records import Channel
from console.domain.scores import Scale, Score, Verdict, score_of
from console.domain.values import Value, ValueKind


def number(value: object) -> Value:
    return Value(ValueKind.NUMBER, Decimal(str(value)))


def text(value: str) -> Value:
    return Value(ValueKind.STRING, value)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (0, Verdict.DETRACTOR),
        (6, Verdict.DETRACTOR),
        (7, Verdict.PASSIVE),
        (8, Verdict.PASSIVE),
        (9, Verdict.PROMOTER),
        (10, Verdict.PROMOTER),
    ],
)
def test_promoters_begin_at_nine_and_detractors_end_at_six(value: int, verdict: Verdict) -> None:
    score = score_of(Channel.SURVEY, {"NPS": number(value)})
    assert score == Score(Scale.NPS, value)
    assert score.verdict is verdict


@pytest.mark.parametrize(
    ("said", "score", "verdict"),
    [
        ({"csat": number(4)}, Score(Scale.CSAT, 4), Verdict.SATISFIED),
        ({"csat": number(3)}, Score(Scale.CSAT, 3), Verdict.NEUTRAL),
        ({"csat": text("1")}, Score(Scale.CSAT, 1), Verdict.DISSATISFIED),
        ({"ces": number(7)}, Score(Scale.CES, 7), Verdict.EASY),
        ({"ces": number(4)}, Score(Scale.CES, 4), Verdict.NEUTRAL),
        ({"ces": number(2)}, Score(Scale.CES, 2), Verdict.HARD),
        ({"survey_type": text("CSAT"), "score": number(5)}, Score(Scale.CSAT, 5), Verdict.SATISFIED),
        ({"score": number(9)}, Score(Scale.NPS, 9), Verdict.PROMOTER),
    ],
)
def test_a_survey_says_its_scale_by_the_name_or_beside_the_number(
    said: dict[str, Value], score: Score, verdict: Verdict
) -> None:
    found = score_of(Channel.SURVEY, said)
    assert found == score
    assert found.verdict is verdict


def test_a_review_has_stars_and_no_verdict() -> None:
    score = score_of(Channel.REVIEW, {"rating": number(4), "version": text("4.2")})
    assert score == Score(Scale.STARS, 4)
    assert score.verdict is Verdict.NONE


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"score": number("9.5")},
        {"score": number(11)},
        {"score": number(-1)},
        {"score": text("nine")},
        {"score": Value(ValueKind.BOOLEAN, True)},
        {"score": number("NaN")},
        {"survey_type": text("thumbs"), "score": number(1)},
    ],
)
def test_what_fits_no_scale_is_no_score(said: dict[str, Value]) -> None:
    assert score_of(Channel.SURVEY, said) is None


def test_a_mail_has_no_score_whatever_is_said_of_it() -> None:
    assert score_of(Channel.EMAIL, {"nps": number(9), "rating": number(5)}) is None


@given(some.sampled_from([Channel.SURVEY, Channel.REVIEW]), some.sampled_from(["nps", "score", "rating"]), some.text())
def test_any_text_of_a_source_gives_a_number_within_its_scale_or_none(channel: Channel, name: str, said: str) -> None:
    score = score_of(channel, {name: text(said)})
    assert score is None or score.lowest <= score.value <= score.highest
