"""What customers of an analytics product ask, and what comes of it: problem, answer, follow-up and solution that fit."""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.connectors.kinds.sample.material import load, pick

_PARTS = ("subjects", "problems", "answers", "followups", "solutions")
_ABSENT = "-"


@dataclass(frozen=True, slots=True)
class Case:
    """One case with places in braces (see ``slots``); answer, follow-up or solution may be empty."""

    topic: str
    tags: tuple[str, ...]
    details: tuple[str, ...]
    subject: str
    problem: str
    answer: str
    followup: str
    solution: str


def some_case(rng: random.Random) -> Case:
    """One of the cases; each topic is as likely as any other."""
    return pick(rng, pick(rng, _cases()))


@functools.cache
def _cases() -> tuple[tuple[Case, ...], ...]:
    """The cases by topic. A code of five digits says which of its sentences belong together (``-``: none)."""
    return tuple(tuple(_case(topic, code) for code in topic["cases"]) for topic in load("topics"))


def _case(topic: Mapping[str, Any], code: str) -> Case:
    told = ("" if digit == _ABSENT else topic[part][int(digit)] for part, digit in zip(_PARTS, code, strict=True))
    return Case(topic["key"], tuple(topic["tags"]), tuple(topic["details"]), *told)
