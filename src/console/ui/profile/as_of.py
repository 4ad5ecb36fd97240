"""The strip that says that another day is shown, and lets the day be chosen."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QWidget

from console.ui.profile.wording import day_of
from console.ui.style import tokens
from console.ui.widgets.announce import announce
from console.ui.widgets.buttons import Button
from console.ui.widgets.fields import DateField
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label

_PAUSE_MS = 90


class AsOfStrip(QFrame):
    """Amber, so that nobody takes the past for today. The slider goes by days, Page Up and Page Down by months.

    Signals:
        chosen: (date) this day is to be shown.
        left: back to today.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = self._last = date.min
        self._words = label("", "amber")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Day that is shown"))
        self.slider.setPageStep(30)
        self.field = DateField(self.tr("Day that is shown"), QDate(2000, 1, 1))
        self.back = Button(self.tr("Back to today"), is_small=True, icon="undo-2", keys="Esc")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.chosen.emit(self.day()))
        self.slider.valueChanged.connect(self._slide)
        self.field.dateChanged.connect(self._pick)
        self.back.clicked.connect(self.left)
        self.setProperty("surface", "amber")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, tokens.SPACE_2, 20, tokens.SPACE_2)
        row.setSpacing(tokens.SPACE_3)
        row.addWidget(IconLabel("history", "amber", 18))
        row.addWidget(self._words)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        row.addWidget(self.back)
        self.hide()

    def open(self, first: date, last: date, day: date) -> None:
        """Shows the strip for the days from `first` to `last`, at `day`."""
        self._first, self._last = min(first, last), last
        with QSignalBlocker(self.slider), QSignalBlocker(self.field):
            self.slider.setRange(0, (self._last - self._first).days)
            self.field.setDateRange(_qdate(self._first), _qdate(self._last))
        self.show_day(day)
        if self.isHidden():
            self.show()
            announce(self, self.accessibleName())
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_day(self, day: date) -> None:
        """Moves slider and field to a day, silently."""
        bounded = min(max(day, self._first), self._last)
        with QSignalBlocker(self.slider), QSignalBlocker(self.field):
            self.slider.setValue((bounded - self._first).days)
            self.field.setDate(_qdate(bounded))
        words = self.tr("As of {0} · read-only").format(day_of(bounded))
        self._words.setText(words)
        self.setAccessibleName(words)

    def day(self) -> date:
        """The day that is chosen."""
        return self._first + timedelta(days=self.slider.value())

    def _slide(self, days: int) -> None:
        self.show_day(self._first + timedelta(days=days))
        self._pause.start()

    def _pick(self, day: QDate) -> None:
        self.show_day(date(day.year(), day.month(), day.day()))
        self._pause.start()


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
