"""The streams of a source: how much we hold of each, how quickly it comes, when it last changed, whether it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from console.domain.source_kinds import SourceKind
from console.domain.source_words import time_left
from console.domain.sources import SourceRow, StreamRow
from console.ui.outbox.words import when
from console.ui.services import Progress
from console.ui.sources import looks
from console.ui.style import tokens
from console.ui.widgets.cards import Card, divider, empty, row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label, plain_tip, set_look

_MOST = 40
_HEADS = 5


class _Line:
    """The widgets of one stream."""

    def __init__(self, name: str, *, is_switchable: bool) -> None:
        self.box = QCheckBox()
        self.box.setAccessibleName(name)
        self.box.setVisible(is_switchable)
        self.name = ElidedLabel(name, "value")
        self.held, self.rate, self.seen = label("", "body2"), label("", "body2"), label("", "body2")
        self.icon, self.state = IconLabel("check", "green", 14), ElidedLabel("", "green")
        self.state.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class StreamsCard(Card):
    """Rows are made anew only where other streams come; numbers are shown in place.

    Signals:
        chosen: the names of the streams that are not wanted.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("card", tokens.SPACE_4, parent)
        self._lines: dict[str, _Line] = {}
        self._total, self._more = label("", "small"), label("", "small")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.SPACE_4)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(5, 2)
        self.column.addLayout(row(label(self.tr("Streams"), "strong"), None, self._total))
        self.column.addLayout(self._grid)
        self.column.addWidget(self._more)

    def boxes(self) -> dict[str, QCheckBox]:
        """The switches by stream."""
        return {name: line.box for name, line in self._lines.items()}

    def show_streams(
        self, source: SourceRow, progress: Progress | None, known: SourceKind | None, now: datetime
    ) -> None:
        """Shows how each stands; ``now`` is aware UTC."""
        rows = _all_of(source, known)
        shown = rows[:_MOST]
        if [one.stream for one in shown] != list(self._lines):
            self._make(shown, known, is_switchable=bool(source.settings))
        for one in shown:
            self._show(self._lines[one.stream], one, progress, now)
        records = QLocale().toString(source.held)
        self._total.setText(self.tr("{0} records").format(records))
        self._more.setVisible(len(rows) > len(shown))
        self._more.setText(self.tr("and {0} more").format(QLocale().toString(len(rows) - len(shown))))

    def _make(self, rows: Sequence[StreamRow], known: SourceKind | None, *, is_switchable: bool) -> None:
        empty(self._grid)
        self._lines.clear()
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        heads = (self.tr("Stream"), self.tr("Records"), self.tr("Rate"), self.tr("Last change seen"), self.tr("State"))
        for place, words in enumerate(heads, start=1):
            self._grid.addWidget(label(words, "small"), 0, place, right if place in (2, 3) else left)
        limits = {one.name: one.limits for one in known.streams} if known is not None else {}
        for at, one in enumerate(rows):
            name = looks.stream_words(one.stream, known)
            line = self._lines[one.stream] = _Line(name, is_switchable=is_switchable)
            line.box.clicked.connect(self._tell)
            if limits.get(one.stream):
                plain_tip(line.name, limits[one.stream])
            self._grid.addWidget(divider(), 2 * at + 1, 0, 1, _HEADS + 1)
            for place, part in enumerate((line.box, line.name)):
                self._grid.addWidget(part, 2 * at + 2, place)
            for place, part in enumerate((line.held, line.rate), start=2):
                self._grid.addWidget(part, 2 * at + 2, place, right)
            self._grid.addWidget(line.seen, 2 * at + 2, 4)
            state = row(line.icon, line.state, gap=6)
            state.setStretch(1, 1)
            self._grid.addLayout(state, 2 * at + 2, 5)

    def _show(self, line: _Line, one: StreamRow, progress: Progress | None, now: datetime) -> None:
        is_read = progress is not None and progress.state == "running" and progress.stream == one.stream
        line.box.setChecked(not one.is_off)
        line.held.setText(QLocale().toString(one.held))
        is_rated = is_read and progress is not None and progress.rate >= 0.5
        rate = self.tr("{0} / s").format(QLocale().toString(round(progress.rate))) if is_rated and progress else "–"
        line.rate.setText(rate)
        line.seen.setText(when(one.changed_at, now) if one.changed_at else "–")
        icon, color, words = self._standing(one, progress if is_read else None)
        line.icon.set_icon(icon, color)
        line.state.set_words(words)
        set_look(line.state, {"green": "green", "accentfg": "link"}.get(color, "body2"))

    def _standing(self, one: StreamRow, progress: Progress | None) -> tuple[str, str, str]:
        if one.is_off:
            return "circle-minus", "text2", self.tr("Not wanted")
        if progress is not None:
            parts = [f"{round(100 * progress.done / progress.total)} %"] if progress.total else []
            parts += [time_left(progress.seconds_left)] if progress.seconds_left is not None else []
            return "refresh-cw", "accentfg", " · ".join(parts) or self.tr("Being read")
        if one.synced_at is None:
            return "clock", "text2", self.tr("Not read yet")
        return "check", "green", self.tr("Up to date")

    def _tell(self) -> None:
        self.chosen.emit(tuple(name for name, line in self._lines.items() if not line.box.isChecked()))


def _all_of(source: SourceRow, known: SourceKind | None) -> list[StreamRow]:
    """Those that the kind can bring as well, whether they were read or not."""
    found = {one.stream: one for one in source.streams}
    if known is not None and source.settings:
        for one in known.streams:
            found.setdefault(one.name, StreamRow(one.name, 0, None, None))
        order = {one.name: place for place, one in enumerate(known.streams)}
        return sorted(found.values(), key=lambda row: (order.get(row.stream, len(order)), row.stream))
    return list(found.values())
