"""What a customer does in the product: how often, over twelve weeks."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.profile_view import WEEKS, EventCount
from console.ui.profile.wording import named, since_words
from console.ui.style import theme, tokens
from console.ui.widgets.charts import Bars
from console.ui.widgets.labels import ElidedLabel, label, plain_tip


class EventLine(QWidget):
    """One kind of event: its name, twelve bars, its count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ElidedLabel("", "body2")
        self._bars = Bars((), "")
        self._count = label("", "strong")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._count.setMinimumWidth(theme.current().pixels(44))
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 2, 8, 2)
        line.setSpacing(tokens.SPACE_2)
        line.addWidget(self._name, 1)
        line.addWidget(self._bars)
        line.addWidget(self._count)

    def show_event(self, event: EventCount, now: datetime) -> None:
        """Shows another kind of event."""
        self._name.set_words(named(event.name))
        words = self.tr("{0} in the last {1} weeks, {2} in all; first {3}, last {4}")
        total = QLocale().toString(event.count)
        first, last = since_words(event.first_at, now), since_words(event.last_at, now)
        told = words.format(QLocale().toString(sum(event.weekly)), WEEKS, total, first, last)
        self._bars.set_values(event.weekly, told)
        self._count.setText(total)
        latest = "\n".join(f"{name}: {value}" for name, value in list(event.metadata_latest.items())[:8])
        plain_tip(self, f"{told}\n{latest}".strip())


class EventLines(QWidget):
    """The kinds of events, filled again for every profile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[EventLine] = []
        self._empty = label(self.tr("No events yet"), "small")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._empty)

    def show_events(self, events: tuple[EventCount, ...], now: datetime) -> None:
        """Shows these; `now` is aware UTC."""
        while len(self._lines) < len(events):
            line = EventLine()
            self._lines.append(line)
            self._column.addWidget(line)
        for line, event in zip(self._lines, events, strict=False):
            line.show_event(event, now)
            line.show()
        for line in self._lines[len(events) :]:
            line.hide()
        self._empty.setVisible(not events)
