"""Scores: what the number in a survey answer or a review means, on which scale, and the verdict that follows from it.

NPS 0–10: promoters 9 and 10, detractors 0 to 6 (Reichheld). CSAT 1–5: 4 and 5 are satisfied. CES 1–7, "it was easy": from
5 on they agree. Reviews have one to five stars.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from console.domain.records import Channel
from console.domain.values import Value, plain


class Scale(StrEnum):
    """What was asked."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    STARS = "stars"


class Verdict(StrEnum):
    """What the number comes to; a review has its stars and no verdict."""

    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"
    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"
    EASY = "easy"
    HARD = "hard"
    NONE = ""


_BOUNDS = {Scale.NPS: (0, 10), Scale.CSAT: (1, 5), Scale.CES: (1, 7), Scale.STARS: (1, 5)}
_STEPS = {
    Scale.NPS: ((9, Verdict.PROMOTER), (7, Verdict.PASSIVE), (0, Verdict.DETRACTOR)),
    Scale.CSAT: ((4, Verdict.SATISFIED), (3, Verdict.NEUTRAL), (0, Verdict.DISSATISFIED)),
    Scale.CES: ((5, Verdict.EASY), (4, Verdict.NEUTRAL), (0, Verdict.HARD)),
    Scale.STARS: ((0, Verdict.NONE),),
}
_KIND_NAMES = ("survey_type", "survey type", "metric", "scale")
_ANSWER_NAMES = ("score", "rating", "answer", "value")
_STAR_NAMES = ("rating", "stars", "score")


@dataclass(frozen=True, slots=True)
class Score:
    """A whole number within the bounds of its scale."""

    scale: Scale
    value: int

    @property
    def lowest(self) -> int:
        """The least one could answer."""
        return _BOUNDS[self.scale][0]

    @property
    def highest(self) -> int:
        """The most one could answer."""
        return _BOUNDS[self.scale][1]

    @property
    def verdict(self) -> Verdict:
        """What the number comes to."""
        return next(verdict for least, verdict in _STEPS[self.scale] if self.value >= least)


def score_of(channel: Channel, said: Mapping[str, Value]) -> Score | None:
    """The score among what a source said of a conversation, None where there is none that fits a scale.

    A survey names its scale by the property (``nps``, ``csat``, ``ces``) or beside it (``survey_type``); a bare score
    of 0 to 10 is an NPS.
    """
    by_name = {name.strip().lower(): value for name, value in said.items()}
    if channel is Channel.REVIEW:
        return next((found for name in _STAR_NAMES if (found := _score(Scale.STARS, by_name.get(name)))), None)
    if channel is not Channel.SURVEY:
        return None
    for scale in (Scale.NPS, Scale.CSAT, Scale.CES):
        if found := _score(scale, by_name.get(scale.value)):
            return found
    asked = next((plain(by_name[name]).strip().lower() for name in _KIND_NAMES if name in by_name), Scale.NPS.value)
    if asked not in tuple(Scale):
        return None
    return next((found for name in _ANSWER_NAMES if (found := _score(Scale(asked), by_name.get(name)))), None)


def _score(scale: Scale, value: Value | None) -> Score | None:
    """The value on that scale, None where it is no whole number of it."""
    if value is None:
        return None
    match value.content:
        case bool():
            return None
        case Decimal():
            number = value.content
        case str() if value.content.strip().isascii() and value.content.strip().isdecimal():
            number = Decimal(value.content.strip()[:9])
        case _:
            return None
    lowest, highest = _BOUNDS[scale]
    if not number.is_finite() or number != number.to_integral_value() or not lowest <= number <= highest:
        return None
    return Score(scale, int(number))
