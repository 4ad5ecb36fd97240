"""Offscreen windows for the benchmarks: an application in our look, the inbox over any rows, and a whole place."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path

from bench.generate import NOW, text
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.ids import ConversationId, CustomerId
from console.domain.inbox import ConversationState, InboxRow, PageKey
from console.domain.records import AuthorKind, Channel
from console.ui.inbox.list_view import InboxList
from console.ui.row_model import RowModel
from console.ui.style import theme
from console.ui.style.tokens import LIST_WIDTH

HEIGHT = 900
_CHANNELS = tuple(Channel)


def application() -> QApplication:
    """The one application, dressed in the light theme."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    made = QApplication([])
    glyphs = Path(tempfile.mkdtemp(prefix="bench-glyphs-"))
    theme.apply(made, theme.Theme("light", cache=glyphs))
    return made


def settle() -> None:
    """Everything that waits to be done or painted, done and painted."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def rest(seconds: float) -> None:
    """Nothing happens for so long but what timers do."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        settle()
        time.sleep(0.005)


def shown(widget: QWidget, width: int = LIST_WIDTH, height: int = HEIGHT) -> QWidget:
    """The widget on the offscreen platform's screen, painted."""
    widget.resize(width, height)
    widget.show()
    settle()
    return widget


def end(*widgets: QWidget) -> None:
    """Close widgets and have Qt take them down, children first, while everything they listen to is still there.

    Left to Python they would go with the last name for them, in no order that Qt knows.
    """
    for widget in widgets:
        widget.close()
        widget.deleteLater()
    settle()


def inbox_of(count: int) -> tuple[InboxList, RowModel]:
    """The inbox's own list over ``count`` made-up rows, all of their keys read."""
    model = RowModel(_keys_of(count), _rows, lambda row: row.subject)
    model.load()
    for _ in range(1_000):
        if not model.canFetchMore(model.index(-1, -1)):
            break
        model.fetchMore(model.index(-1, -1))
    return InboxList(model, lambda: NOW), model


def row(key: int) -> InboxRow:
    """The made-up row with this key."""
    subject, preview, name = _words(key % 200)
    at = NOW - timedelta(minutes=key % 40_000)
    return InboxRow(
        ConversationId(key), _CHANNELS[key % len(_CHANNELS)], f"{subject} {key}", preview, CustomerId(key), name,
        f"Company {key % 90}", at, at if key % 3 else None, key % 4, ConversationState.OPEN, None, None, key % 9 == 0,
        ("VIP", "export")[: key % 3], AuthorKind.CUSTOMER, "", key % 5 == 0,
    )  # fmt: skip


def _keys_of(count: int) -> Callable[[PageKey | None, int], Sequence[PageKey]]:
    def keys(after: PageKey | None, limit: int) -> Sequence[PageKey]:
        first = 1 if after is None else after.id + 1
        return [PageKey(count - key, key) for key in range(first, min(first + limit, count + 1))]

    return keys


def _rows(ids: Sequence[int]) -> Mapping[int, InboxRow]:
    return {key: row(key) for key in ids}


@cache
def _words(number: int) -> tuple[str, str, str]:
    import random

    rng = random.Random(f"row {number}")
    return text(rng, 6)[:60], text(rng, 20)[:160], text(rng, 2).title()[:30]
