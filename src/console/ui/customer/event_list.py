"""What a customer does in the product: how often, first and last, twelve weeks; unfolded, what the newest one said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.profile_view import WEEKS, EventCount
from console.domain.values import Value, ValueKind
from console.ui.conversation import links
from console.ui.customer.figures import ago_words
from console.ui.overriding import override
from console.ui.profile.wording import day_of, named, property_words, value_words
from console.ui.style import theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.buttons import Button
from console.ui.widgets.charts import paint_bars
from console.ui.widgets.labels import ElidedLabel, label, plain_tip
from console.ui.widgets.painted import PaintedButton

_BARS = 54.0
Details = tuple[tuple[str, Value], ...]


class EventRow(PaintedButton):
    """One kind of event in two lines, with bars and the total. Right unfolds, Left folds, Enter does either.

    Signals:
        turned: whether it is to be unfolded.
    """

    turned = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._event: EventCount | None = None
        self._when = ""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.turned.emit(self.isChecked()))

    def show_event(self, event: EventCount, now: datetime) -> None:
        """Shows another kind of event; `now` is aware UTC."""
        self._event = event
        first, last = event.first_at.astimezone().date(), ago_words(event.last_at, now)
        month = QLocale().toString(QDate(first.year, first.month, 1), "MMM yyyy")
        self._when = self.tr("{0} – {1}").format(month, last)
        since = self.tr("first {0}, last {1}").format(day_of(first), last)
        total, weeks = QLocale().toString(event.count), QLocale().toString(sum(event.weekly))
        told = self.tr("{0}: {1} in all, {2} in the last {3} weeks, {4}")
        words = told.format(named(event.name), total, weeks, WEEKS, since)
        self.setAccessibleName(words)
        plain_tip(self, words)
        self.update()

    def shown_event(self) -> EventCount | None:
        """What it shows."""
        return self._event

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, theme.current().pixels(40))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}.get(Qt.Key(event.key()))
        if wanted is None or event.modifiers():
            super().keyPressEvent(event)
        elif wanted != self.isChecked():
            self.setChecked(wanted)
            self.turned.emit(wanted)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self._event
        if shown is None:
            return
        painter, area, look = painting.painter_on(self), QRectF(self.rect()), theme.current()
        rtl = self.isRightToLeft()
        if self.underMouse() or self.hasFocus():
            painting.fill(painter, area.adjusted(-4, 0, 4, 0), "hover", tokens.RADIUS_CONTROL)
        if self.hasFocus():
            painting.focus_ring(painter, area, tokens.RADIUS_CONTROL)
        strong, small = look.font(tokens.TEXT_BODY, QFont.Weight.DemiBold), look.font(tokens.TEXT_SMALL)
        total = QLocale().toString(shown.count)
        wide = max(QFontMetricsF(strong).horizontalAdvance(total) + 2, 28.0)
        half = area.height() / 2
        count = QRectF(area.right() - wide, area.top(), wide, area.height())
        bars = QRectF(count.left() - _BARS - 10, area.center().y() - 9, _BARS, 18)
        room = bars.left() - 8 - area.left()
        name = QRectF(area.left() + 2, area.top() + 2, room - 2, half - 2)
        when = QRectF(area.left() + 2, area.top() + half, room - 2, half - 2)

        def place(spot: QRectF) -> QRectF:
            return painting.mirrored(spot, area, is_right_to_left=rtl)

        painting.text(painter, place(name), named(shown.name), "text", look.font(tokens.TEXT_BODY, QFont.Weight.Medium))
        painting.text(painter, place(when), self._when, "text2", small)
        paint_bars(painter, place(bars), shown.weekly, is_right_to_left=rtl)
        painting.text(painter, place(count), total, "text", strong, align=Qt.AlignmentFlag.AlignRight)


class EventDetails(QWidget):
    """Typed values below each other: numbers, amounts, days and links as such."""

    def __init__(self, details: Details, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(tokens.SPACE_2, 0, 0, tokens.SPACE_2)
        grid.setHorizontalSpacing(tokens.SPACE_3)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        if not details:
            grid.addWidget(label(self.tr("The last one said nothing more"), "small"), 0, 0)
        for number, (name, value) in enumerate(details):
            grid.addWidget(label(property_words(name), "small"), number, 0)
            grid.addWidget(self._shown(value), number, 1)

    def _shown(self, value: Value) -> QWidget:
        words = value_words(value)
        if value.kind is ValueKind.LINK:
            url = QUrl(str(value.content))
            if links.is_allowed(url):
                button = Button(words if len(words) <= 30 else words[:29] + "…", "link")
                plain_tip(button, links.where(url))
                button.clicked.connect(lambda: links.open_link(url))
                return button
        return ElidedLabel(words, "value")


class EventList(QWidget):
    """The kinds of events, filled again for every customer."""

    def __init__(self, details_of: Callable[[str], Details], parent: QWidget | None = None) -> None:
        """`details_of` reads what the newest event of a name said; asked when one is unfolded."""
        super().__init__(parent)
        self._details_of = details_of
        self._rows: list[EventRow] = []
        self._unfolded: dict[str, EventDetails] = {}
        self._empty = label(self.tr("No events yet"), "small")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._empty)

    def show_events(self, events: tuple[EventCount, ...], now: datetime, *, is_new: bool) -> None:
        """Shows these; `is_new` when they are somebody else's or another day's, then all are folded."""
        if is_new:
            for name in tuple(self._unfolded):
                self._fold(name)
        while len(self._rows) < len(events):
            row = EventRow()
            row.turned.connect(lambda is_open, row=row: self._turn(row, is_open))
            self._rows.append(row)
            self._column.addWidget(row)
        for row, event in zip(self._rows, events, strict=False):
            row.show_event(event, now)
            row.setChecked(event.name in self._unfolded)
            row.show()
            if event.name in self._unfolded:
                self._put_below(row, self._unfolded[event.name])
        for row in self._rows[len(events) :]:
            row.hide()
        self._empty.setVisible(not events)

    def rows(self) -> tuple[EventRow, ...]:
        """The visible rows, from top to bottom."""
        return tuple(row for row in self._rows if not row.isHidden())

    def _turn(self, row: EventRow, is_open: bool) -> None:
        event = row.shown_event()
        if event is None:
            return
        self._fold(event.name)
        if is_open:
            self._unfolded[event.name] = EventDetails(self._details_of(event.name))
            self._put_below(row, self._unfolded[event.name])

    def _put_below(self, row: EventRow, details: EventDetails) -> None:
        self._column.removeWidget(details)
        self._column.insertWidget(self._column.indexOf(row) + 1, details)

    def _fold(self, name: str) -> None:
        details = self._unfolded.pop(name, None)
        if details is not None:
            details.hide()
            details.deleteLater()
