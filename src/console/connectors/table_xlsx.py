"""XLSX: the sheets of a workbook and their rows, after the archive was found harmless."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from console.connectors.table_rows import Cell, Layout, Row, TableError

_MOST_ENTRIES = 5_000
_MOST_UNPACKED = 600 * 1024 * 1024
_MOST_RATIO = 200
_RATIO_MATTERS_FROM = 8 * 1024 * 1024
_MOST_CELLS = 20_000_000
_CHUNK = 1 << 20
_OVERLAP = 64
_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_CELL_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})?([0-9]{1,7})[\"']")


def xlsx_layout(path: Path, sheet: str = "") -> Layout:
    """The visible sheets and the one to read: ``sheet``, else the first with rows in it. Raises TableError."""
    check_archive(path)
    with _opened(path) as workbook:
        sheets = _visible(workbook)
        if sheet and sheet not in sheets:
            raise TableError(f"There is no sheet “{sheet}”. The sheets are {', '.join(sheets)}")
        chosen = sheet or next((name for name in sheets if _sheet(workbook, name).height), "")
        if not chosen:
            raise TableError("No sheet of the workbook holds anything")
    return Layout("xlsx", sheet=chosen, sheets=sheets)


def sheet_of(path: Path, layout: Layout) -> CalamineSheet:
    """The sheet, wholly in memory, so that its rows can be read twice. Raises TableError where it is damaged."""
    check_archive(path)
    with _opened(path) as workbook:
        return _sheet(workbook, layout.sheet)


def xlsx_rows(sheet: CalamineSheet) -> Iterator[Row]:
    """All rows of the sheet from row 1 on, empty ones too; columns begin at the first used one."""
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield Row(number, [_cell(cell) for cell in cells])


def check_archive(path: Path) -> None:
    """Unpack the archive into nothing, counting what comes out: sizes that an archive states of itself may lie.

    Raises TableError where it unpacks to too much, holds another archive, declares entities, or is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES:
                raise TableError(
                    f"The workbook holds {len(entries):,} parts; {_MOST_ENTRIES:,} fit. It is not imported"
                )
            unpacked = 0
            for entry in entries:
                if entry.flag_bits & 1:
                    raise TableError("The workbook is protected by a password. Save it without one and try again")
                entry.file_size = _MOST_UNPACKED + _CHUNK
                with archive.open(entry) as stream:
                    unpacked += _unpacked(stream, entry, _MOST_UNPACKED - unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise TableError("The workbook is damaged: its archive cannot be unpacked. Open and save it again") from error


def _unpacked(stream: IO[bytes], entry: zipfile.ZipInfo, most: int) -> int:
    """The bytes that one part unpacks to, checked on the way."""
    size, before = 0, b""
    place = _Place() if entry.filename.startswith("xl/worksheets/") else None
    for chunk in iter(lambda: stream.read(_CHUNK), b""):
        if size == 0 and chunk.startswith(b"PK\x03\x04"):
            raise TableError("The workbook holds another archive inside. Save it without embedded files and try again")
        size += len(chunk)
        ratio = size / max(1, entry.compress_size)
        if size > most or (ratio > _MOST_RATIO and size > _RATIO_MATTERS_FROM):
            raise TableError("The workbook unpacks to far more than its size. It is not imported; save it as CSV")
        window = before + chunk
        if entry.filename.endswith((".xml", ".rels")) and any(word in window for word in _DECLARATIONS):
            raise TableError("The workbook declares a document type, which no spreadsheet does. It is not imported")
        if place is not None:
            place.look_at(window)
        before = chunk[-_OVERLAP:]
    return size


class _Place:
    """The area a sheet spans: calamine lays out every cell of it, so that one far cell costs a full sheet."""

    def __init__(self) -> None:
        self._columns: set[bytes] = {b"A"}
        self._last_row = 1

    def look_at(self, chunk: bytes) -> None:
        """Note the cells of a piece of the sheet. Raises TableError when they span too much."""
        places = _CELL_PLACE.findall(chunk)
        if not places:
            return
        self._columns.update(letters for letters, _ in places if letters)
        self._last_row = max(self._last_row, max(int(row) for _, row in places))
        area = self._last_row * max(_column_number(letters) for letters in self._columns)
        if area > _MOST_CELLS:
            raise TableError(f"The sheet spans more than {_MOST_CELLS:,} cells. Delete what is empty at its end")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _opened(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise TableError("The workbook is protected by a password. Save it without one and try again") from error
    except CalamineError as error:
        raise TableError("The workbook is damaged or not XLSX. Open it in a spreadsheet and save it again") from error


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise TableError(f"The sheet “{name}” cannot be read. Save the workbook again, or as CSV") from error


def _visible(workbook: CalamineWorkbook) -> tuple[str, ...]:
    return tuple(
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
    )


def _cell(cell: str | float | bool | date | datetime | time | timedelta) -> Cell:
    """WORKAROUND(calamine 0.9): whole numbers arrive as floats; a time of day and a duration are text to us."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return str(cell) if isinstance(cell, time | timedelta) else cell
