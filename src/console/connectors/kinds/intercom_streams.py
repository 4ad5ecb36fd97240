"""Pulling from Intercom: attributes, contacts and conversations by search, and which conversations were deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from console.connectors.kinds.intercom_client import (
    Missing,
    listed,
    searched,
)
from console.connectors.kinds.intercom_conversations import conversation_of
from console.connectors.kinds.intercom_people import customer_records
from console.connectors.kinds.intercom_reference import definitions_in
from console.connectors.kinds.intercom_run import (
    CONVERSATIONS,
    CUSTOMERS,
    DELETED,
    NOTES,
    PARTS_LIMIT,
    PROPERTIES,
    SETTLING_SECONDS,
    Run,
    changed_at,
    days_before,
    gone_from,
    is_news,
    newest_of,
    sorted_out,
)
from console.connectors.kinds.intercom_values import an_object, key_of
from console.domain.records import Coverage, DeletionRecord, Page, Record

_CUSTOMERS_AT_ONCE, _CONVERSATIONS_AT_ONCE, _DELETED_AT_ONCE = 150, 150, 50
# Each of them costs a request: so many are committed together.
_CONVERSATIONS_A_PAGE = 25


def properties(run: Run) -> Iterator[Page]:
    """The definitions of custom attributes."""
    records = definitions_in(run.known)
    yield Page(PROPERTIES, records, is_last=True, done=len(records), total=len(records), coverage=Coverage())


def customers(run: Run) -> Iterator[Page]:
    """Contacts that changed since the cursor, oldest change first.

    Intercom compares days of the workspace's zone, and ``>`` begins with the next day: two days earlier are asked for, and
    what is known to be older is left out here, to the second.
    """
    cursor = run.cursor(CUSTOMERS)
    query = {
        "query": {"field": "updated_at", "operator": ">", "value": days_before(cursor, run.workspace.zone)},
        "sort": {"field": "updated_at", "order": "ascending"},
    }
    seen, newest, read, total = set[str](), cursor, 0, None
    last, is_in_order = 0, True
    path = "/contacts/search?include_merge_history=true"
    for batch in searched(run.asking, path, query, "data", _CUSTOMERS_AT_ONCE):
        fresh = tuple(row for row in batch.rows if is_news(row, cursor))
        seen |= {str(row.get("id")) for row in batch.rows if isinstance(row, dict)}
        records, rejected = sorted_out(
            fresh, "customer", lambda raw: customer_records(run.asking, raw, run.known, run.wants(NOTES))
        )
        newest, read, total = max(newest, run.not_after_now(newest_of(fresh))), read + len(batch.rows), batch.total
        times = [last, *map(changed_at, fresh)]
        # Where the order is not kept, what is older may still come: the cursor follows only at the end.
        is_in_order, last = is_in_order and times == sorted(times), max(times)
        yield Page(CUSTOMERS, records, str(newest) if is_in_order else None, rejected, done=read, total=total)
    gone = gone_from(run, "customer", seen, "/contacts/") if cursor == 0 else ()
    missing = max(0, (total or 0) - len(seen))
    remark = f"Intercom counted {missing} more customers than it gave." if missing else ""
    yield Page(CUSTOMERS, gone, str(newest), is_last=True, done=read, total=total, coverage=Coverage(remark=remark))


def conversations(run: Run) -> Iterator[Page]:
    """Conversations that changed since the cursor, each with all its parts and notes.

    The description promises no order, so the cursor only follows while changes come oldest first.
    """
    cursor = run.cursor(CONVERSATIONS)
    query = {
        "query": {"field": "updated_at", "operator": ">", "value": days_before(cursor, run.workspace.zone)},
        "sort": {"field": "updated_at", "order": "ascending"},
    }
    newest, last, read, total, cut = cursor, 0, 0, None, 0
    is_in_order = True
    for batch in searched(run.asking, "/conversations/search", query, "conversations", _CONVERSATIONS_AT_ONCE):
        fresh = tuple(row for row in batch.rows if is_news(row, cursor))
        read, total = read + len(batch.rows) - len(fresh), batch.total
        for start in range(0, len(fresh), _CONVERSATIONS_A_PAGE):
            rows = fresh[start : start + _CONVERSATIONS_A_PAGE]
            times = [changed_at(row) for row in rows]
            is_in_order = is_in_order and [last, *times] == sorted([last, *times])
            newest, last = max([newest, *map(run.not_after_now, times)]), max([last, *times])
            page, missing = _conversation_page(run, rows)
            cut, read = cut + missing, read + len(rows)
            cursor_here = str(newest) if is_in_order else None
            yield Page(CONVERSATIONS, page.records, cursor_here, page.rejected, done=read, total=total)
    remark = f"{PARTS_LIMIT} In this run {cut} had more." if cut else PARTS_LIMIT
    yield Page(CONVERSATIONS, (), str(newest), is_last=True, done=read, total=total, coverage=Coverage(remark=remark))


def _conversation_page(run: Run, rows: tuple[Any, ...]) -> tuple[Page, int]:
    cut = 0

    def records_of(raw: Any) -> tuple[Record, ...]:
        nonlocal cut
        key = key_of(an_object(raw, "A conversation"))
        try:
            found = conversation_of(run.asking.get(f"/conversations/{key}"), run.known)
        except Missing:
            return (DeletionRecord(f"conversation:{key}"),)
        cut += found.missing > 0
        return (found.record, *(found.notes if run.wants(NOTES) else ()))

    records, rejected = sorted_out(rows, "conversation", records_of)
    return Page(CONVERSATIONS, records, rejected=rejected), cut


def deleted(run: Run) -> Iterator[Page]:
    """Conversations that were deleted at Intercom since the cursor, the newest first there."""
    cursor, newest, done = run.cursor(DELETED), run.cursor(DELETED), 0
    gone: list[Record] = []
    params = {"per_page": _DELETED_AT_ONCE, "order": "desc"}
    for batch in listed(run.asking, "/conversations/deleted", "conversations", params=params):
        times = [changed_at(row, "deleted_at") for row in batch.rows]
        rows = [row for row, at in zip(batch.rows, times, strict=True) if at >= cursor - SETTLING_SECONDS]
        gone += [DeletionRecord(f"conversation:{key_of(row)}") for row in rows]
        newest, done = max([newest, *map(run.not_after_now, times)]), done + len(rows)
        if len(rows) < len(batch.rows):
            break
    yield Page(DELETED, tuple(gone), str(newest), is_last=True, done=done, coverage=Coverage())
