"""When a conversation counts as read: after it stood in front of the teammate for a moment."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

READ_AFTER_MS, READ_AFTER_OPENING_MS = 900, 2_500


class ReadMarks(QObject):
    """Waits while a conversation is looked at, then has it marked; a window in the background is not looked at."""

    def __init__(self, place: QWidget, mark: Callable[[], None]) -> None:
        super().__init__(place)
        self._place, self._mark = place, mark
        self._is_overlooked = False
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.timeout.connect(self.take)

    def begin(self, ms: int) -> None:
        """Another conversation stands there; it is read when this time has passed."""
        self._is_overlooked = False
        self._moment.start(ms)

    def stop(self) -> None:
        """Nothing stands there any more."""
        self._is_overlooked = False
        self._moment.stop()

    def take(self) -> None:
        """The moment has passed: only what stands in front of the teammate is read, else it is looked at again later."""
        self._is_overlooked = not (self._place.isVisible() and self._place.isActiveWindow())
        if not self._is_overlooked:
            self._mark()

    def look_again(self) -> None:
        """The window may have come back."""
        if self._is_overlooked and self._place.isActiveWindow():
            self.begin(READ_AFTER_OPENING_MS)
