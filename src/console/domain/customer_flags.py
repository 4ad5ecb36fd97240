"""What must be known before writing to a customer: unsubscribed, bounced, blocked; and what they do for a living."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from console.domain.profile_view import ShownProperty
from console.domain.values import plain

OWNER = "owner"
"""The property that names the teammate who looks after a customer."""

PHONES = ("phone", "mobile", "phone_number", "mobile_phone", "telephone")
TITLES = ("job_title", "title", "position", "role")


class Flag(StrEnum):
    """A warning on a customer's name."""

    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    BLOCKED = "blocked"


FLAG_NAMES = {
    Flag.UNSUBSCRIBED: ("unsubscribed_from_emails", "unsubscribed", "is_unsubscribed", "opted_out"),
    Flag.BOUNCED: ("has_hard_bounced", "hard_bounced", "bounced", "is_bounced"),
    Flag.BLOCKED: ("blocked", "is_blocked", "suspended", "is_suspended", "marked_email_as_spam"),
}
"""Under which names sources say so, with "yes"."""


def flags_of(properties: Iterable[ShownProperty]) -> tuple[Flag, ...]:
    """The flags that a property says with "yes"."""
    said = {one.name for one in properties if one.value is not None and one.value.content is True}
    return tuple(flag for flag, names in FLAG_NAMES.items() if said.intersection(names))


def first_said(properties: Iterable[ShownProperty], names: tuple[str, ...]) -> str:
    """The first of these properties that says something, as text; empty where none does."""
    shown = {one.name: one.value for one in properties}
    return next((plain(value) for value in (shown.get(name) for name in names) if value is not None), "")


def phones_of(properties: Iterable[ShownProperty]) -> tuple[str, ...]:
    """All telephone numbers, those that lost against another one too, each once."""
    found: dict[str, None] = {}
    for one in properties:
        if one.name in PHONES:
            claims = (one.winner, *one.losers) if one.value is not None else ()
            found.update((plain(claim.value), None) for claim in claims if claim.value is not None)
    return tuple(found)
