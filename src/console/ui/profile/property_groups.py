"""Under which heading a property stands in the window of a customer: person, account, usage, place, company, or its own prefix."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.customer_figures import SESSION_PROPERTIES
from console.domain.places import IP_PROPERTIES
from console.domain.profile_view import ShownProperty
from console.ui.profile.wording import property_group

_PAYING = ("plan", "mrr", "arr", "ltv", "spend", "price", "billing", "invoice", "budget", "purchase", "subscription", "renewal", "trial",
            "seat", "discount", "currency", "contract", "customer_since", "owner", "tier", "payment")  # fmt: skip
_USAGE = ("session", "login", "last_seen", "browser", "device", "os", "app_version", "version", "nps", "csat", "logins", "signed_up",
          "signup", "products", "feature", "unsubscribed", "bounced", "newsletter")  # fmt: skip
_COMPANY = "company."
ORDER = ("", "person", "account", "usage")


def group_of(shown: ShownProperty) -> str:
    """The key of a property's heading; empty for those on top."""
    name = shown.name
    if shown.is_on_top:
        return ""
    if name.startswith(_COMPANY):
        return "company"
    if dotted := property_group(name):
        return dotted
    if name in (*SESSION_PROPERTIES, *IP_PROPERTIES) or _begins(name, _USAGE):
        return "usage"
    return "account" if _begins(name, _PAYING) else "person"


def grouped(properties: Iterable[ShownProperty]) -> list[tuple[str, ShownProperty]]:
    """(heading, property): those on top first, then person, account, usage, what dots hold together, the company's."""
    groups: dict[str, list[ShownProperty]] = {key: [] for key in ORDER}
    others: dict[str, list[ShownProperty]] = {}
    for shown in properties:
        key = group_of(shown)
        (groups if key in groups else others).setdefault(key, []).append(shown)
    company = others.pop("company", [])
    groups |= {key: others[key] for key in sorted(others)} | {"company": company}
    if [key for key, members in groups.items() if members] == ["person"]:
        groups = {"": groups["person"]}  # one heading over everything heads nothing
    return [(key, shown) for key, members in groups.items() for shown in members]


def _begins(name: str, words: tuple[str, ...]) -> bool:
    return any(name == word or name.startswith(word) or f"_{word}" in name for word in words)
