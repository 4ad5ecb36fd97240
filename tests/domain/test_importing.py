"""Reading plans: JSON and back, mapping by hand, and why an import may not start."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.import_mapping import mapping_of, property_name, signature, with_column, with_mapping
from console.domain.importing import (
    CHOSEN,
    COMMA_OR_POINT,
    DAY_OR_MONTH,
    ColumnPlan,
    ImportKind,
    ImportPlan,
    RowProblem,
    TablePlan,
    can_import,
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
)
from console.domain.values import ValueKind

_TEXTS = st.text(max_size=20)
_COLUMNS = st.builds(
    ColumnPlan,
    _TEXTS,
    _TEXTS,
    st.sampled_from(ValueKind),
    st.booleans(),
    st.booleans(),
    _TEXTS,
    _TEXTS,
    st.lists(_TEXTS, max_size=3).map(tuple),
)
_TABLES = st.builds(
    TablePlan,
    st.sampled_from(["csv", "xlsx", "jsonl"]),
    _TEXTS,
    _TEXTS,
    _TEXTS,
    st.integers(0, 30),
    st.lists(_COLUMNS, max_size=4).map(tuple),
    st.lists(_TEXTS, max_size=3).map(tuple),
    st.integers(0, 10**6),
)
_PLANS = st.builds(
    ImportPlan,
    st.lists(_TEXTS, max_size=3).map(tuple),
    st.sampled_from(ImportKind),
    st.lists(_TEXTS, max_size=3).map(tuple),
    st.none() | _TABLES,
    _TEXTS,
)


def _plan(*columns: ColumnPlan, kind: ImportKind = ImportKind.CUSTOMERS, rows: int = 5) -> ImportPlan:
    table = TablePlan("csv", "utf-8", ",", "", 1, columns, (), rows)
    return ImportPlan(("customers.csv",), kind, table=table, origin_name="customers.csv")


def _column(plan: ImportPlan, name: str) -> ColumnPlan:
    assert plan.table is not None
    return next(column for column in plan.table.columns if column.column == name)


@given(_PLANS)
def test_a_plan_comes_back_from_its_json_unchanged(plan: ImportPlan) -> None:
    assert plan_from_json(plan_to_json(plan, has_samples=True)) == plan


@given(_PLANS)
def test_a_plan_that_is_kept_holds_no_samples(plan: ImportPlan) -> None:
    kept = plan_from_json(plan_to_json(plan))

    assert kept.table is None or all(column.samples == () for column in kept.table.columns)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"paths": 3}', '{"paths": [], "kind": "wishes"}'])
def test_what_is_no_plan_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="not the plan of an import"):
        plan_from_json(text)


@given(st.builds(RowProblem, st.integers(1), _TEXTS, _TEXTS, _TEXTS, _TEXTS, st.just((("a", "b"), ("c", "")))))
def test_a_problem_comes_back_from_its_json_unchanged(problem: RowProblem) -> None:
    assert problem_from_json(problem_to_json(problem)) == problem


def test_customers_need_a_match_key() -> None:
    assert can_import(_plan(ColumnPlan("Name", "name"))) == (
        "No match key: let one column become the e-mail or the external ID"
    )
    assert can_import(_plan(ColumnPlan("Mail", "email"))) is None
    assert can_import(_plan(ColumnPlan("ID", "external_id"))) is None


def test_two_columns_with_one_target_are_named() -> None:
    reason = can_import(_plan(ColumnPlan("Mail", "email"), ColumnPlan("A", "plan"), ColumnPlan("B", "plan")))
    assert reason == "“A” and “B” both become plan; change one of them"


def test_columns_left_out_do_not_collide() -> None:
    assert can_import(_plan(ColumnPlan("Mail", "email"), ColumnPlan("A", ""), ColumnPlan("B", ""))) is None


def test_companies_may_be_matched_by_name_alone() -> None:
    assert can_import(_plan(ColumnPlan("Firm", "name"), kind=ImportKind.COMPANIES)) is None
    assert can_import(_plan(ColumnPlan("Firm", "seats"), kind=ImportKind.COMPANIES)) is not None


def test_events_need_who_what_and_when() -> None:
    who, what, when = ColumnPlan("w", "email"), ColumnPlan("n", "event.name"), ColumnPlan("t", "event.at")
    assert can_import(_plan(who, what, when, kind=ImportKind.EVENTS)) is None
    assert can_import(_plan(what, when, kind=ImportKind.EVENTS)) is not None
    assert can_import(_plan(who, when, kind=ImportKind.EVENTS)) == "Let one column become the event's name"
    assert can_import(_plan(who, what, kind=ImportKind.EVENTS)) == "Let one column become the time of the event"


def test_a_table_without_rows_or_a_plan_without_table_may_not_start() -> None:
    assert can_import(_plan(ColumnPlan("Mail", "email"), rows=0)) == "The table has no rows under its header"
    assert can_import(ImportPlan(("a.csv",), ImportKind.CUSTOMERS)) is not None
    assert can_import(ImportPlan((), ImportKind.CONVERSATIONS)) == "No file chosen"
    assert can_import(ImportPlan(("a.mbox",), ImportKind.CONVERSATIONS)) is None


def test_an_ambiguous_date_must_be_settled_before_it_is_a_date() -> None:
    plan = _plan(ColumnPlan("Mail", "email"), ColumnPlan("Since", "since", proof=DAY_OR_MONTH))
    assert can_import(plan) is None, "as text it may be imported"
    dated = with_column(plan, "Since", kind=ValueKind.DATE)
    assert can_import(dated) == "“Since” is ambiguous: choose day first or month first"
    settled = with_column(dated, "Since", day_first=True)
    assert can_import(settled) is None
    assert _column(settled, "Since").day_first
    assert _column(settled, "Since").proof == CHOSEN


def test_a_mixed_column_must_be_settled_too() -> None:
    proof = "ambiguous: row 2 has a decimal comma, row 3 a decimal point"
    plan = _plan(ColumnPlan("Mail", "email"), ColumnPlan("Sum", "sum", proof=proof))
    counted = with_column(plan, "Sum", kind=ValueKind.NUMBER)
    assert can_import(counted) == "“Sum” is ambiguous: choose decimal comma or decimal point"
    assert can_import(with_column(counted, "Sum", decimal_comma=False)) is None


def test_a_mapping_takes_its_target_away_from_the_guess() -> None:
    plan = _plan(ColumnPlan("Mail", "email"), ColumnPlan("Work mail", "work_mail", ValueKind.EMAIL))
    mapped = with_mapping(plan, {"work mail": "email"})
    assert (_column(mapped, "Mail").target, _column(mapped, "Work mail").target) == ("", "email")


def test_a_mapping_may_say_the_type() -> None:
    plan = _plan(ColumnPlan("Mail", "email"), ColumnPlan("Sum", "sum", proof=COMMA_OR_POINT), ColumnPlan("Due", "due"))
    texts = ["Sum=company.sum:money-usd", "Due=due:date-month-first", "Mail=email"]
    mapped = with_mapping(plan, mapping_of(texts))
    total = _column(mapped, "Sum")
    assert (total.target, total.kind, total.currency) == ("company.sum", ValueKind.MONEY, "USD")
    assert (_column(mapped, "Due").kind, _column(mapped, "Due").day_first) == (ValueKind.DATE, False)
    assert can_import(mapped) is not None, "the decimal sign is still open"
    settled = with_mapping(mapped, {"Sum": "company.sum:money-decimal-comma"})
    assert can_import(settled) is None


def test_an_unknown_column_is_answered_with_the_columns_there_are() -> None:
    with pytest.raises(ValueError, match=r"no column “Seats”. The columns are “Mail”, “Plan”"):
        with_mapping(_plan(ColumnPlan("Mail", "email"), ColumnPlan("Plan", "plan")), {"Seats": "seats"})


@pytest.mark.parametrize("target", ["plan:colour", "plan:date-comma", "plan:number-usd", "plan:string-day-first"])
def test_an_unknown_type_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match=r"is no type|says nothing"):
        with_mapping(_plan(ColumnPlan("Plan", "plan")), {"Plan": target})


@pytest.mark.parametrize("text", ["Plan", "=plan", ""])
def test_a_mapping_without_column_or_equals_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not COLUMN=PROPERTY"):
        mapping_of([text])


def test_a_header_with_an_equals_sign_can_be_mapped() -> None:
    assert mapping_of(["a=b=plan"]) == {"a=b": "plan"}


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Full name", "full_name"),
        ("firstName", "first_name"),
        ("E-Mail", "e_mail"),
        ("company.Team Size", "company.team_size"),
        ("Company.name", "company.name"),
        ("Größe (cm)", "größe_cm"),
        ("  ", "column"),
        ("—", "column"),
        ("价格", "价格"),
        ("हिन्दी नाम", "हिन्दी_नाम"),
    ],
)
def test_a_header_suggests_a_name_in_any_script(header: str, name: str) -> None:
    assert property_name(header) == name


@given(st.text(max_size=100), st.sets(st.sampled_from(["column", "a", "a_2", "name"])))
def test_a_suggested_name_is_never_empty_never_taken_and_its_own_name(header: str, taken: set[str]) -> None:
    name = property_name(header, taken)
    assert name
    assert name not in taken
    assert not any(c.isspace() for c in name)
    assert property_name(property_name(header)) == property_name(header)


def test_a_signature_knows_the_same_columns_in_any_order() -> None:
    assert signature(["E-mail", "Name"]) == signature(["name ", "E-mail"])
    assert signature(["E-mail", "Name"]) != signature(["E-mail", "Names"])
    assert signature(["ab", "c"]) != signature(["a", "bc"])


def test_changing_a_target_keeps_the_proof_of_the_type() -> None:
    column = ColumnPlan("Due", "due", ValueKind.DATE, day_first=True, proof="day first, row 9 proves it")
    changed = _column(with_column(_plan(column), "Due", target="renewal"), "Due")
    assert changed == replace(column, target="renewal")
