"""Ages: how long ago, and until when, in as few letters as a row has room for."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

translate = QCoreApplication.translate

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def age(at: datetime, now: datetime) -> str:
    """`now`, `2m`, `5h`, `Yesterday`, `Mon`, `3 Nov` or a date with its year; both times are aware."""
    seconds = (now - at).total_seconds()
    if seconds < _MINUTE:
        return translate("Ages", "now")
    days = (now.astimezone().date() - at.astimezone().date()).days
    if seconds < _HOUR:
        return translate("Ages", "{0}m").format(_number(seconds // _MINUTE))
    if days == 0 or seconds < 6 * _HOUR:
        return translate("Ages", "{0}h").format(_number(seconds // _HOUR))
    return _day(at, now, days)


def span(length: timedelta) -> str:
    """`40 s`, `12m`, `3h`, `2d`: how long something has been waiting."""
    seconds = max(0.0, length.total_seconds())
    for unit, words in (
        (_DAY, translate("Ages", "{0}d")),
        (_HOUR, translate("Ages", "{0}h")),
        (_MINUTE, translate("Ages", "{0}m")),
    ):
        if seconds >= unit:
            return words.format(_number(seconds // unit))
    return translate("Ages", "{0} s").format(_number(seconds))


def until(at: datetime, now: datetime) -> str:
    """`14:00`, `Mon 09:00` or `3 Dec`: when something comes back."""
    local = at.astimezone()
    days = (local.date() - now.astimezone().date()).days
    clock = clock_time(at)
    if days <= 0:
        return clock
    if days < 7:
        weekday = QLocale().dayName(local.isoweekday(), QLocale.FormatType.ShortFormat)
        return translate("Ages", "{0} {1}").format(weekday, clock)
    return _short_date(at, is_year_shown=local.year != now.astimezone().year)


def clock_time(at: datetime) -> str:
    """The time of day here, as the language writes it."""
    local = at.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def moment_words(at: datetime) -> str:
    """Date and time here, whole, for tool tips and lists."""
    local = at.astimezone()
    day = QLocale().toString(QDate(local.year, local.month, local.day), QLocale.FormatType.ShortFormat)
    return translate("Ages", "{0} {1}").format(day, clock_time(at))


def _day(at: datetime, now: datetime, days: int) -> str:
    if days == 1:
        return translate("Ages", "Yesterday")
    local = at.astimezone()
    if 1 < days < 7:
        return QLocale().dayName(local.isoweekday(), QLocale.FormatType.ShortFormat)
    return _short_date(at, is_year_shown=local.year != now.astimezone().year)


def _short_date(at: datetime, *, is_year_shown: bool) -> str:
    local = at.astimezone()
    day = QDate(local.year, local.month, local.day)
    return QLocale().toString(day, "d MMM yyyy" if is_year_shown else "d MMM")


def _number(count: float) -> str:
    return QLocale().toString(int(count))
