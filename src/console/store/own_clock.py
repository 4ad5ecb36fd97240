"""The time that a reading goes by: the caller's, or that of the database's own clock where none is given; and the time zone."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from console.store.connection import Connection
from console.store.moments import moment


def time_of(connection: Connection, now: datetime | None) -> datetime:
    """``now``, or the clock of the database (aware UTC): whether a snooze has ended depends on it."""
    if now is not None:
        return now
    return moment(connection.exec_driver_sql("SELECT CAST(unixepoch('subsec') * 1000000 AS INTEGER)").scalar_one())


def zone_of(connection: Connection) -> tzinfo:
    """The team's time zone: in which days begin, and “30 days ago” is counted; UTC until a console has said where it stands."""
    # Imported here: the inbox asks for the time only, and is on screen before it.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    name = connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'time_zone'").scalar()
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def keep_zone(connection: Connection, name: str) -> None:
    """Remember the team's time zone (``Europe/Berlin``), where a console knows its own."""
    connection.exec_driver_sql("INSERT OR REPLACE INTO meta (name, value) VALUES ('time_zone', ?)", (name,))
