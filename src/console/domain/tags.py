"""Tags: how they are written, and how often each is used."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LONGEST_TAG = 80


def tidy(text: str) -> str:
    """A tag as it is kept: one space between words, letters composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag and on how many customers, companies and conversations it sticks."""

    name: str
    count: int
