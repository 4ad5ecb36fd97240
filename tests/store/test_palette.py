"""The palette's search: conditions and words over every kind, names with slips, and no text that breaks it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.store import rows as put
from tests.store.conftest import opened
from tests.store.rows import NOW

from console.domain.records import OwnerKind
from console.domain.search import HitKind
from console.store import search
from console.store.changes import Stale, note_changes
from console.store.palette import Answer, kept_hits, look_up
from console.store.refreshing import Touched, refresh
from console.store.workspace import Workspace

_EVERY = tuple(HitKind)


@pytest.fixture
def known(workspace: Workspace) -> Workspace:
    """Three customers of two plans, a company, their conversations, a note, tags."""
    _fill(workspace)
    return workspace


def test_one_box_finds_every_kind(known: Workspace) -> None:
    found = {(hit.kind.value, hit.title) for hit in _ask(known, "export").hits}

    assert found == {
        ("conversation", "Export drops fields"),
        ("message", "Export drops fields"),
        ("message", "Invoices"),
        ("note", "Ada Lovelace"),
        ("tag", "beta-export"),
        ("customer", "Ada Lovelace"),
    }
    assert _titles(known, "plan", HitKind.PROPERTY) == ["plan"]
    assert _titles(known, "north", HitKind.COMPANY) == ["Northpeak"]


def test_a_condition_narrows_customers_and_what_they_said(known: Workspace) -> None:
    answer = _ask(known, "plan:enterprise export")

    assert [part.expression for part in answer.parts] == ["plan:enterprise"]
    assert {(hit.kind.value, hit.title) for hit in answer.hits} == {
        ("customer", "Ada Lovelace"),
        ("conversation", "Export drops fields"),
        ("message", "Export drops fields"),
        ("note", "Ada Lovelace"),
    }


def test_conditions_alone_list_those_who_meet_them(known: Workspace) -> None:
    assert _titles(known, "plan:enterprise", HitKind.CUSTOMER) == ["Ada Lovelace"]
    assert _titles(known, "plan:enterprise", HitKind.CONVERSATION) == ["Export drops fields"]
    assert _titles(known, "-plan:enterprise", HitKind.CUSTOMER) == ["Grace Hopper", "Zoë Müller"]
    assert _titles(known, "mrr:100..500", HitKind.CUSTOMER) == ["Grace Hopper"]
    assert _titles(known, "company:north", HitKind.CUSTOMER) == ["Ada Lovelace"]
    assert _titles(known, "state:closed", HitKind.CONVERSATION) == ["Invoices"]
    assert _titles(known, "state:closed", HitKind.CUSTOMER) == []


def test_when_something_was_said_is_a_condition_too(known: Workspace) -> None:
    assert _titles(known, "at:2026-11-20..2026-11-20 export", HitKind.MESSAGE) == ["Export drops fields"]
    assert _titles(known, "at:..2026-11-15 export", HitKind.MESSAGE) == ["Invoices"]
    assert _titles(known, "at:..2026-11-15", HitKind.CONVERSATION) == ["Invoices"]
    assert _titles(known, "at:..2026-11-15 export", HitKind.NOTE) == []
    assert _titles(known, "at:2026-11-20 export", HitKind.CUSTOMER) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lovelcae", "lovelace"),
        ("lovlace", "lovelace"),
        ("lovelacce", "lovelace"),
        ("lovelade", "lovelace"),
        ("ada lovelcae", "ada lovelace"),
        ("hoper", "hopper"),
        ("muler", "muller"),
        ("ada@nothpeak.example", "ada northpeak example"),
    ],
)
def test_names_and_addresses_are_found_with_a_slip_of_the_hand(known: Workspace, typed: str, meant: str) -> None:
    answer = _ask(known, typed)

    assert answer.spelled == meant
    assert answer.hits[0].kind is HitKind.CUSTOMER


def test_what_is_spelled_right_comes_first_and_short_words_are_not_guessed_at(known: Workspace) -> None:
    assert _ask(known, "hopper").spelled == ""
    assert _titles(known, "hopper", HitKind.CUSTOMER) == ["Grace Hopper"]
    assert _titles(known, "adx", HitKind.CUSTOMER) == []


def test_somebody_who_was_renamed_is_no_longer_found_by_the_old_name_with_a_slip(known: Workspace) -> None:
    with known.database.write() as connection:
        ada = connection.exec_driver_sql("SELECT id FROM customers WHERE name = 'Ada Lovelace'").scalar_one()
        connection.exec_driver_sql("UPDATE customers SET name = 'Augusta Byron' WHERE id = ?", (ada,))
        note_changes(connection, Stale.CUSTOMER, [ada])
    _index(known)

    assert _titles(known, "lovelcae", HitKind.CUSTOMER) == []
    assert _titles(known, "augutsa", HitKind.CUSTOMER) == ["Augusta Byron"]


def test_a_condition_that_makes_no_sense_is_said_where_it_stands(known: Workspace) -> None:
    problem = _ask(known, "export mrr>much").problem

    assert problem is not None
    assert (problem.start, problem.end) == (7, 15)
    assert "much" in problem.sentence
    state = _ask(known, "state:asleep").problem
    assert state is not None
    assert "open" in state.sentence


def test_an_unknown_field_is_words_and_the_known_one_is_named(known: Workspace) -> None:
    answer = _ask(known, "plann:enterprise")

    assert answer.problem is None
    assert answer.field == "plan"


def test_few_customers_are_found_behind_the_messages_of_many_others(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        ada = put.customer(connection, "Ada", "ada@north.example")
        put.conversation(connection, "Old", "the lamp of Ada", customer_id=ada, at=NOW - timedelta(days=400))
        texts = [f"lamp {number}" for number in range(300)]
        for number in range(24):
            put.conversation(connection, f"Talk {number}", *texts, at=NOW - timedelta(hours=number))
    _index(workspace)

    found = look_up(workspace, "email:ada@north.example lamp", (HitKind.MESSAGE,), 5, now=NOW).hits

    assert [hit.title for hit in found] == ["Old"]


def test_recent_ones_are_read_by_their_keys_and_those_that_are_gone_are_left_out(known: Workspace) -> None:
    customer = next(hit for hit in _ask(known, "ada").hits if hit.kind is HitKind.CUSTOMER)

    found = kept_hits(known, [(HitKind.CUSTOMER, 7), (HitKind.CUSTOMER, int(customer.id)), (HitKind.CONVERSATION, 8)])

    assert [hit.title for hit in found] == ["Ada Lovelace"]


def test_names_in_chinese_are_found_inside_a_run(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        put.customer(connection, "王小明", "wang@north.example")
        put.conversation(connection, "Reise", "我在北京工作很久了")
    _index(workspace)

    assert _titles(workspace, "小明", HitKind.CUSTOMER) == ["王小明"]
    assert _titles(workspace, "北京工作", HitKind.MESSAGE) == ["Reise"]
    assert _titles(workspace, "京北", HitKind.MESSAGE) == []


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path):
    """One filled workspace for many questions."""
    with opened(empty_workspace, tmp_path_factory.mktemp("lasting") / "workspace") as found:
        _fill(found)
        yield found


_PIECES = st.sampled_from(
    [
        "plan", "mrr", "tag", "at", "state", "is", "company", "count(Export, 30d)", "last_seen", ":", "=", ">", "<=",
        "!=", "enterprise", "..", "2026-01-01", "30d", "(", ")", ",", '"', "-", "or", "and", "not", "NEAR", "*", "^",
        "\0", "\ud800", "北", "é", " ", " ", "%", "'", "{subject}", "has", "unread",
    ]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@example("plan:")
@example('plan:"')
@example("at:99999-01-01")
@example("at<99999999y")
@example("・")
@example("(" * 500)
@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=14).map("".join)))
def test_whatever_is_typed_is_answered(lasting: Workspace, text: str) -> None:
    answer = look_up(lasting, text, _EVERY, 5, now=NOW)

    if answer.problem is not None:
        assert answer.problem.sentence
        assert 0 <= answer.problem.start < answer.problem.end <= len(text)
    for hit in answer.hits:
        assert all(0 <= start < end <= len(hit.title) for start, end in hit.title_spans)
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.spans)


def _fill(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        ada = put.customer(connection, "Ada Lovelace", "ada@northpeak.example")
        grace = put.customer(connection, "Grace Hopper", "grace@navy.example")
        zoe = put.customer(connection, "Zoë Müller", "zoe@post.example")
        north = put.company(connection, "Northpeak")
        put.member(connection, ada, north)
        for mail, plan, mrr in (("ada@northpeak.example", "Enterprise", "900"), ("grace@navy.example", "Pro", "300")):
            known = put.stable_id("identity", "1", "customer", mail)
            put.claim(connection, known, "plan", plan)
            put.claim(connection, known, "mrr", mrr, kind="number")
        put.tag(connection, OwnerKind.CUSTOMER, ada, "beta-export")
        put.note(connection, OwnerKind.CUSTOMER, ada, "n1", "needs the export before Monday")
        put.conversation(connection, "Export drops fields", "the export loses columns", customer_id=ada)
        put.conversation(
            connection, "Invoices", "please export them", customer_id=grace, at=NOW - timedelta(days=9), state="closed"
        )
        refresh(connection, Touched(customers={ada, grace, zoe}))
    _index(workspace)


def _index(workspace: Workspace) -> None:
    while search.index(workspace, 2_000):
        pass


def _ask(workspace: Workspace, text: str) -> Answer:
    return look_up(workspace, text, _EVERY, 10, now=NOW)


def _titles(workspace: Workspace, text: str, kind: HitKind) -> list[str]:
    return sorted(hit.title for hit in _ask(workspace, text).hits if hit.kind is kind)
