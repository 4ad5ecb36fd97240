"""The clock: the only place that asks what time it is, or waits."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds on a clock that is never set back, for measuring spans."""
    return time.monotonic()


def wait(seconds: float) -> None:
    """Do nothing for so long."""
    time.sleep(seconds)
