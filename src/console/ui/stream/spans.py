"""From when to when a folded entry reaches, in as few words as say it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from console.domain.activity_folding import Entry
from console.ui.profile.wording import time_words
from console.ui.stream.words import translate


def span_words(entry: Entry, now: datetime) -> str:
    """``09:06 – 10:42`` within a day, else ``Mon 16 Nov – today, 09:06``."""
    first, last = entry.oldest.at.astimezone(), entry.newest.at.astimezone()
    if first.date() == last.date():
        if first == last:
            return time_words(last)
        return f"{time_words(first)} – {time_words(last)}"
    today = now.astimezone().date()
    end = _day(last.date(), today)
    if last.date() >= today - timedelta(days=1):
        end = f"{end}, {time_words(last)}"
    return f"{_day(first.date(), today)} – {end}"


def _day(day: date, today: date) -> str:
    if day == today:
        return translate("today")
    if day == today - timedelta(days=1):
        return translate("yesterday")
    shape = "ddd d MMM" if day.year == today.year else "d MMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), shape)
