"""The line under the inbox: when the sources were synced last, what is being read, what waits to be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.ui.inbox import ages
from console.ui.style import tokens
from console.ui.sync_state import Standing
from console.ui.widgets.chip import Chip
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from console.ui.services import Progress

_TICK_MS = 10_000
_JUST_NOW_SECONDS = 5


class Footer(QFrame):
    """Says one sentence about the sync and counts what is queued."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._standing = Standing()
        self.setProperty("line", "top")
        self._sign = IconLabel("check", "green", 14)
        self._words = ElidedLabel("", "small")
        self._queued = Chip("", "amber", "cloud-off")
        self._queued.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(tokens.SPACE_4, tokens.SPACE_2, tokens.SPACE_4, tokens.SPACE_2)
        line.setSpacing(6)
        line.addWidget(self._sign)
        line.addWidget(self._words, 1)
        line.addWidget(self._queued)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._say)
        self._tick.start()
        self._say()

    def show_standing(self, standing: Standing) -> None:
        """Shows how it stands now."""
        self._standing = standing
        self._say()

    def words(self) -> str:
        """The sentence on it."""
        return self._words.words()

    def _say(self) -> None:
        standing = self._standing
        icon, color, words = self._sentence(standing)
        self._sign.set_icon(icon, color)
        self._words.set_words(words)
        self._queued.setVisible(standing.queued > 0)
        if standing.queued:
            count = QLocale().toString(standing.queued)
            self._queued.set_chip(self.tr("{0} queued").format(count), "amber", "cloud-off")

    def _sentence(self, standing: Standing) -> tuple[str, str, str]:
        if standing.offline_since is not None:
            return "wifi-off", "amber", self.tr("Offline, as of {0}").format(ages.clock_time(standing.offline_since))
        if standing.working:
            return "refresh-cw", "accentfg", self._working(standing.working[0])
        if standing.problem:
            return "triangle-alert", "red", standing.problem
        if not standing.source_count:
            return "database", "text2", self.tr("Everything is on this computer")
        sources = self._sources(standing.source_count)
        if standing.synced_at is None:
            return "clock", "text2", self.tr("Not synced yet · {0}").format(sources)
        synced = synced_words(standing.synced_at, self._now())
        return "check", "green", self.tr("{0} · {1}").format(synced, sources)

    def _working(self, progress: Progress) -> str:
        done = QLocale().toString(progress.done)
        what = self.tr("Importing") if progress.task == "import" else progress.name
        if progress.total:
            return self.tr("{0}: {1} of {2}").format(what, done, QLocale().toString(progress.total))
        return self.tr("{0}: {1} read").format(what, done)

    def _sources(self, count: int) -> str:
        if count == 1:
            return self.tr("1 source")
        return self.tr("{0} sources").format(QLocale().toString(count))


def synced_words(at: datetime, now: datetime) -> str:
    """`Synced just now` or `Synced 40 s ago`; both times are aware."""
    seconds = (now - at).total_seconds()
    if seconds < _JUST_NOW_SECONDS:
        return QCoreApplication.translate("Footer", "Synced just now")
    return QCoreApplication.translate("Footer", "Synced {0} ago").format(ages.span(now - at))
