"""Guesses against labelled columns: header row, target, type and proof."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.connectors.table_guess import guess
from console.connectors.table_rows import TableError
from console.domain.import_mapping import with_column
from console.domain.importing import (
    COMMA_OR_POINT,
    DAY_OR_MONTH,
    ColumnPlan,
    ImportKind,
    ImportPlan,
    can_import,
)
from console.domain.values import ValueKind

_MAIL = [f"a{number}@x.yz" for number in range(50)]


def _guess(folder: Path, content: str, kind: str | None = None, name: str = "x.csv") -> ImportPlan:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return guess(str(path), kind)


def _columns(plan: ImportPlan) -> tuple[ColumnPlan, ...]:
    assert plan.table is not None
    return plan.table.columns


def _column(folder: Path, header: str, cells: list[str]) -> ColumnPlan:
    """The guess for one column beside an e-mail column; row 2 is the first cell's."""
    lines = ["E-mail\t" + header, *(f"{mail}\t{cell}" for mail, cell in zip(_MAIL, cells, strict=False))]
    return _columns(_guess(folder, "\n".join(lines)))[1]


_LABELLED: list[tuple[str, list[str], ValueKind, str]] = [
    ("Renewal", ["03.04.2026", "05.06.2026"], ValueKind.DATE, "day first, written with dots"),
    ("Renewal", ["03/04/2026", "17/01/2027"], ValueKind.DATE, "day first, row 3 proves it"),
    ("Renewal", ["03/04/2026", "01/17/2027"], ValueKind.DATE, "month first, row 3 proves it"),
    ("Renewal", ["03/04/26", "05/06/26"], ValueKind.STRING, DAY_OR_MONTH),
    ("Renewal", ["17/01/2027", "01/17/2027"], ValueKind.STRING, "ambiguous: row 2 is day first, row 3 month first"),
    ("Renewal", ["2026-12-31", "2026-01-02"], ValueKind.DATE, ""),
    ("Renewal", ["3 Mar 2026", "14 December 2026"], ValueKind.DATE, ""),
    ("Renewal", ["3. März 2026", "14. Dezember 2026"], ValueKind.DATE, ""),
    ("Renewal", ["2026-12-31 00:00:00", "2026-01-02 00:00:00"], ValueKind.DATE, ""),
    ("Seen", ["2026-12-31 14:30", "2026-01-02T05:06:07Z"], ValueKind.DATETIME, ""),
    ("Seen", ["12/31/2026 2:30 PM", "1/2/2026 5:06 AM"], ValueKind.DATETIME, "month first, row 2 proves it"),
    ("Seats", ["14", "6", "220"], ValueKind.NUMBER, ""),
    ("Sum", ["1.234,50", "12"], ValueKind.NUMBER, "decimal comma, row 2 proves it"),
    ("Sum", ["12", "1,234.50"], ValueKind.NUMBER, "decimal point, row 3 proves it"),
    ("Sum", ["1.000", "2.500"], ValueKind.STRING, COMMA_OR_POINT),
    ("Sum", ["1,000", "2,500"], ValueKind.STRING, COMMA_OR_POINT),
    ("Sum", ["0.125", "1.250"], ValueKind.NUMBER, "decimal point, row 2 proves it"),
    ("Sum", ["1.234.567", "1"], ValueKind.NUMBER, "decimal comma, row 2 proves it"),
    ("Sum", ["1,5", "2.5"], ValueKind.STRING, "ambiguous: row 2 has a decimal comma, row 3 a decimal point"),
    ("Sum", ["1 234,5", "-12,25"], ValueKind.NUMBER, "decimal comma, row 2 proves it"),
    ("MRR", ["€ 4,250.00", "€ 380.00"], ValueKind.MONEY, "decimal point, row 2 proves it"),
    ("MRR", ["380 USD", "12 USD"], ValueKind.MONEY, "USD in the cells"),
    ("MRR (EUR)", ["380", "12"], ValueKind.MONEY, "EUR in the header"),
    ("MRR", ["€ 1.000", "€ 2.000"], ValueKind.STRING, COMMA_OR_POINT),
    ("Newsletter", ["yes", "no", "yes"], ValueKind.BOOLEAN, "2 values only: yes/no"),
    ("Newsletter", ["Ja", "Nein", "Ja"], ValueKind.BOOLEAN, "2 values only: Ja/Nein"),
    ("Stars", ["0", "1", "1"], ValueKind.NUMBER, ""),
    ("Is active", ["0", "1", "1"], ValueKind.BOOLEAN, "2 values only: 0/1"),
    ("Postcode", ["10115", "69001"], ValueKind.STRING, ""),
    ("Branch", ["007", "12"], ValueKind.STRING, "row 2 has a leading zero or too many digits: kept as text"),
    ("Card", ["4111111111111111", "1"], ValueKind.STRING, "row 2 has a leading zero or too many digits: kept as text"),
    ("Order ID", ["1234", "1235"], ValueKind.STRING, ""),
    ("Phone", ["0472 00 00 18", "0472 00 00 19"], ValueKind.PHONE, ""),
    ("Line 2", ["+33 4 72 00 00 18", "+49 30 123456"], ValueKind.PHONE, ""),
    ("Site", ["https://a.example/x", "http://b.example"], ValueKind.LINK, ""),
    ("Second address", ["b@x.yz", "c@x.yz"], ValueKind.EMAIL, ""),
    ("Version", ["1.2.3", "1.10.0"], ValueKind.STRING, ""),
    ("Share", ["12%", "30%"], ValueKind.STRING, ""),
    ("Tags", ["a, b", "c"], ValueKind.CHOICES, ""),
    ("Plan", ["pro", "free"], ValueKind.STRING, ""),
    ("Empty", ["", ""], ValueKind.STRING, ""),
]


@pytest.mark.parametrize(("header", "cells", "kind", "proof"), _LABELLED, ids=lambda label: str(label)[:24])
def test_a_type_is_guessed_with_its_proof(
    tmp_path: Path, header: str, cells: list[str], kind: ValueKind, proof: str
) -> None:
    column = _column(tmp_path, header, cells)
    assert (column.kind, column.proof) == (kind, proof)


def test_one_wrong_cell_in_many_does_not_change_the_type(tmp_path: Path) -> None:
    cells = [str(number) for number in range(30)]
    assert _column(tmp_path, "Purchases", [*cells[:20], "n/a", *cells[20:]]).kind is ValueKind.NUMBER
    assert _column(tmp_path, "Purchases", ["1", "n/a", "2", "n/a"]).kind is ValueKind.STRING


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    st.lists(st.dates(min_value=date(1900, 1, 1)), min_size=1, max_size=40), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"])
)
def test_an_order_of_day_and_month_is_only_said_where_a_row_proves_it(
    tmp_path: Path, days: list[date], pattern: str
) -> None:
    texts = [day.strftime(pattern) for day in days]
    column = _column(tmp_path, "Day", texts)
    if any(day.day > 12 for day in days):
        assert column.kind is ValueKind.DATE
        assert column.day_first == pattern.startswith("%d")
    else:
        assert (column.kind, column.proof) == (ValueKind.STRING, DAY_OR_MONTH)


_HEADERS: list[tuple[str, str]] = [
    ("E-mail,Full name,Company", "email name company.name"),
    ("Courriel,Nom,Prénom,Société", "email last_name first_name company.name"),
    ("Correo electrónico,Nombre,Apellidos,Empresa", "email first_name last_name company.name"),
    ("E-Mail-Adresse,Vorname,Nachname,Firma", "email first_name last_name company.name"),
    ("Email,Nome,Cognome,Azienda", "email first_name last_name company.name"),
    ("Почта,Имя,Компания", "email name company.name"),
    ("邮箱,姓名,公司", "email name company.name"),
    ("Mail,First Name,Surname", "email first_name last_name"),
    ("Email,Name,Customer ID,Domain", "email name customer_id company.domain"),
    ("Email,Name,External ID", "email name external_id"),
    ("Email,Company name,Company size,Seats", "email company.name company.size company.seats"),
    ("Email,Internal ID,Plan", "email  plan"),
    ("Email,Email 2,Name,name", "email email_2 name name_2"),
    ("Work email,company.Team Size", "email company.team_size"),
]


@pytest.mark.parametrize(("headers", "targets"), _HEADERS, ids=lambda label: label[:24])
def test_targets_are_guessed_in_several_languages(tmp_path: Path, headers: str, targets: str) -> None:
    names = headers.split(",")
    rows = [",".join([f"a{row}@x.yz", *(f"t{row}-{i}" for i in range(len(names) - 1))]) for row in range(5)]
    plan = _guess(tmp_path, "\n".join([headers, *rows]))
    assert plan.kind is ImportKind.CUSTOMERS
    assert [column.target for column in _columns(plan)] == targets.split(" ")


def test_an_id_that_repeats_is_no_key(tmp_path: Path) -> None:
    plan = _guess(tmp_path, "id,name\n1,A\n1,B\n")
    assert [column.target for column in _columns(plan)] == ["id", "name"]


def test_a_plain_id_is_no_key_beside_an_address_because_every_file_has_a_one(tmp_path: Path) -> None:
    """All spreadsheets are one source: an ID taken for a key would make one customer of two files' number 1."""
    plan = _guess(tmp_path, "email,id,name\na@x.yz,1,A\nb@x.yz,2,B\n")
    assert [column.target for column in _columns(plan)] == ["email", "id", "name"]


def test_an_id_is_the_key_where_no_address_is(tmp_path: Path) -> None:
    plan = _guess(tmp_path, "Customer ID,Name,City\n1,A,X\n2,B,Y\n")
    assert [column.target for column in _columns(plan)] == ["external_id", "name", "city"]


def test_an_event_keeps_an_id_of_its_own_only_where_it_is_worldwide(tmp_path: Path) -> None:
    row = "paid,2026-03-04,a@x.yz"
    plan = _guess(tmp_path, f"id,event,time,email\n1,{row}\n2,{row}\n", "events")
    assert _columns(plan)[0].target == "meta.id"
    long = _guess(tmp_path, f"id,event,time,email\n{'a' * 32},{row}\n{'b' * 32},{row}\n", "events")
    assert _columns(long)[0].target == "external_id"


def test_the_column_with_addresses_is_the_key_whatever_it_is_called(tmp_path: Path) -> None:
    plan = _guess(tmp_path, "who,what\na@x.yz,A\nb@x.yz,B\n")
    assert [column.target for column in _columns(plan)] == ["email", "what"]


@pytest.mark.parametrize(
    ("content", "header_row", "rows"),
    [
        ("email,name,plan\na@x.yz,A,p\n", 1, 1),
        ("Customers of November,,\n\nemail,name,plan\na@x.yz,A,p\nb@x.yz,B,p\n", 3, 2),
        ("a@x.yz,A,12\nb@x.yz,B,13\n", 0, 2),
        ("email\na@x.yz\n\nb@x.yz\n", 1, 2),
        ("sep=;\nemail;name\na@x.yz;A\n", 1, 1),
    ],
)
def test_the_header_row_is_found(tmp_path: Path, content: str, header_row: int, rows: int) -> None:
    table = _guess(tmp_path, content).table
    assert table is not None
    assert (table.header_row, table.rows) == (header_row, rows)


def test_a_table_of_companies_is_seen(tmp_path: Path) -> None:
    plan = _guess(tmp_path, "Company,Website,Company size\nAcme,https://www.acme.example/x,5\nBeta,beta.example,6\n")
    assert plan.kind is ImportKind.COMPANIES
    assert [column.target for column in _columns(plan)] == ["name", "domain", "size"]


def test_events_in_json_lines_are_seen(tmp_path: Path) -> None:
    line = '{"event": "paid", "timestamp": %d, "user": {"email": "a@x.yz"}, "meta": {"plan": "pro"}}\n'
    plan = _guess(tmp_path, "".join(line % (1_790_000_000 + n) for n in range(3)), name="x.jsonl")
    assert plan.kind is ImportKind.EVENTS
    assert [column.target for column in _columns(plan)] == ["event.name", "event.at", "email", "meta.plan"]
    assert can_import(plan) is None


def test_an_event_whose_time_is_ambiguous_asks_first(tmp_path: Path) -> None:
    plan = _guess(tmp_path, "email,event,date\na@x.yz,paid,03/04/2026\n", "events")
    assert can_import(plan) == "“date” is ambiguous: choose day first or month first"
    assert can_import(with_column(plan, "date", day_first=False)) is None


def test_numbers_typed_as_text_in_a_workbook_prove_their_sign_themselves(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["email", "half", "few", "open", "mixed"])
    for number in range(30):
        few = "0,5" if number == 7 else 1.25
        still_open = "1,234" if number == 7 else 1.25
        sheet.append(
            [
                _MAIL[number],
                number + 0.5 if number % 2 else f"{number},5",
                few,
                still_open,
                number % 2 or date(2026, 3, 4),
            ]
        )
    path = tmp_path / "x.xlsx"
    workbook.save(path)
    found = [(column.kind, column.decimal_comma, column.proof) for column in _columns(guess(str(path)))[1:]]
    assert found == [
        (ValueKind.NUMBER, True, "decimal comma, row 2 proves it"),
        (ValueKind.NUMBER, True, "decimal comma, row 9 proves it"),
        (ValueKind.STRING, False, COMMA_OR_POINT),
        (ValueKind.STRING, False, ""),
    ]


def test_samples_come_from_the_whole_file(tmp_path: Path) -> None:
    lines = ["email,day", *(f"a{n}@x.yz,03/04/2026" for n in range(5000))]
    lines[1:1] = []
    lines += [f"b{n}@x.yz,17/04/2026" for n in range(2000)]
    column = _columns(_guess(tmp_path, "\n".join(lines)))[1]
    assert column.kind is ValueKind.DATE
    assert column.proof.startswith("day first, row ")


def test_a_given_kind_is_kept_and_the_rest_is_told(tmp_path: Path) -> None:
    plan = _guess(tmp_path, "email,name\na@x.yz,A\n", "companies")
    assert plan.kind is ImportKind.COMPANIES
    assert plan.origin_name == "x.csv"


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    assert can_import(_guess(tmp_path, "email,name\n")) == "The table has no rows under its header"


def test_every_guess_may_be_asked_of_any_bytes(tmp_path: Path) -> None:
    """Whatever a file holds, a guess is a plan or a sentence."""

    @settings(max_examples=150, deadline=None)
    @given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
    def ask(content: bytes) -> None:
        path = tmp_path / "any.csv"
        path.write_bytes(content)
        with suppress(TableError):
            assert guess(str(path)).table is not None

    ask()
