"""Words, names and stories of the sample workspace, as they lie in ``resources/sample``."""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Sequence
from typing import Any, TypeVar

from console.system.paths import resources

SEED = "acme.dev"

_One = TypeVar("_One")


@functools.cache
def load(name: str) -> Any:
    """The JSON file of that name. Raises FileNotFoundError where the installation is damaged."""
    return json.loads((resources() / "sample" / f"{name}.json").read_text(encoding="utf-8"))


def chance(*parts: object) -> random.Random:
    """Chance that is the same on every machine for the same words, whatever was drawn elsewhere."""
    return random.Random(":".join((SEED, *map(str, parts))))


def pick(rng: random.Random, options: Sequence[_One]) -> _One:
    """One of the options."""
    return options[int(rng.random() * len(options))]


def phrase(rng: random.Random, name: str) -> str:
    """One of the phrases of that name."""
    return pick(rng, load("phrases")[name])
