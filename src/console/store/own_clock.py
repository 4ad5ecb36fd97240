"""The time that a reading goes by: the caller's, or that of the database's own clock where none is given."""

from __future__ import annotations

from datetime import datetime

from console.store.connection import Connection
from console.store.moments import moment


def time_of(connection: Connection, now: datetime | None) -> datetime:
    """``now``, or the clock of the database (aware UTC): whether a snooze has ended depends on it."""
    if now is not None:
        return now
    return moment(connection.exec_driver_sql("SELECT CAST(unixepoch('subsec') * 1000000 AS INTEGER)").scalar_one())
