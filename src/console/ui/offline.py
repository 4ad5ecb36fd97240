"""The banner that says the connection is away, since when, what still works and what waits."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from console.ui.inbox import ages
from console.ui.sync_state import Standing, SyncState
from console.ui.widgets.banner import Banner


class OfflineBanner(Banner):
    """Hidden while the connection is there; its × hides it until the next time."""

    def __init__(self, sync: SyncState, parent: QWidget | None = None) -> None:
        super().__init__("", "", "amber", icon="wifi-off", is_closable=True, parent=parent)
        self._since: datetime | None = None
        self._queued = 0
        self.hide()
        sync.went_offline.connect(self._go_offline)
        sync.came_back.connect(self.hide)
        sync.changed.connect(self._take_standing)

    def show_since(self, since: datetime, *, queued: int) -> None:
        """Says that the connection has been away since then, and how many edits wait."""
        self._queued = queued
        self._go_offline(since)

    def _go_offline(self, since: datetime) -> None:
        self._since = since
        self._say()
        self.show_once()

    def _take_standing(self, standing: Standing) -> None:
        self._queued = standing.queued
        if self.isVisible():
            self._say()

    def _say(self) -> None:
        if self._since is None:
            return
        title = self.tr("You are offline since {0}.").format(ages.clock_time(self._since))
        words = self.tr("Keep working: everything is here.")
        if self._queued:
            count = QLocale().toString(self._queued)
            waiting = self.tr("{0} edits wait and go out when the connection is back.").format(count)
            words = f"{words} {waiting}"
        self.set_banner(title, words, "amber", icon="wifi-off")
