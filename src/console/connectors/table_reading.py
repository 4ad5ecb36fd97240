"""Tables: which format a file has, and its rows, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

from console.connectors.table_csv import csv_layout, csv_rows
from console.connectors.table_jsonl import jsonl_layout, jsonl_rows
from console.connectors.table_rows import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Layout,
    Row,
    TableError,
    too_many_columns,
    too_many_rows,
)
from console.connectors.table_xlsx import sheet_of, xlsx_layout, xlsx_rows
from console.domain.importing import FOUND_OUT, LayoutChoice

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def layout_of(path: Path, choice: LayoutChoice = FOUND_OUT) -> Layout:
    """How the rows of the file are found, as chosen, else from what it holds rather than from its name.

    Raises TableError with a sentence where it is missing, empty, too large, no table, or not what was chosen.
    """
    match format_of(path):
        case "xlsx":
            return xlsx_layout(path, choice.sheet)
        case "jsonl":
            return jsonl_layout(path)
        case _:
            return csv_layout(path, choice.encoding, choice.delimiter)


class Table:
    """The rows of one file, to be gone through as often as one likes (a workbook is opened once)."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self._path = path
        self._layout = layout
        self._sheet = sheet_of(path, layout) if layout.format == "xlsx" else None

    def __iter__(self) -> Iterator[Row]:
        """All rows, the header's too. Raises TableError past the limits of rows and columns."""
        for count, row in enumerate(self._rows()):
            if count > MOST_ROWS:
                raise too_many_rows()
            if len(row.cells) > MOST_COLUMNS:
                raise too_many_columns(len(row.cells))
            yield row

    def _rows(self) -> Iterator[Row]:
        if self._sheet is not None:
            return xlsx_rows(self._sheet)
        return (jsonl_rows if self._layout.format == "jsonl" else csv_rows)(self._path, self._layout)


def format_of(path: Path) -> str:
    """``csv``, ``xlsx`` or ``jsonl``, by the first bytes. Raises TableError where the file is none of them or too large."""
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            # A pipe or a device has no end to wait for.
            raise TableError(f"“{path.name}” is no file. Choose a CSV, XLSX or JSON lines file")
        size = status.st_size
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        raise TableError(f"“{path.name}” cannot be read: {error.strerror}") from error
    if not head.strip():
        raise TableError(f"“{path.name}” is empty")
    if size > MOST_BYTES:
        raise TableError(
            f"“{path.name}” has {size // 1024**2:,} MB; {MOST_BYTES // 1024**2} MB fit. Split it into several files"
        )
    if head.startswith(_ZIP):
        return "xlsx"
    if head.startswith(_OLD_OFFICE):
        raise TableError(
            f"“{path.name}” is an old XLS workbook or protected by a password. Save it as XLSX without one"
        )
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return "jsonl"
    if start.startswith(b"[") and path.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        raise TableError(
            f"“{path.name}” is one JSON list. Save it as JSON lines: one object on each line, no commas between"
        )
    return "jsonl" if path.suffix.lower() in (".jsonl", ".ndjson") else "csv"
