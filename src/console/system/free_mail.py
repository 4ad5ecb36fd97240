"""Which domains give mailboxes to anybody: sharing one says nothing about a company."""

from __future__ import annotations

import json
from functools import cache

from console.system.paths import resources


def is_free(domain: str) -> bool:
    """Whether anybody can have an address at this domain (lower case, as canonical addresses have it)."""
    return domain in _domains()


@cache
def _domains() -> frozenset[str]:
    return frozenset(json.loads((resources() / "mail" / "free-domains.json").read_text(encoding="utf-8")))
