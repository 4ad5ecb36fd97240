"""Until when a conversation can sleep: the next moments that one means, on this desktop's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QDateTimeEdit, QVBoxLayout, QWidget

from console.ui.profile.wording import day_of, time_words
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.labels import label

_MORNING = time(9)
_LATER_HOURS = 3


@dataclass(frozen=True, slots=True)
class Snooze:
    """One choice: its words, and until when (aware UTC)."""

    words: str
    until: datetime


def choices(now: datetime) -> tuple[Snooze, ...]:
    """The choices at `now` (aware): later today, tomorrow and next Monday at nine, in a week."""
    translate = QCoreApplication.translate
    local = now.astimezone()
    later = (local + timedelta(hours=_LATER_HOURS)).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    today = local.date()
    made = []
    if later.date() == today:
        made.append((translate("Snooze", "Later today, {0}").format(time_words(later)), later.astimezone(UTC)))
    tomorrow, monday = today + timedelta(days=1), today + timedelta(days=7 - today.weekday())
    for words, day in (
        (translate("Snooze", "Tomorrow"), tomorrow),
        (translate("Snooze", "Monday"), monday),
        (translate("Snooze", "In a week"), today + timedelta(days=7)),
    ):
        until = _morning_of(day)
        if all(until != other for _, other in made):
            made.append((f"{words}, {day_of(day)}, {time_words(until)}", until))
    return tuple(Snooze(words, until) for words, until in made)


def _morning_of(day: date) -> datetime:
    # Without a zone the time is this desktop's, with the offset of that day: summer time may begin in between.
    return datetime.combine(day, _MORNING).astimezone().astimezone(UTC)


class SnoozePicker(QWidget):
    """A day and a time of one's own.

    Signals:
        picked: until when, aware UTC; always later than `now` was.
    """

    picked = Signal(object)

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        start = QDateTime.fromSecsSinceEpoch(int(_morning_of(now.astimezone().date() + timedelta(days=1)).timestamp()))
        self.field = QDateTimeEdit(start)
        self.field.setCalendarPopup(True)
        self.field.setDisplayFormat("ddd d MMM yyyy, HH:mm")
        self.field.setLocale(QLocale())
        self.field.setMinimumWidth(230)
        self.field.setAccessibleName(self.tr("Until when"))
        self._problem = label("", "red")
        self._problem.hide()
        button = Button(self.tr("Snooze"), "primary")
        button.clicked.connect(self._pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_2)
        column.addWidget(label(self.tr("Snooze until"), "strong"))
        column.addWidget(self.field)
        column.addWidget(self._problem)
        column.addLayout(row(None, button))
        self.setFocusProxy(self.field)

    def _pick(self) -> None:
        until = datetime.fromtimestamp(self.field.dateTime().toSecsSinceEpoch(), UTC)
        if until <= self._now:
            self._problem.setText(self.tr("This moment has passed; choose a later one"))
            self._problem.show()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.picked.emit(until)
