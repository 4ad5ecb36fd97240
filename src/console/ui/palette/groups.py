"""The groups of the palette: their order, their names, and how each kind of hit becomes a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from console.domain.address import is_deceptive
from console.domain.records import Channel
from console.domain.search import Hit, HitKind
from console.domain.segment_text import quoted
from console.store.palette_words import COUNTED_UP_TO
from console.ui.inbox import ages
from console.ui.palette.items import Item
from console.ui.profile.wording import CHANNEL_ICON
from console.ui.style.tokens import Tone

if TYPE_CHECKING:
    from console.ui.session import Session

translate = QCoreApplication.translate

KINDS = (
    HitKind.CUSTOMER,
    HitKind.COMPANY,
    HitKind.CONVERSATION,
    HitKind.MESSAGE,
    HitKind.NOTE,
    HitKind.TAG,
    HitKind.PROPERTY,
    HitKind.SEGMENT,
)
_LOOK: dict[HitKind, tuple[str, Tone]] = {
    HitKind.COMPANY: ("building-2", "blue"),
    HitKind.CONVERSATION: ("message-square", "grey"),
    HitKind.MESSAGE: ("quote", "grey"),
    HitKind.NOTE: ("sticky-note", "amber"),
    HitKind.TAG: ("tag", "violet"),
    HitKind.PROPERTY: ("list", "teal"),
    HitKind.SEGMENT: ("layers", "accent"),
}
_KEPT = (HitKind.CUSTOMER, HitKind.COMPANY, HitKind.CONVERSATION)


def group_words(group: str) -> str:
    """What a group is called."""
    return {
        HitKind.CUSTOMER: translate("Palette", "Customers"),
        HitKind.COMPANY: translate("Palette", "Companies"),
        HitKind.CONVERSATION: translate("Palette", "Conversations"),
        HitKind.MESSAGE: translate("Palette", "Messages"),
        HitKind.NOTE: translate("Palette", "Notes"),
        HitKind.TAG: translate("Palette", "Tags"),
        HitKind.PROPERTY: translate("Palette", "Properties"),
        HitKind.SEGMENT: translate("Palette", "Segments"),
        "action": translate("Palette", "Actions"),
    }[group]


def hit_item(hit: Hit, session: Session, now: datetime, ask: Callable[[str], None]) -> Item:
    """A hit as a line; ``ask`` goes on asking with another text."""
    icon, tone = _LOOK.get(hit.kind, ("", "grey"))
    if hit.kind is HitKind.CONVERSATION:
        icon = CHANNEL_ICON[Channel(hit.channel)]
    deed, beside = _deeds(hit, session, ask)
    title, detail = (hit.title, hit.title_spans), (hit.snippet, hit.spans)
    if hit.kind in (HitKind.MESSAGE, HitKind.NOTE) and hit.snippet:
        # What was said is what was looked for; where it was said stands below.
        title, detail = detail, title
    return Item(
        group=hit.kind.value,
        title=title[0] or translate("Palette", "Without a name"),
        detail=detail[0],
        open=deed,
        open_beside=beside,
        title_spans=title[1],
        detail_spans=detail[1],
        side=_side(hit, now),
        icon=icon,
        tone=tone,
        face=(hit.title or "?") if hit.kind is HitKind.CUSTOMER else "",
        stays=hit.kind in (HitKind.TAG, HitKind.PROPERTY, HitKind.SEGMENT),
        key=f"{hit.kind.value} {hit.id}" if hit.kind in _KEPT else "",
    )


def _deeds(
    hit: Hit, session: Session, ask: Callable[[str], None]
) -> tuple[Callable[[], object], Callable[[], object] | None]:
    """What Enter and Ctrl+Enter do with it."""
    customer, company, talk = hit.customer_id, hit.company_id, hit.conversation_id
    show_customer = (lambda: session.open_customer(customer)) if customer is not None else None
    match hit.kind:
        case HitKind.TAG:
            return (lambda: ask(f"tag:{quoted(hit.title)} ")), None
        case HitKind.SEGMENT:
            return (lambda: ask(f"segment={quoted(hit.title)} ")), None
        case HitKind.PROPERTY:
            return (lambda: ask(f"{quoted(hit.title)}:")), None
        case _ if talk is not None:
            return (lambda: session.open_conversation(talk)), show_customer
        case _ if company is not None:
            return (lambda: session.open_company(company)), None
        case _:
            return show_customer or (lambda: None), show_customer


def _side(hit: Hit, now: datetime) -> str:
    if hit.count is not None:
        return f"{QLocale().toString(hit.count)}{'+' if hit.count >= COUNTED_UP_TO else ''}"
    age = ages.age(hit.at, now) if hit.at is not None else ""
    if hit.kind in (HitKind.CUSTOMER, HitKind.COMPANY) and is_deceptive(hit.title):
        return translate("Palette", "Look-alike letters")
    if hit.kind is HitKind.CONVERSATION:
        state = {
            "open": translate("Palette", "Open"),
            "closed": translate("Palette", "Closed"),
            "snoozed": translate("Palette", "Snoozed"),
        }[hit.state]
        return f"{state} · {age}"
    if hit.kind in (HitKind.CUSTOMER, HitKind.COMPANY) and age:
        return translate("Palette", "seen {0}").format(age)
    return age
