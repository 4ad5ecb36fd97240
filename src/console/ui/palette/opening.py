"""Ctrl+K in every window: a palette for each, with what can be done there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from console.store.palette import Answer
    from console.ui.palette.items import Item
    from console.ui.palette.palette import Palette
    from console.ui.session import Session
    from console.ui.top_window import TopWindow
    from console.ui.workspace_view import WorkspaceView

KEY, KEYS = "palette", "Ctrl+K"


class Palettes(QObject):
    """Opens the palette of the main window, and binds Ctrl+K in every window beside it.

    `shared` gives the program's own actions, which the windows beside the main one offer after theirs.
    """

    def __init__(self, session: Session, main: WorkspaceView, shared: Callable[[], Sequence[QAction]]) -> None:
        super().__init__(main)
        self._session, self._main, self._shared = session, main, shared
        self._palette: Palette | None = None

    def open(self, text: str = "", only: str = "") -> Palette:
        """Opens the main window's palette."""
        if self._palette is None:
            from console.ui.palette.further import further_items

            self._palette = self._made(self._main, self._offered, lambda answer: further_items(self._main, answer))
        self._palette.open(text, only)
        return self._palette

    def _offered(self) -> Sequence[QAction]:
        """What the page that is shown offers, then what the window does."""
        page = self._main.pages.currentWidget()
        return (*(page.actions() if page is not None else ()), *self._main.actions())

    def bind(self, window: TopWindow) -> None:
        """Gives a window beside the main one its own palette."""
        made: list[Palette] = []

        def show() -> None:
            if not made:
                made.append(self._made(window, lambda: (*window.actions(), *self._shared()), lambda _: []))
            made[0].open()

        window.bind(KEYS, self.tr("Search or do anything…"), show).setObjectName(KEY)

    def _made(
        self,
        window: QWidget,
        actions: Callable[[], Sequence[QAction]],
        further: Callable[[Answer], list[Item]],
    ) -> Palette:
        # Imported when the first one opens: rows are on screen before it is read.
        from console.ui.palette.palette import Palette

        return Palette(self._session, window, actions, further)
