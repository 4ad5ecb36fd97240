"""The clock: the only place that asks what time it is and where, or waits."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

_LOCAL_TIME = "/etc/localtime"


def now() -> datetime:
    """The present moment, aware UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds on a clock that is never set back, for measuring spans."""
    return time.monotonic()


def wait(seconds: float) -> None:
    """Do nothing for so long."""
    time.sleep(seconds)


def zone_name() -> str:
    """The name of the time zone of this machine (``Europe/Berlin``); empty where it says none."""
    import zoneinfo  # asked for once, by the sync process: a window starts without it

    asked = os.environ.get("TZ", "").removeprefix(":")
    found = asked or os.path.realpath(_LOCAL_TIME).partition(f"zoneinfo{os.sep}")[2]
    return found if found in zoneinfo.available_timezones() else ""
