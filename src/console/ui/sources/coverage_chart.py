"""What we hold of a source, as bars over time: complete, being refreshed, and hatched what the source does not give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.source_kinds import SourceKind
from console.domain.sources import SourceRow
from console.ui.overriding import override
from console.ui.services import Progress
from console.ui.sources.looks import stream_words
from console.ui.style import theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.painted import PaintedLabel

_ROW, _BAR, _AXIS, _NAMES, _TICKS, _MOST = 28, 12, 24, 112, 5, 12
_LEAST_REFRESHED = 0.06
_EMPTY_BEFORE = 0.12
"""Of the width: room before the first date where a source does not give what is older."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One stream, in shares of the axis: held from `since` on, refreshed from `refreshed` on (1: nothing is), and
    whether what is older is not given (else it is only not there, or was not read)."""

    words: str
    since: float
    refreshed: float = 1.0
    is_older_missing: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """From when to when (aware); `start` is None where nothing says when the data begins."""

    start: datetime | None
    end: datetime


def bars_of(
    source: SourceRow, progress: Progress | None, known: SourceKind | None, now: datetime
) -> tuple[Axis, tuple[Bar, ...]]:
    """The axis, from the earliest date that a stream is whole since, and a bar for each stream that is wanted."""
    told = [one for one in source.streams if not one.is_off and (one.coverage is not None or one.synced_at is not None)]
    starts = [one.coverage.since for one in told if one.coverage is not None and one.coverage.since is not None]
    start = min(starts, default=None)
    if start is not None and any(_is_limited(one) for one in told if one.coverage and one.coverage.since == start):
        # What the source does not give lies before the first date, and has to have room.
        start -= (now - start) * _EMPTY_BEFORE
    bars = []
    for one in told[:_MOST]:
        is_read = progress is not None and progress.state == "running" and progress.stream == one.stream
        since = one.coverage.since if one.coverage is not None else None
        share = 0.0 if since is None or start is None else _share(since, start, now)
        refreshed = 1.0
        if is_read and progress is not None:
            # A first reading fills the bar; a later one goes over what came since the last.
            done = progress.done / progress.total if progress.total else 0.5
            refreshed = share + (1 - share) * done if one.coverage is None else 1 - _LEAST_REFRESHED - 0.08 * (1 - done)
        elif one.coverage is None:
            refreshed = share
        bars.append(Bar(stream_words(one.stream, known), share, refreshed, _is_limited(one)))
    return Axis(start, now), tuple(bars)


def _is_limited(stream: object) -> bool:
    coverage = getattr(stream, "coverage", None)
    return coverage is not None and bool(coverage.remark) and coverage.since is not None


def _share(at: datetime, start: datetime, end: datetime) -> float:
    whole = (end - start).total_seconds()
    return max(0.0, min(0.98, (at - start).total_seconds() / whole)) if whole > 0 else 0.0


class CoverageChart(PaintedLabel):
    """Painted from the tokens; said in words to assistive technology."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._axis: Axis | None = None
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, axis: Axis, bars: Sequence[Bar], words: str) -> None:
        """Shows these; ``words`` say the same."""
        self._axis, self._bars = axis, bars
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        pixels = theme.current().pixels
        return QSize(pixels(320), pixels(_ROW) * len(self._bars) + pixels(_AXIS))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = painting.painter_on(self), QRectF(self.rect())
        pixels, rtl = theme.current().pixels, self.isRightToLeft()
        small = theme.current().font(tokens.TEXT_SMALL)
        left = min(pixels(_NAMES), self.width() // 3)
        for place, bar in enumerate(self._bars):
            top = float(place * pixels(_ROW))
            name = QRectF(0, top, left - 8, pixels(_ROW))
            painting.text(painter, painting.mirrored(name, area, is_right_to_left=rtl), bar.words, "text2", small)
            height = pixels(_BAR)
            lane = QRectF(left, top + (pixels(_ROW) - height) / 2, area.width() - left - 1, height)
            self._paint_bar(painter, lane, bar)
        self._paint_axis(painter, QRectF(left, len(self._bars) * pixels(_ROW), area.width() - left, pixels(_AXIS)))

    def _paint_bar(self, painter: QPainter, lane: QRectF, bar: Bar) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(lane, 4, 4)
        painter.save()
        painter.setClipPath(shape)
        painting.fill(painter, lane, "track" if not bar.is_older_missing else "sunken")
        if bar.is_older_missing:
            brush = QBrush(painting.color_of("borderstrong"), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(QRectF(lane.left(), lane.top(), lane.width() * bar.since, lane.height()), brush)
        for begin, end, color in ((bar.since, bar.refreshed, "accentbtn"), (bar.refreshed, 1.0, "barsoft")):
            if end > begin:
                part = QRectF(
                    lane.left() + lane.width() * begin, lane.top(), lane.width() * (end - begin), lane.height()
                )
                painting.fill(painter, painting.mirrored(part, lane, is_right_to_left=self.isRightToLeft()), color)
        painter.restore()

    def _paint_axis(self, painter: QPainter, area: QRectF) -> None:
        axis, small = self._axis, theme.current().font(tokens.TEXT_TINY)
        if axis is None:
            return
        rtl = self.isRightToLeft()
        today, metrics = self.tr("today"), QFontMetricsF(small)
        ticks = (
            [] if axis.start is None else [axis.start + (axis.end - axis.start) * (n / _TICKS) for n in range(_TICKS)]
        )
        words = [_month(at, axis) for at in ticks] or [self.tr("the beginning")]
        step = area.width() / max(1, len(words))
        is_room = all(metrics.horizontalAdvance(one) + 8 < step for one in words)
        shown = list(enumerate(words)) if is_room else [(0, words[0])]
        for place, one in shown:
            spot = QRectF(area.left() + step * place, area.top(), max(step, 90.0), area.height())
            painting.text(painter, painting.mirrored(spot, area, is_right_to_left=rtl), one, "text2", small)
        end = QRectF(area.right() - metrics.horizontalAdvance(today) - 2, area.top(), 80, area.height())
        painting.text(painter, painting.mirrored(end, area, is_right_to_left=rtl), today, "text2", small)


def _month(at: datetime, axis: Axis) -> str:
    local = at.astimezone()
    is_long = axis.start is None or (axis.end - axis.start).days > 120
    return QLocale().toString(QDate(local.year, local.month, local.day), "MMM yyyy" if is_long else "d MMM")
