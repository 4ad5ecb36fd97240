"""Tables laid out as a teammate chose, and columns that become tags."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.connectors.spreadsheet_pages import pages, preview
from console.connectors.table_guess import guess
from console.connectors.table_rows import TableError
from console.domain.importing import (
    ColumnPlan,
    ImportPlan,
    LayoutChoice,
    RowProblem,
    plan_from_json,
    plan_to_json,
    problem_from_json,
)
from console.domain.records import CompanyRecord, CustomerRecord
from console.domain.values import ValueKind


def _columns(plan: ImportPlan) -> tuple[ColumnPlan, ...]:
    assert plan.table is not None
    return plan.table.columns


def _plan(folder: Path, content: str, kind: str = "customers") -> ImportPlan:
    path = folder / "x.csv"
    path.write_text(content, encoding="utf-8")
    return preview({"path": str(path), "kind": kind})


def _records(plan: ImportPlan) -> list[CustomerRecord | CompanyRecord]:
    records = [record for page in pages({"plan": plan_to_json(plan)}) for record in page.records]
    return [record for record in records if isinstance(record, (CustomerRecord, CompanyRecord))]


def _problems(plan: ImportPlan) -> list[RowProblem]:
    found = [rejected for page in pages({"plan": plan_to_json(plan)}) for rejected in page.rejected]
    return [problem_from_json(rejected.raw.decode()) for rejected in found]


def test_what_the_teammate_chooses_goes_before_every_guess(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("Export of May;;\nE-mail;Sum;Név\na@x.yz;1.000;Ő\n".encode("cp1250"))
    choice = LayoutChoice(header_row=2, delimiter=";", encoding="cp1250", decimal_comma=True)

    plan = guess(str(path), None, choice)

    assert [column.column for column in _columns(plan)] == ["E-mail", "Sum", "Név"]
    assert (_columns(plan)[1].kind, _columns(plan)[1].decimal_comma) == (ValueKind.NUMBER, True)
    assert _columns(plan)[2].samples == ("Ő",)
    assert plan_from_json(plan_to_json(plan, has_samples=True)) == plan


def test_a_choice_that_no_file_can_be_read_by_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("E-mail,Sum\na@x.yz,1\n", encoding="utf-8")
    for choice, words in (
        (LayoutChoice(header_row=7), "no row 7"),
        (LayoutChoice(delimiter=";;"), "cannot part cells"),
        (LayoutChoice(encoding="klingon"), "is no encoding"),
        (LayoutChoice(encoding="rot13"), "is no encoding"),
    ):
        with pytest.raises(TableError, match=words):
            guess(str(path), None, choice)


def test_a_table_without_a_header_has_columns_by_letter(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Ada,Berg\nBo,Ito\n", encoding="utf-8")

    plan = guess(str(path), None, LayoutChoice(header_row=0))

    assert [column.column for column in _columns(plan)] == ["Column A", "Column B"]
    assert plan.table is not None
    assert plan.table.rows == 2


@pytest.mark.parametrize(("kind", "key"), [("customers", "E-mail"), ("companies", "Company")])
def test_a_column_called_tags_becomes_tags_parted_by_commas_or_semicolons(tmp_path: Path, kind: str, key: str) -> None:
    table = f'{key}\tTags\na@x.yz\t"VIP, early  bird;VIP"\nb@x.yz\t\na@x.yz\tbeta\n'
    plan = _plan(tmp_path, table, kind)
    assert plan.table is not None
    assert [column.target for column in plan.table.columns][1] == "tags"

    tags = {record.external_id.rpartition(":")[2]: record.tags for record in _records(plan)}

    assert tags == {"a@x.yz": ("VIP", "early bird", "beta"), "b@x.yz": ()}
    assert all("tags" not in record.properties for record in _records(plan))


def test_a_tag_that_is_too_long_leaves_its_row_out(tmp_path: Path) -> None:
    (problem,) = _problems(_plan(tmp_path, f"E-mail\tTag\na@x.yz\t{'x' * 81}\n"))
    assert problem.column == "Tag"
    assert "81 characters; 80 fit" in problem.reason
