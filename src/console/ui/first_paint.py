"""The moment at which a widget is on screen for the first time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from console.ui.overriding import override


def after_first_paint(widget: QWidget, then: Callable[[], None]) -> None:
    """Calls ``then`` once, when the next paint of ``widget`` has reached the screen; never, where it is gone before."""
    widget.installEventFilter(_Watching(widget, then))


class _Watching(QObject):
    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then = then

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # Children are painted after their parent, and all of it is shown at the end of the same event.
            QTimer.singleShot(0, self, self._tell)
        return False

    def _tell(self) -> None:
        self.deleteLater()
        self._then()
