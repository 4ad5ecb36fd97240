"""How far a task is, as it is told to the window."""

from __future__ import annotations

from dataclasses import dataclass

from console.sync.work import Task


@dataclass(slots=True)
class Progress:
    """``records`` came in this run, at ``rate`` a second; ``seconds_left`` is None while nobody can tell.

    ``until`` (seconds since 1970, UTC): when a source goes on by itself that waits.
    """

    task: Task
    state: str
    done: int = 0
    total: int | None = None
    stream: str = ""
    problem: str = ""
    records: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    until: float | None = None
