"""Dates in tables: the ways in which people write them, and which order of day and month a column proves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone

from console.domain.importing import DAY_OR_MONTH
from console.domain.values import ValueProblem

_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})([./-]?)(\d{1,2})\2(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.|er)?(?:\s+de)?[\s-]+([^\W\d_]{3,10})\.?(?:\s+de)?,?[\s-]+(\d{4})")
_NAMED_FIRST = re.compile(r"([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_CLOCK = re.compile(
    r"(?P<day>.+?)(?:[T,]\s*|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_MIDNIGHT = re.compile(r"(?<=\d)[T ]\s*0?0:00(:00(\.0+)?)?$")
_UNIX_SECONDS = re.compile(r"\d{10}(\.\d{1,6})?")
_UNIX_MILLISECONDS = re.compile(r"\d{13}")
_MONTH_STEMS = (
    "jan jän ene gen",
    "feb fév fev",
    "mar mär mrz",
    "apr avr abr",
    "mai may mag",
    "jun juin giu",
    "jul juil lug",
    "aug aoû aou ago",
    "sep set",
    "oct okt ott out",
    "nov",
    "dec dez déc dic",
)
_MONTH_BY_STEM = {stem: month for month, stems in enumerate(_MONTH_STEMS, start=1) for stem in stems.split()}
_LONGEST = 64
_CENTURY_TURNS = 70
MOST_TO_FEWEST = 9
_LATEST_UNIX = 4_102_444_800


def date_in(text: str, *, day_first: bool) -> date:
    """The day that ``text`` writes. A time beside it other than midnight is refused. Raises ValueProblem."""
    stripped = _short(text)
    found = _day(_MIDNIGHT.sub("", stripped), day_first=day_first)
    if found is None:
        raise ValueProblem(f"“{text[:40]}” is not a date; write it like 2026-12-31")
    return found


def moment_in(text: str, *, day_first: bool) -> datetime:
    """The moment that ``text`` writes, as aware UTC; without an offset UTC is meant, without a time midnight.

    Seconds and milliseconds since 1970 are understood. Raises ValueProblem with a sentence.
    """
    stripped = _short(text)
    if _UNIX_SECONDS.fullmatch(stripped) or _UNIX_MILLISECONDS.fullmatch(stripped):
        return unix_moment(float(stripped))
    clock = _CLOCK.fullmatch(stripped)
    day = _day(clock["day"] if clock else stripped, day_first=day_first)
    if day is None:
        raise ValueProblem(f"“{text[:40]}” is not a date and time; write it like 2026-12-31 14:30")
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return _with_clock(midnight, clock, text) if clock else midnight


def unix_moment(number: float) -> datetime:
    """The moment of seconds (or, where too large for them, milliseconds) since 1970. Raises ValueProblem."""
    seconds = number if abs(number) <= _LATEST_UNIX else number / 1000
    if not 0 <= seconds <= _LATEST_UNIX:
        raise ValueProblem(f"{number:.0f} is no time in seconds since 1970")
    return datetime.fromtimestamp(seconds, tz=UTC)


def has_clock(text: str) -> bool:
    """Whether a time of day stands beside the date; the midnight that spreadsheets add to every date is none."""
    return _CLOCK.fullmatch(_MIDNIGHT.sub("", text.strip())) is not None


def is_unix(text: str) -> bool:
    """Whether the text could be seconds or milliseconds since 1970, of this century's years."""
    stripped = text.strip()
    return bool(_UNIX_SECONDS.fullmatch(stripped) or _UNIX_MILLISECONDS.fullmatch(stripped)) and stripped[0] == "1"


def day_order(rows: Iterable[tuple[int, str]]) -> tuple[bool, str]:
    """Whether the numeric dates of a column have the day first, and the proof; ``DAY_OR_MONTH`` where none does.

    ``rows`` are (row number, text). Dots are always day first. Where rows prove opposite orders, nine of ten decide (the
    others cannot be read and are left out); else a row of each is named.
    """
    day_rows: list[int] = []
    month_rows: list[int] = []
    is_numeric = is_dotted = False
    for number, text in rows:
        clock = _CLOCK.fullmatch(text.strip())
        found = _NUMERIC.fullmatch(clock["day"] if clock else text.strip())
        if not found:
            continue
        is_dotted, is_numeric = is_dotted or found[2] == ".", is_numeric or found[2] != "."
        if int(found[1]) > 12:
            day_rows.append(number)
        elif int(found[3]) > 12:
            month_rows.append(number)
    if day_rows or month_rows:
        return _decided(day_rows, month_rows)
    if is_numeric:
        return False, DAY_OR_MONTH
    return True, "day first, written with dots" if is_dotted else ""


def _decided(day_rows: list[int], month_rows: list[int]) -> tuple[bool, str]:
    day_first = len(day_rows) > len(month_rows)
    most, fewest = (day_rows, month_rows) if day_first else (month_rows, day_rows)
    if len(fewest) * MOST_TO_FEWEST > len(most):
        return day_first, f"ambiguous: row {day_rows[0]} is day first, row {month_rows[0]} month first"
    return day_first, f"{'day' if day_first else 'month'} first, row {most[0]} proves it"


def _short(text: str) -> str:
    """The text trimmed, "" where it is far too long for a date: the patterns here are slow on long runs of spaces."""
    stripped = text.strip()
    return stripped if len(stripped) <= _LONGEST else ""


def _day(text: str, *, day_first: bool) -> date | None:
    numbers = _year_month_day(text, day_first=day_first)
    if numbers is None:
        return None
    try:
        return date(*numbers)
    except ValueError:
        return None


def _year_month_day(text: str, *, day_first: bool) -> tuple[int, int, int] | None:
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[3]), int(found[4])
    if found := _NUMERIC.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        day, month = (first, second) if day_first or found[2] == "." else (second, first)
        return _year(found[4]), month, day
    if found := _NAMED.fullmatch(text):
        return int(found[3]), _month(found[2]), int(found[1])
    if found := _NAMED_FIRST.fullmatch(text):
        return int(found[3]), _month(found[1]), int(found[2])
    return None


def _year(text: str) -> int:
    """Two digits mean 1970 to 2069, as spreadsheets read them (within a few years)."""
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= _CENTURY_TURNS else 2000)


def _month(word: str) -> int:
    """The month's number, 0 (no month) where the word is none."""
    lowered = word.lower()
    return _MONTH_BY_STEM.get(lowered[:4], 0) or _MONTH_BY_STEM.get(lowered[:3], 0)


def _with_clock(midnight: datetime, clock: re.Match[str], text: str) -> datetime:
    hour, half = int(clock["hour"]), (clock["half"] or "").replace(".", "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueProblem(f"“{text[:40]}” is not a time of day")
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    micro = int((clock["part"] or "0").ljust(6, "0")[:6])
    try:
        moment = midnight.replace(
            hour=hour, minute=int(clock["minute"]), second=int(clock["second"] or 0), microsecond=micro
        )
        return (moment.replace(tzinfo=_zone(clock["zone"]))).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueProblem(f"“{text[:40]}” is not a time of day") from error


def _zone(text: str | None) -> timezone:
    if not text or text in ("Z", "UTC", "GMT"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
