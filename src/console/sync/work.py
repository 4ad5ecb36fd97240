"""Work for the one writer: pages of tasks, and the ends of tasks, in the order in which each task made them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.records import Page
from console.store.taking import Intake


@dataclass(frozen=True, slots=True)
class Task:
    """Something that brings pages: a source that is synced, or an import. ``name`` is the source's name or the batch."""

    kind: str
    name: str
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True)
class PageWork:
    """A page to take in. ``fetched_at`` is aware UTC: the moment of the fetch, for an import that of its start."""

    task: Task
    page: Page
    intake: Intake
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Finished:
    """A task has delivered everything, was stopped, or failed with a sentence (``problem``)."""

    task: Task
    state: str
    problem: str = ""
    source_id: int | None = None


@dataclass(frozen=True, slots=True)
class Nudge:
    """Nothing to take in, but a reason to look around: the writer sleeps on its queue."""


Work = PageWork | Finished | Nudge
