"""Work for the one writer: pages of tasks, and the ends of tasks, in the order in which each task made them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from console.domain.records import ConversationRecord, DeletionRecord, FlagsRecord, Page, Record
from console.store.connection import Connection
from console.store.taking import Intake

MOST_AT_ONCE = 100


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
    """A task has delivered everything, was stopped, or failed with a sentence (``problem``).

    Of a source: ``next_at`` (aware UTC) is when it is asked again, ``requests`` what was asked of it, ``waits`` how often it
    asked to wait.
    """

    task: Task
    state: str
    problem: str = ""
    source_id: int | None = None
    next_at: datetime | None = None
    requests: int = 0
    waits: int = 0


@dataclass(frozen=True, slots=True)
class Started:
    """A source begins to be read."""

    task: Task
    source_id: int


@dataclass(frozen=True, slots=True)
class Resting:
    """A source asked to wait until a moment (aware UTC), in the middle of its run; it goes on by itself."""

    task: Task
    source_id: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Nudge:
    """Nothing to take in, but a reason to look around: the writer sleeps on its queue."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something short to write, for a thread that waits until it is committed: ``answer`` gets what ``act`` gave."""

    act: Callable[[Connection], Any]
    answer: Callable[[Any], None]


Work = PageWork | Started | Resting | Finished | Nudge | Asked


def parted(work: PageWork, most: int = MOST_AT_ONCE) -> tuple[PageWork, PageWork | None]:
    """What is taken in at once of a page, and what is left of it: an edit waits for the one, never for the other.

    ``most`` is how many messages and other records come with the one.

    The cursor and what was rejected come with the last part, so a page that was cut short is asked for again. A dry run is
    whole, since it is rolled back; so is a page that tells of deletions or flags, which may be about its own records.
    """
    records, weight, cut = work.page.records, 0, 0
    for cut, record in enumerate(records):
        weight += _weight(record)
        if weight > most and cut:
            break
    else:
        return work, None
    if work.task.is_dry_run or any(isinstance(record, (FlagsRecord, DeletionRecord)) for record in records):
        return work, None
    first = replace(work.page, records=records[:cut], cursor=None, rejected=(), is_last=False, coverage=None)
    return replace(work, page=first), replace(work, page=replace(work.page, records=records[cut:]))


def _weight(record: Record) -> int:
    return len(record.messages) + 1 if isinstance(record, ConversationRecord) else 1
