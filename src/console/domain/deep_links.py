"""Deep links: addresses that lead to a customer, a company or a conversation of the console, from anywhere on the computer."""

from __future__ import annotations

from console.domain.channels import Owner, OwnerKind

SCHEME = "console://"
_MOST_DIGITS, _GREATEST = 19, 0x7FFF_FFFF_FFFF_FFFF


def link_to(owner: Owner) -> str:
    """The address of what is meant: ``console://customer/12``."""
    return f"{SCHEME}{owner.kind.value}/{owner.id}"


def owner_of(link: str) -> Owner:
    """What an address leads to, whether it exists or not. Raises ValueError with a sentence where it is no such address."""
    kind, _, key = link.strip().removeprefix(SCHEME).rstrip("/").partition("/")
    is_key = key.isascii() and key.isdecimal() and len(key) <= _MOST_DIGITS and int(key) <= _GREATEST
    if not link.strip().startswith(SCHEME) or not is_key or kind not in {one.value for one in OwnerKind}:
        shown = link.strip()[:80]
        raise ValueError(
            f"“{shown}” leads nowhere. An address looks like console://customer/12, console://company/12 or console://conversation/12"
        )
    return Owner(OwnerKind(kind), int(key))
