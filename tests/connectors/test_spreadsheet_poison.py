"""P33 for tables: one bad row never stops the others, and whatever cells hold, every row is accounted for."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.connectors.spreadsheet_pages import pages, preview
from console.domain.import_mapping import with_column
from console.domain.importing import ImportKind, ImportPlan, RowProblem, plan_to_json, problem_from_json
from console.domain.records import Page
from console.domain.values import ValueKind


def _plan(folder: Path, content: str, name: str = "x.csv") -> ImportPlan:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return preview({"path": str(path), "kind": "customers"})


def _pages(plan: ImportPlan) -> list[Page]:
    return list(pages({"plan": plan_to_json(plan)}))


def _records(plan: ImportPlan) -> list:
    return [record for page in _pages(plan) for record in page.records]


def _problems(plan: ImportPlan) -> list[RowProblem]:
    return [problem_from_json(rejected.raw.decode()) for page in _pages(plan) for rejected in page.rejected]


@pytest.mark.parametrize(
    "poison",
    [
        '{"email": 5, "plan": "p"}',
        '{"email": ["a@x.yz"',
        "\0\0",
        '"a@x.yz"',
        '{"email": "a@x.yz", "plan": "%s"}' % ("x" * 10**7),
    ],
    ids=["number", "cut", "nul", "no object", "10 MB"],
)
def test_one_poisonous_row_of_five_hundred_leaves_the_others(tmp_path: Path, poison: str) -> None:
    """P33."""
    lines = [json.dumps({"email": f"a{n}@x.yz", "plan": "p"}) for n in range(499)]
    lines.insert(250, poison)
    plan = _plan(tmp_path, "\n".join(lines), name="x.jsonl")
    assert len(_records(plan)) == 499
    assert [problem.row for problem in _problems(plan)] == [251]


@pytest.mark.parametrize("poison", ['"a@x.yz', 'a@x.yz,"p"x', "a@@x.yz,p", "a@x.yz," + "x" * 10**7, "a@x.yz,p,p"])
def test_one_poisonous_line_of_five_hundred_leaves_the_others(tmp_path: Path, poison: str) -> None:
    """P33, except that a quotation mark that is never closed takes the lines up to the next one with it."""
    lines = ["email,plan", *(f"a{n}@x.yz,p" for n in range(499)), poison]
    plan = _plan(tmp_path, "\n".join(lines))
    assert len(_records(plan)) == 499
    assert [problem.row for problem in _problems(plan)] == [501]


@pytest.mark.parametrize("kind", list(ValueKind))
@pytest.mark.parametrize("piece", ["1 ", "a.", "1,", "  ", "1.1.2026 ", "-", "'", "(", "http://a.b/", "é"])
def test_a_cell_as_long_as_a_book_is_read_or_left_out_without_ado(tmp_path: Path, kind: ValueKind, piece: str) -> None:
    """A pattern that takes the square of the length would run into the time limit of tests here."""
    plan = _plan(
        tmp_path,
        "email,one,two\n" + "".join(f"a{n}@x.yz,x{n},y\n" for n in range(5)) + f'z@x.yz,,"{piece * 200_000}."\n',
    )
    chosen = with_column(plan, "two", kind=kind, day_first=True, decimal_comma=True)
    as_domain = with_column(chosen, "two", target="company.domain")
    for tried in (chosen, as_domain):
        assert _pages(tried)[-1].done == 6


_ODD = st.sampled_from(
    [
        "a@x.yz",
        "A@x.yz",
        "31.12.2026",
        "99.99.9999",
        "1e99",
        "-0",
        "∞",
        "٣",
        "€ 1,5",
        "true",
        "=1",
        "'",
        "x" * 600,
        "0001-01-01",
        "9999-12-31T23:59:59-14:00",
        "1790000000",
        "http://[",
        "www.a.example",
        "a,b",
        "\u202e",
        "\ufeff",
        "12:00",
        "1.1.1",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(
    rows=st.lists(st.lists(_ODD | st.text(max_size=5), min_size=3, max_size=3), min_size=1, max_size=8),
    kinds=st.tuples(st.sampled_from(ValueKind), st.sampled_from(ValueKind)),
    kind=st.sampled_from(list(ImportKind)[1:]),
    in_lines=st.booleans(),
)
def test_whatever_cells_hold_every_row_is_taken_in_or_left_out(
    tmp_path: Path, rows: list[list[str]], kinds: tuple[ValueKind, ValueKind], kind: ImportKind, in_lines: bool
) -> None:
    path = tmp_path / ("x.jsonl" if in_lines else "x.csv")
    names = ["email", "one", "two"]
    rows = [["ok@x.yz", "fine", "well"], *rows]
    with path.open("w", encoding="utf-8", newline="") as stream:
        if in_lines:
            stream.writelines(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in rows)
        else:
            csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([names, *rows])
    plan = preview({"path": str(path), "kind": kind.value})
    targets = {
        ImportKind.CUSTOMERS: ["email", "one", "two"],
        ImportKind.COMPANIES: ["name", "domain", "two"],
        ImportKind.EVENTS: ["email", "event.name", "event.at"],
    }[kind]
    for name, target, chosen in zip(names, targets, (ValueKind.STRING, *kinds), strict=True):
        plan = with_column(plan, name, target=target, kind=chosen, day_first=True, decimal_comma=False)
    if plan.table is None or plan.table.header_row != (0 if in_lines else 1):
        return
    found = _pages(plan)
    assert found[-1].done == found[-1].total == plan.table.rows
    assert sum(len(page.records) + len(page.rejected) for page in found) <= plan.table.rows
