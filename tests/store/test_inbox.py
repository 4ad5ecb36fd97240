"""The inbox: filters, pages, counts, and the indexes that drive them."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise, product
from typing import Any

import pytest
from tests.store import rows as put
from tests.store.rows import NOW

from console.domain.ids import CompanyId, CustomerId
from console.domain.inbox import COUNTED_UP_TO, ConversationState, InboxCounts, InboxFilter, PageKey
from console.domain.records import AuthorKind, Channel, OwnerKind
from console.store import inbox
from console.store.connection import Connection
from console.store.moments import micros
from console.store.workspace import Workspace

_STATES = ("open", "snoozed", "closed")


def test_a_row_says_who_writes_from_where_and_what_waits(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada, _ = _ada_of_north(connection)
        key = put.conversation(connection, "Broken lamp", "It is broken", "Hello?", customer_id=ada)
        put.tag(connection, OwnerKind.CONVERSATION, key, "urgent")

    with workspace.database.read() as connection:
        row = inbox.rows(connection, InboxFilter(), None, 10, now=NOW)[0]

    assert (row.customer_id, row.customer_name, row.company_name) == (ada, "Ada", "North")
    assert (row.subject, row.preview, row.unread_count) == ("Broken lamp", "Hello?", 2)
    assert row.waiting_since == NOW - timedelta(minutes=1)
    assert row.tags == ("urgent",)
    assert row.last_author is AuthorKind.CUSTOMER
    assert not row.has_attachments


def test_a_snooze_that_has_ended_counts_as_open_everywhere(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        late = put.conversation(connection, "a", "x", state="snoozed", snoozed_until=micros(NOW))
        put.conversation(connection, "b", "x", state="snoozed", snoozed_until=micros(NOW + timedelta(hours=1)))
        put.conversation(connection, "c", "x", state="snoozed")

    with workspace.database.read() as connection:
        found = inbox.rows(connection, InboxFilter(), None, 10, now=NOW)
        snoozed = inbox.keys(connection, InboxFilter(ConversationState.SNOOZED), None, 10, now=NOW)
        counts = inbox.counts(connection, now=NOW)

    assert [(row.id, row.state, row.snoozed_until) for row in found] == [(late, ConversationState.OPEN, None)]
    assert len(snoozed) == 2
    assert counts == InboxCounts(open=1, snoozed=2, closed=0)


def test_counts_leave_out_conversations_that_went_into_another(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        stays = put.conversation(connection, "a", "x", assignee="Marta")
        put.conversation(connection, "b", "x", merged_into=stays, assignee="Marta")
        put.conversation(connection, "c", "x", state="closed", merged_into=stays)

    with workspace.database.read() as connection:
        counts = inbox.counts(connection, now=NOW)

    assert counts == InboxCounts(open=1, snoozed=0, closed=0)


def test_counting_ends_at_a_thousand(workspace: Workspace) -> None:
    many = COUNTED_UP_TO + 5
    states = {"closed": many, "snoozed": many, "open": COUNTED_UP_TO - 1}
    with workspace.database.write() as connection:
        put.source(connection)
        connection.exec_driver_sql(
            """INSERT INTO conversations (id, source_id, external_id, channel, first_at, last_at, state, snoozed_until)
               VALUES (?, 1, ?, 'chat', 0, 0, ?, ?)""",
            [
                (key, str(key), state, micros(NOW) + place - 3 if state == "snoozed" else None)
                for key, (state, place) in enumerate(
                    (s, place) for s, count in states.items() for place in range(count)
                )
            ],
        )

    with workspace.database.read() as connection:
        before, now = (inbox.counts(connection, now=NOW - timedelta(days=days)) for days in (1, 0))

    assert before == InboxCounts(open=COUNTED_UP_TO - 1, snoozed=COUNTED_UP_TO, closed=COUNTED_UP_TO)
    assert now == InboxCounts(open=COUNTED_UP_TO, snoozed=COUNTED_UP_TO, closed=COUNTED_UP_TO)


def test_counting_reads_an_index_and_no_rows(workspace: Workspace) -> None:
    with workspace.database.read() as connection:
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {inbox.STANDING}", ("open", 9)).fetchall())
        due = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {inbox.DUE}", (0,)).fetchall())

    assert "USING COVERING INDEX conversations_state (state=?)" in plan
    assert "USING INDEX conversations_snoozed (snoozed_until<?)" in due


def test_every_filter_gives_the_rows_that_a_plain_look_at_each_of_them_gives_page_by_page(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada, north = _ada_of_north(connection)
        facts = _many(connection, ada)
    narrowed: tuple[dict[str, Any], ...] = (
        {},
        {"assignee": "Marta"},
        {"is_unassigned": True},
        {"channel": Channel.CHAT},
        {"tag": "vip"},
        {"tag": "unknown"},
        {"company": CompanyId(north)},
        {"customer": CustomerId(ada)},
        {"is_unread": True},
        {"has_no_customer": True},
        {"assignee": "Marta", "channel": Channel.CHAT, "tag": "vip", "is_unread": True},
        {"customer": CustomerId(ada), "is_unassigned": True},
    )
    wanted = [InboxFilter(state, **narrow) for state, narrow in product((None, *ConversationState), narrowed)]

    with workspace.database.read() as connection:
        for one in wanted:
            expected = sorted((fact[:2] for fact in facts if _matches(one, fact, ada, north)), reverse=True)
            assert _walked(connection, one) == expected, one


def test_a_common_tag_is_looked_up_from_the_newest_down(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "_FEW", 1)
    with workspace.database.write() as connection:
        ada, north = _ada_of_north(connection)
        facts = _many(connection, ada)

    with workspace.database.read() as connection:
        plan, found = _plan(connection, InboxFilter(tag="vip")), _walked(connection, InboxFilter(tag="vip"))

    assert "SEARCH c USING INDEX conversations_state" in plan
    expected = [fact[:2] for fact in facts if _matches(InboxFilter(tag="vip"), fact, ada, north)]
    assert found == sorted(expected, reverse=True)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (InboxFilter(), "conversations_state (state=? AND last_at<?)"),
        (InboxFilter(ConversationState.CLOSED), "conversations_state (state=? AND last_at<?)"),
        (InboxFilter(assignee="Marta"), "conversations_assignee (assignee=? AND state=? AND last_at<?)"),
        (InboxFilter(is_unassigned=True), "conversations_assignee (assignee=? AND state=? AND last_at<?)"),
        (InboxFilter(channel=Channel.CHAT), "conversations_channel (channel=? AND state=? AND last_at<?)"),
        (InboxFilter(customer=CustomerId(1)), "conversations_customer (customer_id=? AND last_at<?)"),
        (InboxFilter(None, customer=CustomerId(1)), "conversations_customer (customer_id=? AND last_at<?)"),
        (InboxFilter(company=CompanyId(1)), "conversations_company (company_id=? AND last_at<?)"),
        (InboxFilter(has_no_customer=True), "conversations_customer (customer_id=? AND last_at<?)"),
        (InboxFilter(is_unread=True), "conversations_unread (last_at<?)"),
    ],
)
def test_a_page_is_read_from_its_index_in_order_and_never_sorted(
    workspace: Workspace, wanted: InboxFilter, index: str
) -> None:
    with workspace.database.read() as connection:
        plan = _plan(connection, wanted)

    assert f"SEARCH c USING INDEX {index}" in plan
    assert "SCAN c" not in plan
    # Only the few conversations whose snooze has ended are sorted, and one page of each arm where two are joined.
    steps = [step for step in plan.split("\n") if "conversations_snoozed" not in step]
    following = [after for step, after in pairwise(steps) if step.startswith("SEARCH c USING INDEX")]
    assert not any("TEMP B-TREE" in step for step in following), plan


def test_rows_of_forgets_what_is_not_there(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        key = put.conversation(connection, "a", "x")

    with workspace.database.read() as connection:
        assert list(inbox.rows_of(connection, [key, 5], now=NOW)) == [key]


def _ada_of_north(connection: Connection) -> tuple[int, int]:
    put.source(connection)
    ada = put.customer(connection, "Ada", "ada@north.example")
    north = put.company(connection, "North")
    put.member(connection, ada, north)
    return ada, north


_Fact = tuple[int, int, str, str | None, str, bool, bool, bool]


def _many(connection: Connection, ada: int) -> list[_Fact]:
    """Seventy-two conversations of every kind: (last_at, id, state, assignee, channel, is ada's, has tag, is unread)."""
    facts: list[_Fact] = []
    kinds = product(_STATES, ("Marta", None), ("chat", "email"), (True, False), (True, False), (True, False))
    for place, (state, assignee, channel, is_ada, is_tagged, is_unread) in enumerate(kinds):
        at = NOW - timedelta(minutes=place // 3)
        until = micros(NOW + timedelta(hours=place % 2 * 2 - 1)) if state == "snoozed" else None
        key = put.conversation(
            connection,
            f"Subject {place}",
            "text",
            customer_id=ada if is_ada else None,
            at=at,
            state=state,
            assignee=assignee,
            channel=channel,
            snoozed_until=until,
            read_through=0 if is_unread else 2**60,
        )
        if is_tagged:
            put.tag(connection, OwnerKind.CONVERSATION, key, "vip")
        shown = "open" if until is not None and until <= micros(NOW) else state
        facts.append((micros(at), key, shown, assignee, channel, is_ada, is_tagged, is_unread))
    return facts


def _matches(wanted: InboxFilter, fact: _Fact, ada: int, north: int) -> bool:
    _, _, state, assignee, channel, is_ada, is_tagged, is_unread = fact
    return (
        (wanted.state is None or wanted.state == state)
        and (wanted.assignee is None or wanted.assignee == assignee)
        and (not wanted.is_unassigned or assignee is None)
        and (wanted.channel is None or wanted.channel == channel)
        and (wanted.tag is None or (wanted.tag == "vip" and is_tagged))
        and (wanted.company is None or (wanted.company == north and is_ada))
        and (wanted.customer is None or (wanted.customer == ada and is_ada))
        and (not wanted.is_unread or is_unread)
        and (not wanted.has_no_customer or not is_ada)
    )


def _walked(connection: Connection, wanted: InboxFilter) -> list[tuple[int, int]]:
    """Every key of a filter, five a page."""
    found: list[tuple[int, int]] = []
    after: PageKey | None = None
    while page := inbox.keys(connection, wanted, after, 5, now=NOW):
        found += [(key.at, key.id) for key in page]
        after = page[-1]
    return found


def _plan(connection: Connection, wanted: InboxFilter) -> str:
    tag = connection.exec_driver_sql("SELECT id FROM tags WHERE name = ?", (wanted.tag,)).scalar()
    statement, arguments = inbox.page_statement(connection, wanted, PageKey(5, 5), 50, tag, micros(NOW))
    steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", arguments).fetchall()
    return "\n".join(row[3] for row in steps).replace("COVERING INDEX", "INDEX")
