"""Pages are taken in by parts, so that an edit waits for a part and never for the page."""

from __future__ import annotations

from datetime import UTC, datetime

from console.domain.profile import Origin, OriginKind, Rank
from console.domain.records import CustomerRecord, DeletionRecord, Page, Record, Rejected
from console.store.taking import Intake
from console.sync.work import PageWork, Task, parted

_INTAKE = Intake(1, Rank.INTEGRATION, Origin(OriginKind.SOURCE, "Mail", "source:1"))
_NOW = datetime(2026, 11, 20, 11, 8, tzinfo=UTC)


def _work(records: tuple[Record, ...], *, is_dry_run: bool = False) -> PageWork:
    page = Page("customers", records, "cursor", (Rejected("x", "odd", b""),), is_last=True)
    return PageWork(Task("sync", "Mail", is_dry_run), page, _INTAKE, _NOW)


def _customers(count: int) -> tuple[CustomerRecord, ...]:
    return tuple(CustomerRecord(f"u{number}") for number in range(count))


def test_the_parts_of_a_page_are_the_page_and_its_cursor_comes_last() -> None:
    rest, parts = _work(_customers(250)), list[PageWork]()
    while rest is not None:
        part, rest = parted(rest)
        parts.append(part)

    assert [len(part.page.records) for part in parts] == [100, 100, 50]
    assert tuple(record for part in parts for record in part.page.records) == _customers(250)
    assert [part.page.cursor for part in parts] == [None, None, "cursor"]
    assert [len(part.page.rejected) for part in parts] == [0, 0, 1]


def test_a_dry_run_and_a_page_that_tells_of_deletions_stay_whole() -> None:
    dry, told = _work(_customers(250), is_dry_run=True), _work((*_customers(250), DeletionRecord("u1")))

    assert parted(dry) == (dry, None)
    assert parted(told) == (told, None)
