"""One paint for many changes: what is filled anew is arranged to the end before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

# A new height travels upwards one layout a round: bubble, list, pane, splitter. What is left after these comes by itself.
_ROUNDS = 8


@contextmanager
def at_once(*widgets: QWidget) -> Iterator[None]:
    """Hold the painting of these widgets while they are filled; then lay out to the end, then paint once.

    Without it Qt paints in between what is not arranged yet. Inside of another `at_once` around the same widgets it does
    nothing twice. What is deleted meanwhile is left alone. Layouts are not touched from here: asking a widget for all of
    its layouts hands Python objects that Qt may have put where another one was, and that crashed (PySide6 6.11.3).
    """
    held = [widget for widget in widgets if widget.updatesEnabled()]
    for widget in held:
        widget.setUpdatesEnabled(False)
    try:
        yield
    finally:
        for _ in range(_ROUNDS if held else 0):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        for widget in held:
            if shiboken6.isValid(widget):
                widget.setUpdatesEnabled(True)
