"""Fields for numbers and dates that look like the other fields."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QFocusEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCalendarWidget,
    QDateEdit,
    QDateTimeEdit,
    QDoubleSpinBox,
    QSpinBox,
    QWidget,
)

from console.ui.overriding import override

TEXT_MARGIN = 8


class NumberField(QSpinBox):
    """A whole number between two bounds, both allowed."""

    def __init__(self, name: str, least: int, most: int, value: int, parent: QWidget | None = None) -> None:
        """`name` is what assistive technology says."""
        super().__init__(parent)
        self.setRange(least, most)
        self.setValue(value)
        self.setGroupSeparatorShown(True)
        _finish(self, name)


class DecimalField(QDoubleSpinBox):
    """A number with `places` digits behind the point or comma of the teammate's locale."""

    def __init__(self, name: str, value: float, places: int = 2, parent: QWidget | None = None) -> None:
        """`name` is what assistive technology says. The bounds are as wide as a spreadsheet's."""
        super().__init__(parent)
        self.setDecimals(places)
        self.setRange(-1e12, 1e12)
        self.setValue(value)
        self.setGroupSeparatorShown(True)
        _finish(self, name)


class DateField(QDateEdit):
    """A date with a calendar, written with the name of the month, so that day and month are never mistaken."""

    def __init__(self, name: str, date: QDate, parent: QWidget | None = None) -> None:
        """`name` is what assistive technology says."""
        super().__init__(date, parent)
        self.setCalendarPopup(True)
        self._is_calm = False
        self.setDisplayFormat("d MMM yyyy")
        self.setAccessibleName(name)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt makes a calendar as soon as it is asked for; no window waits for one that nobody opened.
        if not self._is_calm:
            self._is_calm = True
            _calm(self.calendarWidget())
        super().focusInEvent(event)


class DateTimeField(QDateTimeEdit):
    """A date and a time of day, in the zone of the value that it is given."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is what assistive technology says."""
        super().__init__(parent)
        self.setCalendarPopup(True)
        _calm(self.calendarWidget())
        clock = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
        self.setDisplayFormat(f"d MMM yyyy {clock}")
        self.setAccessibleName(name)


def _calm(calendar: QCalendarWidget) -> None:
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
    # Qt paints Saturday and Sunday in a red of its own, which the dark theme cannot bear.
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, QTextCharFormat())


def _finish(field: QAbstractSpinBox, name: str) -> None:
    field.setAccessibleName(name)
    # WORKAROUND(Qt 6): a spin box ignores the padding of its style sheet; the margins of its line do the same.
    field.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
