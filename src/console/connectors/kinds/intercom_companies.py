"""Companies of Intercom, by scroll: one at a time in the whole workspace, always from the beginning to the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from console.connectors.errors import TemporaryError
from console.connectors.http import StoppedError
from console.connectors.kinds.intercom_client import Circles, EndlessError, Missing, an_answer, listed, rows_in, said_by
from console.connectors.kinds.intercom_customers import company_of, note_of
from console.connectors.kinds.intercom_run import (
    COMPANIES,
    NOTES,
    SETTLING_SECONDS,
    SPEND_LIMIT,
    Run,
    gone_from,
    newest_of,
    sorted_out,
)
from console.connectors.kinds.intercom_values import an_object
from console.domain.channels import OwnerKind
from console.domain.records import Coverage, NoteRecord, Page, Record
from console.system import clock

_SCROLL_TRIES = 3
_SCROLL_EXPIRES_SECONDS = 65
# Companies without anybody in them are not listed: so many are asked for by themselves in one run.
_MOST_CHECKED = 100


def companies(run: Run) -> Iterator[Page]:
    """All companies by scroll; where it breaks, from the beginning again. Raises TemporaryError where another scroll is open."""
    for attempt in range(1, _SCROLL_TRIES + 1):
        try:
            yield from _scroll(run)
        except (StoppedError, ScrollTakenError, EndlessError):
            raise
        except TemporaryError:
            # A scroll that broke cannot be continued from where it was (Intercom, description 2.16).
            if attempt == _SCROLL_TRIES:
                raise
        else:
            return


class ScrollTakenError(TemporaryError):
    """Somebody else scrolls through the companies of this workspace."""


def _scroll(run: Run) -> Iterator[Page]:
    circles, seen, scroll, cursor = Circles(), set[str](), None, run.cursor(COMPANIES)
    newest, done = cursor, 0
    while True:
        answer = run.asking.answer("/companies/scroll", {"scroll_param": scroll} if scroll else None)
        if answer.status == 400 and said_by(answer) == "scroll_exists":
            raise ScrollTakenError(
                "Another program is reading the companies of this Intercom workspace; only one can at a time.",
                retry_at=clock.now() + timedelta(seconds=_SCROLL_EXPIRES_SECONDS),
            )
        found = an_answer(answer)
        rows = rows_in(found, "data")
        if not rows:
            break
        circles.look(rows, f"page {done}")
        scroll = str(found.get("scroll_param") or "")
        page, changed_at = _company_page(run, rows, cursor, done)
        newest, done = max(newest, changed_at), done + len(rows)
        seen |= {str(row.get("id")) for row in rows if isinstance(row, dict)}
        yield page
        if not scroll:
            break
    gone = gone_from(run, "company", seen, "/companies/", most=_MOST_CHECKED)
    yield Page(
        COMPANIES, gone, str(run.not_after_now(newest)), is_last=True, done=done, total=done,
        coverage=Coverage(remark=SPEND_LIMIT),
    )  # fmt: skip


def _company_page(run: Run, rows: tuple[Any, ...], cursor: int, done: int) -> tuple[Page, int]:
    def records_of(raw: Any) -> tuple[Record, ...]:
        record = company_of(an_object(raw, "A company"), run.known)
        is_news = record.at is None or record.at.timestamp() >= cursor - SETTLING_SECONDS
        return (record, *(_company_notes(run, record.external_id) if is_news and run.wants(NOTES) else ()))

    records, rejected = sorted_out(rows, "company", records_of)
    return Page(COMPANIES, records, rejected=rejected, done=done + len(rows)), newest_of(rows)


def _company_notes(run: Run, key: str) -> tuple[NoteRecord, ...]:
    try:
        return tuple(
            note_of(an_object(row, "A note"), OwnerKind.COMPANY, key)
            for batch in listed(run.asking, f"/companies/{key}/notes", "data")
            for row in batch.rows
        )
    except Missing:
        return ()
