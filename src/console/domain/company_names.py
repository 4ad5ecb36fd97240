"""When two names may be those of one company: the same but for the legal form, or but for a slip."""

from __future__ import annotations

import re
import unicodedata

_FORMS = frozenset(
    [
        "ab",
        "ag",
        "aps",
        "as",
        "asa",
        "bv",
        "corp",
        "corporation",
        "co",
        "company",
        "ev",
        "gbr",
        "gmbh",
        "inc",
        "incorporated",
        "kg",
        "kk",
        "limited",
        "llc",
        "llp",
        "ltd",
        "mbh",
        "nv",
        "ohg",
        "oy",
        "oyj",
        "plc",
        "pte",
        "pty",
        "sa",
        "sarl",
        "sas",
        "se",
        "sl",
        "spa",
        "srl",
        "ug",
    ]
)
SHORTEST = 5
"""Shorter names differ by a letter without meaning the same."""


def bare_name(name: str) -> str:
    """The name without legal form, marks, accents and case: ``Müller & Co. GmbH`` is ``muller``."""
    flat = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    words = re.sub(r"[^\w\s]", "", flat.replace("&", " ").replace("-", " ")).split()
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _FORMS:
        kept.pop()
    return " ".join(kept)


def is_slip(first: str, second: str) -> bool:
    """Whether two bare names differ by one letter: one too many, one too few, another one, or two that changed places."""
    if first == second or min(len(first), len(second)) < SHORTEST or abs(len(first) - len(second)) > 1:
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    a, b = first[start:], second[start:]
    is_swapped = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or is_swapped
