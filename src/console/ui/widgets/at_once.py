"""One layout and one paint for many changes: what is filled anew is arranged once, at the end, before anybody sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLayout, QWidget

# A new height travels upwards one layout a round: bubble, list, pane, splitter. What is left after these comes by itself.
_ROUNDS = 8


@contextmanager
def at_once(*widgets: QWidget) -> Iterator[None]:
    """Hold layouts and painting of these widgets while they are filled; then lay out to the end, then paint once.

    Without it Qt arranges everything above a row again each time one row is shown, and paints in between what is not
    arranged yet. Inside of another `at_once` around the same widgets it only does nothing twice. What is deleted meanwhile,
    one of the widgets or a layout, is left alone.
    """
    held = [widget for widget in widgets if widget.updatesEnabled()]
    layouts = [layout for widget in held for layout in widget.findChildren(QLayout) if _is_kept(layout)]
    places = {_place(layout) for layout in layouts}
    for widget in held:
        widget.setUpdatesEnabled(False)
    for layout in layouts:
        layout.setEnabled(False)
    # Not kept: Python may believe that a layout lives which Qt has deleted. Those that are there at the end are asked for then.
    layouts.clear()
    try:
        yield
    finally:
        alive = [widget for widget in held if shiboken6.isValid(widget)]
        for widget in alive:
            for layout in widget.findChildren(QLayout):
                if not layout.isEnabled() and _place(layout) in places:
                    _let_go(layout)
        for _ in range(_ROUNDS if held else 0):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        for widget in alive:
            if shiboken6.isValid(widget):
                widget.setUpdatesEnabled(True)


def _let_go(layout: QLayout) -> None:
    layout.setEnabled(True)
    # A neighbour filled meanwhile has sent what Qt had posted; a layout that is held lets that pass, and would wait for it
    # for ever.
    if (owner := layout.parentWidget()) is not None:
        QCoreApplication.postEvent(owner, QEvent(QEvent.Type.LayoutRequest))


def _place(layout: QLayout) -> int:
    """Where Qt keeps it; one that was made there since is not held, and tells so."""
    return shiboken6.getCppPointer(layout)[0]


def _is_kept(layout: QLayout) -> bool:
    # Of a layout that Qt made itself nobody hears when it is deleted; one within another follows it.
    return shiboken6.createdByPython(layout) and layout.parent() is layout.parentWidget() and layout.isEnabled()
