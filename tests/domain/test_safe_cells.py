"""P51: exported cells never run as formulas and come back unchanged."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.safe_cells import restored_cell, safe_cell, safe_row, safe_writer

_NASTY = [
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "'=1",
    "''=1",
    "=",
]
_FORMULA_STARTS = st.text(alphabet="'=+-@\t\r\n＝ab1", max_size=6)


@pytest.mark.parametrize("text", _NASTY)
def test_a_cell_that_begins_like_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert restored_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["", "a=1", "O'Brien", "'quoted'", "-5", "-12.50", "12", "33+4"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text
    assert restored_cell(text) == text


@given(st.text(max_size=20) | _FORMULA_STARTS)
def test_every_text_comes_back(text: str) -> None:
    assert restored_cell(safe_cell(text)) == text


@given(st.text(max_size=20) | _FORMULA_STARTS)
def test_no_safe_cell_is_live(text: str) -> None:
    safe = safe_cell(text)
    is_number = safe[1:].replace(".", "").isdigit()
    assert not safe.startswith(("=", "+", "@", "\t", "\r", "\n", "＝"))
    assert is_number or not safe.startswith("-")


def test_a_spreadsheet_reads_the_cells_as_text(tmp_path: Path) -> None:
    """openpyxl, like a spreadsheet program, makes a formula of any text that begins with ``=``."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    texts = [text for text in _NASTY if "\r" not in text]
    sheet.append(texts)
    assert "f" in {cell.data_type for cell in sheet[1]}, "the danger is real"
    sheet.append(safe_row(texts))
    workbook.save(tmp_path / "out.xlsx")

    read = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert read is not None
    assert {cell.data_type for cell in read[2]} == {"s"}
    assert [restored_cell(str(cell.value)) for cell in read[2]] == texts


@given(st.lists(st.text(max_size=12) | _FORMULA_STARTS, min_size=1, max_size=5))
def test_a_written_row_comes_back_through_csv(texts: list[str]) -> None:
    stream = io.StringIO(newline="")
    safe_writer(stream).writerow(safe_row(texts))
    stream.seek(0)
    assert [restored_cell(cell) for cell in next(csv.reader(stream, strict=True))] == texts


def test_a_cell_cannot_open_another_one_for_programs_that_part_by_semicolon() -> None:
    stream = io.StringIO(newline="")
    safe_writer(stream).writerow(safe_row(["a;=1+1", "b"]))
    assert next(csv.reader(io.StringIO(stream.getvalue()), delimiter=";"))[0].startswith("a;=1+1")
