"""Lists narrowed by expressions: values compared by type, pages in the order of names."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store import rows as put
from tests.store.rows import NOW

from console.domain.directory import NameKey
from console.domain.expressions import BadExpression
from console.domain.ids import CustomerId
from console.domain.inbox import ConversationState, InboxFilter
from console.domain.records import Channel, OwnerKind
from console.store import directory
from console.store.connection import Connection
from console.store.refreshing import Touched, refresh
from console.store.workspace import Workspace


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("", ["Ada", "Bo", "Cy"]),
        ("ad", ["Ada"]),
        ("north", ["Ada"]),
        ("name:O", ["Bo"]),
        ("name=bo", ["Bo"]),
        ("-name=bo", ["Ada", "Cy"]),
        ("email:south", ["Bo"]),
        ("tag:vip", ["Ada"]),
        ("tag!=vip", ["Bo", "Cy"]),
        ("mrr>300", ["Ada"]),
        ("mrr>=9.5 mrr<1000", ["Bo"]),
        ("mrr!=9.5", ["Ada", "Cy"]),
        ("has:mrr", ["Ada", "Bo"]),
        ("plan=pro", ["Ada"]),
        ("plan:PR", ["Ada"]),
        ("renewal>2026-02-01", ["Bo"]),
        ("renewal=2026-01-31", ["Ada"]),
        ("active:yes", ["Ada"]),
        ("areas=eu", ["Ada"]),
        ('company:"north peak" conversations>0', ["Ada"]),
        ("seen>2026-11-18", ["Ada"]),
        ("seen=2026-11-19", ["Ada"]),
        ("source:helpdesk -tag:vip", ["Bo", "Cy"]),
        ("is:shared", []),
    ],
)
def test_customers_that_meet_an_expression(workspace: Workspace, expression: str, names: list[str]) -> None:
    with workspace.database.write() as connection:
        _three(connection)

    with workspace.database.read() as connection:
        found = directory.list_customers(connection, expression, 10)

    assert [row.name for row in found] == names


@pytest.mark.parametrize(
    "expression", ["unknown=1", "mrr>lots", "plan>pro", "is:blue", "conversations>x", "seen>soon", "name>a", "mrr>"]
)
def test_nonsense_is_answered_with_a_sentence(workspace: Workspace, expression: str) -> None:
    with workspace.database.write() as connection:
        _three(connection)

    with workspace.database.read() as connection, pytest.raises(BadExpression, match=r"\w+ \w+"):
        directory.list_customers(connection, expression, 10)


@given(expression=st.text() | st.text(alphabet="name:=><!\" -amr%_'12"))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_rows_or_a_sentence(workspace: Workspace, expression: str) -> None:
    with workspace.database.read() as connection:
        with suppress(BadExpression):
            directory.list_customers(connection, expression, 3)
        with suppress(BadExpression):
            directory.list_companies(connection, expression, 3)


def test_pages_follow_each_other_without_gap_also_where_names_are_the_same(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        owners = {put.customer(connection, "Same", f"{place}@x.example") for place in range(7)}

    seen: list[int] = []
    after = None
    with workspace.database.read() as connection:
        while page := directory.list_customers(connection, "", 3, after):
            seen += [row.id for row in page]
            after = NameKey(page[-1].name, page[-1].id)
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT u.id FROM customers u WHERE u.merged_into IS NULL AND (u.name, u.id) > (?, ?)"
            " ORDER BY u.name, u.id LIMIT ?",
            ("a", 1, 3),
        ).fetchall()

    assert set(seen) == owners
    assert len(seen) == 7
    assert "customers_name" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def test_companies_by_members_tags_and_their_own_properties(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada, north = _three(connection)
        put.tag(connection, OwnerKind.COMPANY, north, "partner")
        put.claim(connection, put.stable_id("identity", "1", "customer", "ada@north.example"), "company.tier", "gold")
        refresh(connection, Touched(companies={north}, customers={ada}))

    with workspace.database.read() as connection:
        for expression in ("peak", "members>0", "members=1", "tag:partner", "tier=gold", "seen>2026-01-01"):
            found = directory.list_companies(connection, expression, 5)
            assert [(row.name, row.member_count, row.tags) for row in found] == [("North peak", 1, ("partner",))]
        assert directory.list_companies(connection, "members>1", 5) == ()


def test_conversations_are_filtered_as_the_inbox_filters_them(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada, north = _three(connection)

    with workspace.database.read() as connection:
        wanted = directory.inbox_filter(
            connection,
            'state:open channel:email assignee:"Marta B" customer:ada@north.example company:"North peak" is:unread',
        )
        assert directory.inbox_filter(connection, "") == InboxFilter(None)
        for nonsense in ("state:blue", "-state:open", "customer:nobody@x.example", "plan=pro", "mrr>3", "word"):
            with pytest.raises(BadExpression):
                directory.inbox_filter(connection, nonsense)

    assert (wanted.state, wanted.channel, wanted.assignee) == (ConversationState.OPEN, Channel.EMAIL, "Marta B")
    assert (wanted.customer, wanted.company, wanted.is_unread) == (CustomerId(ada), north, True)


def _three(connection: Connection) -> tuple[int, int]:
    put.source(connection)
    ada = put.customer(connection, "Ada", "ada@north.example")
    bo = put.customer(connection, "Bo", "bo@south.example")
    put.customer(connection, "Cy")
    north = put.company(connection, "North peak")
    put.member(connection, ada, north)
    for email, values in (
        (
            "ada@north.example",
            {
                "plan": ("string", "pro"),
                "mrr": ("number", "1000"),
                "renewal": ("date", "2026-01-31"),
                "active": ("boolean", "true"),
                "areas": ("choices", json.dumps(["eu", "us"])),
            },
        ),
        ("bo@south.example", {"mrr": ("number", "9.5"), "renewal": ("date", "2026-02-02")}),
    ):
        known = put.stable_id("identity", "1", "customer", email)
        for name, (kind, value) in values.items():
            put.claim(connection, known, name, value, kind=kind)
    put.tag(connection, OwnerKind.CUSTOMER, ada, "vip")
    put.conversation(connection, "Lamp", "broken", customer_id=ada, at=NOW - timedelta(days=1))
    refresh(connection, Touched(customers={ada, bo}))
    return ada, north
