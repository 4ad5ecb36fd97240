"""The company as of another day: the strip is opened, a day is read beside the window, and today comes back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from console.ui.company.read import read_company
from console.ui.stream.jump import end_of

if TYPE_CHECKING:
    from console.ui.company.window import CompanyWindow

_MOMENT = timedelta(microseconds=1)


class AnotherDay(QObject):
    """What the strip over the window does."""

    def __init__(self, window: CompanyWindow) -> None:
        super().__init__(window)
        self._window = window
        window.past.chosen.connect(self.show_day)
        window.past.left.connect(self.leave)

    def ask(self) -> None:
        """Shows the strip by which another day is chosen (D), at yesterday."""
        window, read = self._window, self._window.read()
        if read is not None and not read.is_past:
            today, since = window.session.now().astimezone().date(), read.since().astimezone().date()
            day = max(today - timedelta(days=1), since)
            window.past.open(since, today, day)
            self.show_day(day)

    def show_day(self, day: date) -> None:
        """Shows the company as of the end of a day of this desktop's calendar; it can be read only."""
        window = self._window
        for deeds in (window.deeds, window.acts):
            deeds.close_all()
        window.bulk.close()
        key, moment = window.shown_owner().id, min(end_of(day) - _MOMENT, window.session.now())
        window.past.show_day(day)
        window.session.ask(
            lambda connection: read_company(connection, key, moment, moment),
            window.show_then,
            asker=window,
            about="company",
            failed=window.say_failed,
        )

    def leave(self) -> None:
        """Back to today (Esc)."""
        window = self._window
        if not window.past.isHidden():
            window.past.hide()
            window.load(is_new=True)
            window.header.past.setFocus(Qt.FocusReason.OtherFocusReason)
