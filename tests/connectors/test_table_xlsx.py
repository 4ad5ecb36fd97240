"""XLSX: sheets, native types, and archives that are built to harm (P52)."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from console.connectors import table_xlsx
from console.connectors.table_reading import Table, layout_of
from console.connectors.table_rows import TableError
from console.domain.importing import LayoutChoice

_MOMENT = datetime.fromisoformat("2026-03-04 05:06")


def _workbook(path: Path, sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    workbook.save(path)
    return path


def _with_part(path: Path, name: str, content: bytes, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """The workbook with one part added, or replaced by another."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", compression) as archive:
        for part, bytes_ in parts.items():
            archive.writestr(part, bytes_)
    return path


def test_cells_keep_the_types_of_the_workbook(tmp_path: Path) -> None:
    row = [48, 1.5, True, date(2026, 3, 4), _MOMENT, "x", None]
    path = _workbook(tmp_path / "x.xlsx", {"A": [["i", "f", "b", "d", "t", "s", "e"], row, [1, 2, 3, 4, 5, 6, 7]]})
    cells = [list(row.cells) for row in Table(path, layout_of(path))][1]
    assert cells == [48, 1.5, True, date(2026, 3, 4), _MOMENT, "x", ""]
    assert [type(cell) for cell in cells[:3]] == [int, float, bool]


def test_the_first_visible_sheet_with_rows_is_read_and_another_can_be_named(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {"Secret": [["s"]], "Empty": [], "Customers": [["c"]], "More": [["m"]]}
    path = _workbook(tmp_path / "x.xlsx", sheets, hidden=("Secret",))
    layout = layout_of(path)
    assert (layout.sheet, layout.sheets) == ("Customers", ("Empty", "Customers", "More"))
    assert [row.cells for row in Table(path, layout_of(path, LayoutChoice(sheet="More")))] == [["m"]]
    with pytest.raises(TableError, match="The sheets are Empty, Customers, More"):
        layout_of(path, LayoutChoice(sheet="Secret"))


def test_rows_count_from_the_top_of_the_sheet(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "x.xlsx", {"A": [[], [], ["a", "b"], [1, 2]]})
    assert [row.number for row in Table(path, layout_of(path)) if any(cell != "" for cell in row.cells)] == [3, 4]


def test_rows_can_be_gone_through_twice(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "x.xlsx", {"A": [["a"], [1]]})
    table = Table(path, layout_of(path))
    assert list(table) == list(table)


def test_a_part_that_unpacks_a_thousandfold_is_refused(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "x.xlsx", {"A": [["a"]]})
    _with_part(path, "xl/media/zeros.bin", b"\0" * (20 * 1024 * 1024))
    with pytest.raises(TableError, match="unpacks to far more"):
        layout_of(path)


def test_parts_that_unpack_to_too_much_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _workbook(tmp_path / "x.xlsx", {"A": [["a"]]})
    monkeypatch.setattr(table_xlsx, "_MOST_UNPACKED", 4_000)
    with pytest.raises(TableError, match="unpacks to far more"):
        layout_of(path)


def test_an_archive_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "x.xlsx", {"A": [["a"]]})
    zeros = b"\0" * (20 * 1024 * 1024)
    _with_part(path, "xl/media/zeros.bin", zeros)
    content = path.read_bytes().replace(struct.pack("<I", len(zeros)), struct.pack("<I", 100))
    path.write_bytes(content)
    assert min(entry.file_size for entry in zipfile.ZipFile(path).infolist() if "zeros" in entry.filename) == 100
    with pytest.raises(TableError, match=r"unpacks to far more|damaged"):
        layout_of(path)


def test_an_archive_inside_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x", "y")
    path = _with_part(_workbook(tmp_path / "x.xlsx", {"A": [["a"]]}), "xl/embeddings/x.docx", inner.getvalue())
    with pytest.raises(TableError, match="another archive inside"):
        layout_of(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(tmp_path: Path, encoding: str) -> None:
    path = _workbook(tmp_path / "x.xlsx", {"A": [["a"]]})
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    _with_part(path, "xl/sharedStrings.xml", laughs.encode(encoding))
    with pytest.raises(TableError, match="document type"):
        layout_of(path)


def test_too_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _workbook(tmp_path / "x.xlsx", {"A": [["a"]]})
    monkeypatch.setattr(table_xlsx, "_MOST_ENTRIES", 3)
    with pytest.raises(TableError, match="parts; 3 fit"):
        layout_of(path)


def test_one_cell_at_the_far_end_does_not_span_the_world(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"] = "a"
    sheet["XFD1048576"] = "z"
    workbook.save(path)
    with pytest.raises(TableError, match="spans more than"):
        layout_of(path)


@pytest.mark.parametrize("cut", [30, 400, 2_000])
def test_a_cut_off_workbook_is_damaged(tmp_path: Path, cut: int) -> None:
    path = _workbook(tmp_path / "x.xlsx", {"A": [["a"]]})
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(TableError, match="damaged"):
        layout_of(path)


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(TableError, match="damaged or not XLSX"):
        layout_of(path)
