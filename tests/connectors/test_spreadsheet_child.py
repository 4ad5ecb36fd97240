"""P52: tables are guessed and read in the bounded child, and a bomb ends as a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from console.connectors.bounded import pages_in_child, result_in_child
from console.connectors.errors import SourceError
from console.domain.importing import ImportPlan, plan_to_json

_SECONDS = 60.0


def _preview(path: Path) -> ImportPlan:
    return result_in_child("preview", {"path": str(path)}, ImportPlan, seconds=_SECONDS)


def test_a_table_is_guessed_and_read_in_the_child(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("email,seats,since,paid\na@x.yz,3,2026-03-04,€ 4.50\nnobody,3,,\n", encoding="utf-8")
    plan = _preview(path)
    found = list(pages_in_child("spreadsheet", {"plan": plan_to_json(plan)}, seconds_without_page=_SECONDS))
    assert [record.external_id for page in found for record in page.records] == ["email:a@x.yz"]
    assert [rejected.external_id for page in found for rejected in page.rejected] == ["x.csv:3"]


def test_what_is_wrong_with_a_file_comes_out_of_the_child_as_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(SourceError, match="not a table") as caught:
        _preview(path)
    assert caught.value.to_do == "Choose a CSV, XLSX or JSON lines file"


def test_a_workbook_that_unpacks_a_thousandfold_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    workbook = openpyxl.Workbook()
    workbook.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * (64 * 1024 * 1024))
    with pytest.raises(SourceError, match="unpacks to far more"):
        _preview(path)


def test_a_sheet_of_one_far_cell_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["XFD1048576"] = "z"
    workbook.save(path)
    with pytest.raises(SourceError, match="spans more than"):
        _preview(path)


def test_a_table_of_one_endless_line_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    with path.open("wb") as stream:
        for _ in range(20):
            stream.write(b"a," * 1_000_000)
    with pytest.raises(SourceError, match="columns"):
        _preview(path)
