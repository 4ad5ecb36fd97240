"""Answers as the lines of the palette: groups in their order, the way on where nothing was found, and the syntax."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from console.store.palette import Answer
from console.ui.palette.groups import group_words
from console.ui.palette.items import Heading, Item, Line
from console.ui.profile.wording import isolated

translate = QCoreApplication.translate

MOST, MOST_OF_ONE = 20, 200
_KEYED = 9
_ROOM, _HEADING, _ITEM = 574, 30, 44


def lines_of(items_by_group: Mapping[str, Sequence[Item]], groups: Sequence[str], only: str, most: int) -> list[Line]:
    """Headings and items. Of ``only`` one group all of them, else of each group the first few."""
    lines: list[Line] = []
    shown = _shown(items_by_group, groups)
    for place, group in enumerate(groups, 1):
        items = items_by_group.get(group, ())
        if not items or (only and group != only):
            continue
        keys = f"Ctrl+{place}" if place <= _KEYED and not only else ""
        lines.append(Heading(group, group_words(group), counted(len(items), most), keys))
        lines += items if only else items[: shown[group]]
    return lines


def _shown(items_by_group: Mapping[str, Sequence[Item]], groups: Sequence[str]) -> dict[str, int]:
    """How many items of each group: one of each, then one more of each in turn as long as all fit without scrolling."""
    there = [group for group in groups if items_by_group.get(group)]
    shown = dict.fromkeys(there, 1)
    room = _ROOM - len(there) * (_HEADING + _ITEM)
    while room >= _ITEM:
        growing = [group for group in there if shown[group] < len(items_by_group[group])]
        if not growing:
            break
        for group in growing:
            if room >= _ITEM:
                shown[group] += 1
                room -= _ITEM
    return shown


def counted(count: int, most: int) -> str:
    """How many there are, with a plus where no more were asked for."""
    return "" if not count else f"{count}+" if count >= most else str(count)


def ways_on(answer: Answer, ask: Callable[[str], None]) -> list[Line]:
    """What to ask instead, where nothing was found."""
    ways: list[Item] = []

    def offer(title: str, text: str, icon: str) -> None:
        ways.append(Item("try", title, "", lambda: ask(text), icon=icon, stays=True))

    conditions = " ".join(part.expression for part in answer.parts)
    if answer.spelled:
        told = translate("Palette", "Search for “{0}”").format(isolated(answer.spelled))
        offer(told, f"{conditions} {answer.spelled}".strip(), "search")
    if answer.field:
        told = translate("Palette", "There is a field called “{0}”").format(isolated(answer.field))
        offer(told, f"{answer.field}:", "list")
    for part in answer.parts:
        others = " ".join(one.expression for one in answer.parts if one is not part)
        told = translate("Palette", "Search without {0}").format(isolated(part.expression))
        offer(told, f"{others} {answer.words}".strip(), "x")
    return [Heading("try", translate("Palette", "Nothing found")), *ways]


def syntax(ask: Callable[[str], None]) -> list[Line]:
    """How conditions are written; each can be tried."""
    told = (
        ("plan:enterprise", translate("Palette", "the value holds this")),
        ('plan=(pro, "enterprise plus")', translate("Palette", "it is one of these")),
        ("mrr>300", translate("Palette", "numbers and amounts: > >= < <=, or 100..500")),
        ("last_seen<30d", translate("Palette", "less than 30 days ago; h, d, w, mo, y")),
        ("signed_up:2026-01-01..2026-06-30", translate("Palette", "from a day to another one")),
        ("tag:vip", translate("Palette", "bears the tag; segment: and source: likewise")),
        ("-tag:vip", translate("Palette", "a minus: not so")),
        ('count("Exported report", 30d)>=3', translate("Palette", "events: how often, how long ago at most")),
        ("company.plan:pro", translate("Palette", "of the customer's company")),
        ("at:2026-10-01..2026-10-31", translate("Palette", "when something was said or written")),
        ("state:open", translate("Palette", "conversations; also channel:, assignee:, is:unread")),
        ('"exact words"', translate("Palette", "these words side by side")),
    )
    items = [
        Item("syntax", text, words, lambda text=text: ask(f"{text} "), icon="filter", stays=True)
        for text, words in told
    ]
    return [Heading("syntax", translate("Palette", "Search syntax")), *items]
