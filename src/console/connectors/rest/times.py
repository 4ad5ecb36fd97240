"""Points in time as vendors write them, both ways; always aware UTC here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from console.connectors.errors import RecordError


class TimeForm(StrEnum):
    """How a vendor writes a point in time. ``AUTO`` reads any of them."""

    AUTO = "auto"
    ISO = "iso"
    DATE = "date"
    SPACED = "spaced"
    ROUNDUP = "roundup"
    UNIX = "unix"
    UNIX_MS = "unix_ms"


_MILLISECONDS_FROM = 100_000_000_000
_LATEST = 253_402_300_799


def moment_of(value: object, form: TimeForm = TimeForm.AUTO) -> datetime:
    """Aware UTC; what has no offset is UTC. Raises RecordError for anything that is no time."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise RecordError("A time is no time.")
    if isinstance(value, str):
        stripped = value.strip()
        if form in {TimeForm.UNIX, TimeForm.UNIX_MS} or stripped.replace(".", "", 1).isdigit():
            return _unix(stripped, form)
        return _written(stripped)
    return _unix(value, form)


def written(moment: datetime, form: TimeForm) -> str | int:
    """The moment as the vendor wants to read it."""
    match form:
        case TimeForm.UNIX:
            return int(moment.timestamp())
        case TimeForm.UNIX_MS:
            return int(moment.timestamp() * 1000)
        case TimeForm.DATE:
            return moment.strftime("%Y-%m-%d")
        case TimeForm.SPACED:
            return moment.strftime("%Y-%m-%d %H:%M:%S")
        case TimeForm.ROUNDUP:
            return moment.strftime("%Y-%m-%d.%H:%M:%S")
        case _:
            return moment.strftime("%Y-%m-%dT%H:%M:%S") + (
                f".{moment.microsecond // 1000:03}Z" if moment.microsecond else "Z"
            )


def floored(moment: datetime, step: timedelta) -> datetime:
    """The start of the second, the day … that it lies in (UTC)."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return start + (moment - start) // step * step


def _unix(value: str | float, form: TimeForm) -> datetime:
    try:
        seconds = float(value)
    except ValueError:
        raise RecordError("A time is no number of seconds.") from None
    if form is TimeForm.UNIX_MS or (form is not TimeForm.UNIX and abs(seconds) >= _MILLISECONDS_FROM):
        seconds /= 1000
    if not -62_135_596_800 <= seconds <= _LATEST:
        raise RecordError("A time lies outside the calendar.")
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def _written(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = _otherwise(text)
    if found is None:
        raise RecordError("A time is written in a way that is not understood.")
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        raise RecordError("A time lies outside the calendar.") from None


def _otherwise(text: str) -> datetime | None:
    """As mails write it, with the zone's name behind it (``… UTC``), or with dots (Roundup: ``2026-11-21.08:15:00``)."""
    for candidate in (text.removesuffix(" UTC").strip(), text.replace(".", "T", 1) if text[10:11] == "." else ""):
        if candidate and candidate != text:
            try:
                return datetime.fromisoformat(candidate)
            except ValueError:
                continue
    try:
        return parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
