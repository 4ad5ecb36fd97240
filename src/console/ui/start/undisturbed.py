"""Starting undisturbed: while everything is made for good there is no garbage, and looking for some costs a frame."""

from __future__ import annotations

import gc

from PySide6.QtCore import QTimer

_START_MS = 1_500


def start_undisturbed() -> None:
    """Looks for no garbage until the start is over; what stands then is never looked through again."""
    if gc.isenabled():
        gc.disable()
        QTimer.singleShot(_START_MS, _look_again)


def _look_again() -> None:
    gc.freeze()
    gc.enable()
