"""What a company is recognised by: its name as people write it, and its domains."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SAID = "said:"
"""How the external IDs of companies begin that were built from what members say of them."""


def company_keys(name: str | None, domains: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The (canonical, as written) keys of a company; empty names and domains make none."""
    keys = []
    if name and (key := name_key(name)):
        keys.append((f"name:{key}", name))
    keys += [(f"domain:{domain.strip().lower()}", domain) for domain in domains if domain.strip()]
    return tuple(keys)


def name_key(name: str) -> str:
    """A name without differences of case, width, spacing and a trailing full stop; legal forms stay, they tell firms apart."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"\s+", " ", folded).strip(" .")
