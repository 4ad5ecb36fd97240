"""Erasing: what is left of a customer who was erased, which is a receipt and no word about who it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

ERASED = "[erased]"
"""What stands where others had mentioned an erased customer."""

_SHORTEST_WORD = 4
_ADDRESS = re.compile(r"[^\s<>()\[\]{},;:\"'\\]+@[^\s<>()\[\]{},;:\"'\\]+\.[^\s<>()\[\]{},;:\"'\\.]+")


@dataclass(frozen=True, slots=True)
class Receipt:
    """That somebody was erased: when (aware UTC), by whom, how many rows of what went, how many mentions elsewhere were
    struck out, and how many keyed hashes keep sources and imports from bringing them back.
    """

    id: str
    at: datetime
    by: str
    rows: Mapping[str, int]
    mentions: int
    marks: int


def strikeable(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """The names that may be struck out wherever they stand: of two words or more, and nobody else's as well.

    A first name alone, or the name of two customers, says nothing about who is meant.
    """
    taken = {_flat(name) for name in others}
    found = {_flat(name) for name in names}
    return tuple(
        sorted(one for one in found if len(one.split()) > 1 and one not in taken and len(one) > _SHORTEST_WORD)
    )


def struck_out(text: str, words: Iterable[str]) -> str:
    """The text with every one of the words replaced by ``[erased]``, in whatever case it was written."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    if not wanted:
        return text
    pattern = "|".join(r"\s+".join(map(re.escape, word.split())) for word in wanted)
    return re.sub(pattern, ERASED, text, flags=re.IGNORECASE)


def addresses_in(text: str) -> tuple[str, ...]:
    """What looks like an e-mail address in a text, once each, in order."""
    return tuple(dict.fromkeys(found.strip(".") for found in _ADDRESS.findall(text)))


def _flat(name: str) -> str:
    return " ".join(name.split()).casefold()
