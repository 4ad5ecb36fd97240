"""Jumping to a day: a field with a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.labels import label


def end_of(day: date) -> datetime:
    """The first moment (aware UTC) after a day of this desktop's calendar, whatever the clocks do on it."""
    return datetime.combine(day + timedelta(days=1), time.min).astimezone().astimezone(UTC)


class DatePicker(QWidget):
    """A day to go to.

    Signals:
        picked: (date) the teammate chose it.
    """

    picked = Signal(object)

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QDateEdit(QDate(day.year, day.month, day.day))
        self.field.setCalendarPopup(True)
        self.field.setDisplayFormat("ddd d MMM yyyy")
        self.field.setLocale(QLocale())
        self.field.setMinimumWidth(190)
        self.field.setAccessibleName(self.tr("Day to go to"))
        button = Button(self.tr("Go"), "primary")
        button.clicked.connect(self._pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_2)
        column.addWidget(label(self.tr("Jump to date"), "strong"))
        column.addWidget(self.field)
        column.addLayout(row(None, button))
        self.setFocusProxy(self.field)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick()
        else:
            super().keyPressEvent(event)

    def _pick(self) -> None:
        day = self.field.date()
        self.picked.emit(date(day.year(), day.month(), day.day()))
