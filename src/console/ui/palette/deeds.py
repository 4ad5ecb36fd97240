"""Everything that can be done, as the palette offers it: the actions of the window it stands in, and those of the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from console.domain.search_query import fold
from console.ui.palette.items import Item, Spans

translate = QCoreApplication.translate
GROUP, OWN = "action", "palette"


def deed_items(actions: Sequence[QAction], words: str) -> list[Item]:
    """The actions whose words hold all of ``words``: what can be done now first, then what begins so."""
    wanted = fold(words).split()
    found: list[tuple[tuple[bool, bool], Item]] = []
    for action in _different(actions):
        title = words_of(action)
        folded = fold(title)
        if not all(word in folded for word in wanted):
            continue
        if action.objectName() == OWN or (not wanted and not action.isEnabled()):
            continue
        begins = bool(wanted) and folded.startswith(wanted[0])
        found.append(((not action.isEnabled(), not begins), _item(action, title, _spans(folded, wanted))))
    return [item for _, item in sorted(found, key=lambda one: one[0])]


def words_of(action: QAction) -> str:
    """An action's words without Qt's marks."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def _different(actions: Iterable[QAction]) -> Iterable[QAction]:
    """Each words once: a window's own action goes before the program's."""
    found = {words_of(action): action for action in reversed(tuple(actions)) if action.text()}
    return reversed(found.values())


def _item(action: QAction, title: str, spans: Spans) -> Item:
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return Item(
        group=GROUP,
        title=title,
        detail="" if action.isEnabled() else translate("Palette", "Not here, not now"),
        open=action.trigger,
        title_spans=spans,
        icon="zap" if action.icon().isNull() else action.icon(),
        tone="violet",
        keys=shown,
        is_enabled=action.isEnabled(),
    )


def _spans(folded: str, wanted: Sequence[str]) -> Spans:
    found = sorted((folded.find(word), folded.find(word) + len(word)) for word in wanted)
    return tuple(one for place, one in enumerate(found) if not place or one[0] >= found[place - 1][1])
