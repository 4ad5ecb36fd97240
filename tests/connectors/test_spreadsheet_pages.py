"""Rows to records: what is taken in, what is left out and why, and the same again on the next import."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.connectors.spreadsheet_pages import ROWS_A_PAGE, pages, preview
from console.connectors.table_rows import TableError
from console.domain.import_mapping import with_column, with_mapping
from console.domain.importing import (
    ImportKind,
    ImportPlan,
    RowProblem,
    plan_to_json,
    problem_from_json,
)
from console.domain.records import CompanyRecord, CustomerRecord, EventRecord, Page
from console.domain.safe_cells import safe_cell, safe_writer
from console.domain.values import Money, Value, ValueKind


def _plan(folder: Path, content: str, kind: str = "customers", name: str = "x.csv") -> ImportPlan:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return preview({"path": str(path), "kind": kind})


def _pages(plan: ImportPlan) -> list[Page]:
    return list(pages({"plan": plan_to_json(plan)}))


def _records(plan: ImportPlan) -> list:
    return [record for page in _pages(plan) for record in page.records]


def _problems(plan: ImportPlan) -> list[RowProblem]:
    return [problem_from_json(rejected.raw.decode()) for page in _pages(plan) for rejected in page.rejected]


def _plain(record: CustomerRecord | CompanyRecord) -> dict[str, object]:
    return {name: value.content for name, value in record.properties.items()}


def test_a_row_becomes_a_customer_with_typed_properties(tmp_path: Path) -> None:
    header = "E-mail\tFull name\tCompany\tSeats\tRenewal\tMRR\tNewsletter\n"
    rows = "Ariana@Northpeak.IO\tAriana\tNorthpeak\t14\t17.12.2026\t€ 4,250.00\tyes\nb@x.yz\tB\tC\t1\t\t€ 1.00\tno\n"
    first, second = _records(_plan(tmp_path, header + rows))
    assert (first.external_id, first.emails) == ("email:ariana@northpeak.io", ("ariana@northpeak.io",))
    assert _plain(first) == {
        "name": "Ariana",
        "company.name": "Northpeak",
        "company.seats": Decimal(14),
        "renewal": date(2026, 12, 17),
        "mrr": Money(Decimal("4250.00"), "EUR"),
        "newsletter": True,
    }
    assert "renewal" not in second.properties, "an empty cell says nothing"


def test_a_row_with_one_wrong_cell_is_left_out_whole_and_says_why(tmp_path: Path) -> None:
    good = "".join(f"a{n}@x.yz,{n}\n" for n in range(20))
    plan = _plan(tmp_path, "E-mail,Purchases\n" + good + "lena@@orbit.io,3\nb@x.yz,n/a\n,4\nc@x.yz,5\n")
    assert len(_records(plan)) == 21
    assert [(p.row, p.column, p.text) for p in _problems(plan)] == [
        (22, "E-mail", "lena@@orbit.io"),
        (23, "Purchases", "n/a"),
        (24, "E-mail", ""),
    ]
    reasons = [problem.reason for problem in _problems(plan)]
    assert reasons[0] == "“lena@@orbit.io” is not an e-mail address"
    assert reasons[1] == "“n/a” is not a number; write it like 1200 or 12.5"
    assert reasons[2] == "No e-mail: nothing to match by"
    assert _problems(plan)[1].cells == (("E-mail", "b@x.yz"), ("Purchases", "n/a"))
    assert _problems(plan)[1].file == "x.csv"


@pytest.mark.parametrize("text", ["1.5", "1.2.3,4", "12.34", "1,5,0", "12 34"])
def test_a_separator_in_an_odd_place_is_never_skipped(tmp_path: Path, text: str) -> None:
    """Under a decimal comma, ``1.5`` read as 15 would be a silent error of factor ten."""
    rows = "".join(f"a{n}@x.yz\t{n},25\n" for n in range(20))
    plan = _plan(tmp_path, f"email\tsum\n{rows}z@x.yz\t{text}\n")
    assert [problem.text for problem in _problems(plan)] == [text]


def test_a_month_that_cannot_be_is_left_out(tmp_path: Path) -> None:
    rows = "".join(f"a{n}@x.yz,{n + 1}/04/2026\n" for n in range(28))
    plan = _plan(tmp_path, f"email,day\n{rows}z@x.yz,04/17/2026\n")
    assert [problem.text for problem in _problems(plan)] == ["04/17/2026"]


def test_rows_of_one_customer_become_one_record_and_the_later_cell_wins(tmp_path: Path) -> None:
    content = "email,name,plan,city\na@x.yz,Ann,free,Bonn\nb@x.yz,Bob,free,\nA@X.YZ,,pro,\nA@x.yz.,Anna,,\n"
    records = {record.external_id: _plain(record) for record in _records(_plan(tmp_path, content))}
    assert records == {
        "email:a@x.yz": {"name": "Anna", "plan": "pro", "city": "Bonn"},
        "email:b@x.yz": {"name": "Bob", "plan": "free"},
    }


def test_a_wrong_later_row_takes_nothing_from_the_earlier(tmp_path: Path) -> None:
    good = "".join(f"a{n}@x.yz,{n},p\n" for n in range(20))
    plan = _plan(tmp_path, f"email,seats,plan\n{good}a3@x.yz,many,q\n")
    records = {record.external_id: _plain(record) for record in _records(plan)}
    assert len(records) == 20
    assert records["email:a3@x.yz"]["plan"] == "p"
    assert len(_problems(plan)) == 1


def test_first_and_last_name_make_the_name_where_there_is_none(tmp_path: Path) -> None:
    content = "email,First name,Last name\na@x.yz,Ann,Lee\nb@x.yz,,Day\n"
    ann, day = _records(_plan(tmp_path, content))
    assert _plain(ann) == {"first_name": "Ann", "last_name": "Lee", "name": "Ann Lee"}
    assert _plain(day) == {"last_name": "Day", "name": "Day"}


def test_an_external_id_is_the_key_and_a_row_without_one_falls_back_to_the_address(tmp_path: Path) -> None:
    records = _records(_plan(tmp_path, "External ID,email\n007,a@x.yz\n8,\n,c@x.yz\n"))
    assert [(record.external_id, record.emails) for record in records] == [
        ("007", ("a@x.yz",)),
        ("8", ()),
        ("email:c@x.yz", ("c@x.yz",)),
    ]


def test_companies_are_keyed_by_id_else_domain_else_name(tmp_path: Path) -> None:
    content = "Company,Website,External ID,Seats\nAcme,https://www.Acme.example/about?x=1,c1,5\nBeta,beta.example,,6\n"
    content += "Gamma  Ltd,,,7\ngamma ltd,,,8\n,,,9\n"
    plan = _plan(tmp_path, content, "companies")
    records = _records(plan)
    assert [(record.external_id, record.name, record.domains) for record in records] == [
        ("c1", "Acme", ("acme.example",)),
        ("domain:beta.example", "Beta", ("beta.example",)),
        ("name:gamma ltd", "gamma ltd", ()),
    ]
    assert _plain(records[2]) == {"seats": Decimal(8)}
    assert [problem.reason for problem in _problems(plan)] == [
        "No name and no domain and no external ID: nothing to match by"
    ]


def test_events_have_a_time_metadata_and_a_key_that_stays(tmp_path: Path) -> None:
    lines = (
        '{"event": "paid", "timestamp": "2026-03-04T05:06:07+02:00", "email": "A@x.yz", "meta": {"sum": 12.5, "ok": true}}\n'
        '{"event": "paid", "timestamp": "2026-03-04T05:06:08+02:00", "email": "a@x.yz"}\n'
        '{"event": "", "timestamp": "2026-03-04T05:06:08Z", "email": "a@x.yz"}\n'
        '{"event": "paid", "timestamp": "soon", "email": "a@x.yz"}\n'
    )
    plan = _plan(tmp_path, lines, "events", "x.jsonl")
    first, second = _records(plan)
    assert first == EventRecord(
        first.external_id,
        "paid",
        datetime(2026, 3, 4, 3, 6, 7, tzinfo=UTC),
        email="a@x.yz",
        metadata={
            "sum": Value(ValueKind.NUMBER, Decimal("12.5")),
            "ok": Value(ValueKind.BOOLEAN, True),
        },
    )
    assert first.external_id != second.external_id
    assert [record.external_id for record in _records(plan)] == [first.external_id, second.external_id]
    assert [problem.row for problem in _problems(plan)] == [3, 4]


def test_rows_that_csv_itself_breaks_are_left_out_with_their_numbers(tmp_path: Path) -> None:
    plan = _plan(tmp_path, 'email,name\na@x.yz,A,B,C\n"b@x.yz"x,B\nc@x.yz\nd@x.yz,D,,\n')
    assert [record.external_id for record in _records(plan)] == ["email:c@x.yz", "email:d@x.yz"]
    assert [(problem.row, problem.reason) for problem in _problems(plan)] == [
        (2, "The row has 4 cells; the header has 2"),
        (3, "The row has text after a closing quotation mark; quotation marks inside a cell are written twice"),
    ]


def test_pages_count_every_row_and_only_the_last_says_so(tmp_path: Path) -> None:
    count = ROWS_A_PAGE * 2 + 7
    plan = _plan(tmp_path, "email\n" + "".join(f"a{n}@x.yz\n" for n in range(count)) + "nobody\n")
    found = _pages(plan)
    assert [page.done for page in found] == [ROWS_A_PAGE, ROWS_A_PAGE * 2, count + 1]
    assert {page.total for page in found} == {count + 1}
    assert [page.is_last for page in found] == [False, False, True]
    assert all(len(page.records) + len(page.rejected) <= ROWS_A_PAGE for page in found)
    assert sum(len(page.records) for page in found) == count
    assert {page.stream for page in found} == {"customers"}


def test_a_workbook_is_read_by_its_native_types(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Customers"])
    sheet.merge_cells("A1:D1")
    sheet.append(["E-mail", "External ID", "Since", "Paid (EUR)"])
    sheet.append(["a@x.yz", 48, date(2026, 3, 4), 1.234])
    sheet.append(["b@x.yz", 49, "soon", 2])
    sheet.append(["c@x.yz", 50, date(2026, 3, 5), None])
    for number in range(20):
        sheet.append([f"d{number}@x.yz", 100 + number, date(2026, 4, 5), number])
    path = tmp_path / "x.xlsx"
    workbook.save(path)
    plan = preview({"path": str(path), "kind": "customers"})
    records = _records(plan)
    assert (records[0].external_id, _plain(records[0])) == (
        "48",
        {"since": date(2026, 3, 4), "paid_eur": Money(Decimal("1.234"), "EUR")},
    )
    assert [(problem.row, problem.text) for problem in _problems(plan)] == [(4, "soon")]


def test_several_files_with_the_same_columns_are_one_import(tmp_path: Path) -> None:
    plan = _plan(tmp_path, "email,plan\na@x.yz,free\nb@x.yz,free\n")
    (tmp_path / "y.csv").write_bytes("Kunden\n\nplan;email\npro;a@x.yz\nmüde;c@x.yz\n".encode("cp1252"))
    both = replace(plan, paths=(*plan.paths, str(tmp_path / "y.csv")))
    records = {record.external_id: _plain(record) for record in _records(both)}
    assert records == {
        "email:a@x.yz": {"plan": "pro"},
        "email:b@x.yz": {"plan": "free"},
        "email:c@x.yz": {"plan": "müde"},
    }


def test_a_file_without_the_planned_columns_is_refused(tmp_path: Path) -> None:
    plan = _plan(tmp_path, "email,plan\na@x.yz,free\n")
    Path(plan.paths[0]).write_text("email,tier\na@x.yz,free\n", encoding="utf-8")
    with pytest.raises(TableError, match="has no column “plan”"):
        _pages(plan)


def test_a_plan_that_may_not_start_is_refused(tmp_path: Path) -> None:
    plan = with_column(_plan(tmp_path, "email,plan\na@x.yz,free\n"), "email", target="")
    with pytest.raises(TableError, match="No match key"):
        _pages(plan)


def test_columns_mapped_by_hand_are_read_as_said(tmp_path: Path) -> None:
    plan = _plan(tmp_path, "email,Seats,Due,Skip\na@x.yz,1.000,03/04/2026,x\n")
    mapped = with_mapping(plan, {"Seats": "size:number-decimal-comma", "Due": "due:date-month-first", "Skip": ""})
    assert [_plain(record) for record in _records(mapped)] == [{"size": Decimal(1000), "due": date(2026, 3, 4)}]


def test_exported_cells_come_back_without_their_apostrophe(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    texts = ["=1+1", "@home", "+a", "-b", "'=x", "plain"]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = safe_writer(stream)
        writer.writerow(["email", "motto"])
        writer.writerows([f"a{number}@x.yz", safe_cell(text)] for number, text in enumerate(texts))
    records = _records(preview({"path": str(path), "kind": "customers"}))
    assert [_plain(record)["motto"] for record in records] == texts


_CELLS = st.text(alphabet="abcé漢=+-@'\" ,;\n1.", max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.dictionaries(st.integers(0, 40), _CELLS, min_size=1, max_size=20))
def test_texts_written_to_csv_are_the_texts_taken_in(tmp_path: Path, text_by_number: dict[int, str]) -> None:
    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(["email", "motto"])
        writer.writerows([f"a{number}@x.yz", safe_cell(text)] for number, text in text_by_number.items())
    plan = preview({"path": str(path), "kind": "customers"})
    as_text = with_column(plan, "motto", target="motto", kind=ValueKind.STRING)
    found = {record.external_id: _plain(record).get("motto", "") for record in _records(as_text)}
    assert found == {f"email:a{number}@x.yz": text.strip() for number, text in text_by_number.items()}


@pytest.mark.parametrize("kind", list(ImportKind)[1:])
def test_reading_twice_gives_the_same_pages(tmp_path: Path, kind: ImportKind) -> None:
    content = "email,event,time,name,n\n" + "".join(
        f"a{n % 7}@x.yz,paid,2026-03-0{n % 9 + 1},Name {n % 5},{n}\n" for n in range(40)
    )
    plan = _plan(tmp_path, content, kind.value)
    assert _pages(plan) == _pages(plan)
    assert _records(plan)
