"""The outbox among the places of the window: its page is made when somebody first goes there, its badge is always there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from console.ui.outbox.page import OutboxPage
    from console.ui.workspace_view import WorkspaceView

PLACE = "outbox"


class OutboxPlace(QObject):
    """Ties the page to the window."""

    def __init__(self, view: WorkspaceView) -> None:
        super().__init__(view)
        self._view = view
        self._page: OutboxPage | None = None

    def page_of(self, place: str) -> OutboxPage | None:
        """The page of the outbox, None for another place."""
        if place != PLACE:
            return None
        if self._page is None:
            # Imported when somebody first goes there: the inbox is on screen without it.
            from console.ui.outbox.page import OutboxPage

            self._page = OutboxPage(self._view.session)
            self._view.pages.addWidget(self._page)
            self._view.shortcuts.take_window(self._page)
        return self._page

    def step_by(self, step: int) -> bool:
        """Goes so many lines down where the outbox is shown; tells whether it is."""
        if self._page is None or self._view.pages.currentWidget() is not self._page:
            return False
        self._page.step_by(step)
        return True
