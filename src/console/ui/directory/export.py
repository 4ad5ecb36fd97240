"""The rows that are chosen, written to a file: CSV that no spreadsheet runs as a formula, or lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from console.domain.directory import Column, DirectoryRow
from console.domain.records import OwnerKind
from console.domain.safe_cells import safe_row, safe_writer
from console.store import directory_rows
from console.store.errors import StoreError
from console.ui.directory.cells import exported, title_of
from console.ui.session import Session

if TYPE_CHECKING:
    from console.ui.directory.page import DirectoryPage

_AT_ONCE = 500


class Exports(QObject):
    """Asks for a file and writes it beside the window.

    Signals:
        said: (str) how many were written where.
        failed: (str) why none were.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, page: DirectoryPage) -> None:
        super().__init__(page)
        self._page = page

    def ask(self) -> None:
        """Asks for the file; its ending says which of the two it is."""
        is_customers = self._page.owner_kind is OwnerKind.CUSTOMER
        kinds = self.tr("Tables (*.csv);;Lines of JSON (*.jsonl)")
        name = self.tr("customers.csv") if is_customers else self.tr("companies.csv")
        path, kind = QFileDialog.getSaveFileName(self._page, self.tr("Export those who are chosen"), name, kinds)
        if path:
            ending = ".jsonl" if "jsonl" in kind and not path.endswith(".csv") else ".csv"
            self.write(Path(path if Path(path).suffix else path + ending))

    def write(self, path: Path) -> None:
        """Writes all who are chosen, with the columns that are shown."""
        columns = self._page.rows.columns()
        self._page.deeds.resolve(lambda ids: self._write(path, ids, columns))

    def _write(self, path: Path, ids: Sequence[int], columns: Sequence[Column]) -> None:
        session, kind = self._page.session, self._page.owner_kind
        write = write_json if path.suffix.lower() in (".jsonl", ".ndjson") else write_csv
        session.background.run(
            lambda: write(path, columns, read_rows(session, kind, ids, columns)),
            lambda count: self.said.emit(self.tr("{0} written to {1}").format(f"{count:,}", path.name)),
            asker=self,
            failed=lambda error: self.failed.emit(
                self.tr("The file could not be written: {0}").format(getattr(error, "strerror", None) or error)
            ),
            expected=(StoreError, OSError),
        )


def read_rows(
    session: Session, kind: OwnerKind, ids: Sequence[int], columns: Sequence[Column]
) -> Iterator[DirectoryRow]:
    """The rows of these, in their order; those that are gone are left out."""
    for begin in range(0, len(ids), _AT_ONCE):
        some = ids[begin : begin + _AT_ONCE]
        found = session.read(lambda connection, some=some: directory_rows.rows(connection, kind, some, columns))
        yield from (found[key] for key in some if key in found)


def write_csv(path: Path, columns: Sequence[Column], rows: Iterator[DirectoryRow]) -> int:
    """Writes a table with titles and gives the number of rows. Raises OSError; then no half of it stays."""

    def fill(place: Path) -> int:
        with place.open("w", encoding="utf-8-sig", newline="") as file:
            writer = safe_writer(file)
            writer.writerow(safe_row(["ID", *(title_of(column) for column in columns)]))
            return _each(rows, lambda row: writer.writerow(safe_row([str(row.id), *map(exported, row.cells)])))

    return _whole(path, fill)


def write_json(path: Path, columns: Sequence[Column], rows: Iterator[DirectoryRow]) -> int:
    """Writes an object a line, with the columns' keys, and gives the number of rows. Raises OSError."""

    def line(row: DirectoryRow) -> str:
        cells = zip(columns, row.cells, strict=True)
        said = {column.key: list(cell) if isinstance(cell, tuple) else exported(cell) for column, cell in cells}
        return json.dumps({"id": str(row.id), **said}, ensure_ascii=False) + "\n"

    def fill(place: Path) -> int:
        with place.open("w", encoding="utf-8") as file:
            return _each(rows, lambda row: file.write(line(row)))

    return _whole(path, fill)


def _each(rows: Iterator[DirectoryRow], write: Callable[[DirectoryRow], object]) -> int:
    """Writes one row after the other; how many there were."""
    count = 0
    for row in rows:
        write(row)
        count += 1
    return count


def _whole(path: Path, fill: Callable[[Path], int]) -> int:
    """A file appears when all of it is there; one that was there stays until then."""
    place = path.with_name(f".{path.name}.part")
    try:
        count = fill(place)
        place.replace(path)
    finally:
        place.unlink(missing_ok=True)
    return count
