"""The guessed plan of a table: its header row, what every column becomes, and its type with the proof."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from console.connectors.table_cells import plain_text
from console.connectors.table_headers import words_of
from console.connectors.table_kinds import Guess, kind_of
from console.connectors.table_reading import Table, layout_of
from console.connectors.table_rows import MOST_COLUMNS, Cell, Layout, Row, TableError, is_blank, text_of, unique_names
from console.connectors.table_targets import Column, guessed_kind, targets_of
from console.domain.address import address_of
from console.domain.file_names import title_of
from console.domain.importing import FOUND_OUT, ColumnPlan, ImportKind, ImportPlan, LayoutChoice, TablePlan

HEADER_WITHIN = 30
_FIRST_SAMPLES = 600
_SPREAD_SAMPLES = 400
_SHOWN_SAMPLES = 3
_LONGEST_SAMPLE = 60


def guess(path: str, kind: str | None = None, choice: LayoutChoice = FOUND_OUT) -> ImportPlan:
    """The plan for one table: up to 1,000 rows are sampled from the whole file, which is read through once.

    ``kind`` is an ImportKind or None, then the columns decide. ``choice`` is what the teammate says about the layout; a
    workbook's sheet is else its first with rows. Raises TableError with a sentence where the file is no table or too large,
    or cannot be read as chosen.
    """
    file = Path(path)
    layout = layout_of(file, choice)
    table = Table(file, layout)
    top = _first_rows(table)
    header_row = _header_row(layout, top, choice.header_row)
    header = next((row for row in top if row.number == header_row), None)
    seen = _look_through(table, header_row, _most_cells(layout, header))
    names = layout.keys or unique_names(_header_cells(header, seen.width))
    columns = tuple(_column(name, position, seen.samples, choice) for position, name in enumerate(names))
    known = ImportKind(kind) if kind else guessed_kind(columns)
    plan = TablePlan(
        format=layout.format,
        encoding=layout.encoding,
        delimiter=layout.delimiter,
        sheet=layout.sheet,
        header_row=header_row,
        columns=_planned(columns, known),
        sheets=layout.sheets,
        rows=seen.rows,
        choices=() if choice == FOUND_OUT else ((path, choice),),
    )
    return ImportPlan(paths=(path,), kind=known, table=plan, origin_name=title_of(file))


@dataclass(frozen=True, slots=True)
class Head:
    """Where a table's rows begin: the header's row (0: none), the columns' names, and how many cells a row may have."""

    row: int
    names: tuple[str, ...]
    most_cells: int


def head_of(table: Iterable[Row], layout: Layout, header_row: int | None = None) -> Head:
    """The head of a table; its header row is looked for where it is not known."""
    top = _first_rows(table)
    found = _header_row(layout, top, header_row)
    header = next((row for row in top if row.number == found), None)
    width = len(header.cells) if header else max((len(row.cells) for row in top), default=0)
    return Head(found, layout.keys or unique_names(_header_cells(header, width)), _most_cells(layout, header))


def _header_row(layout: Layout, top: list[Row], chosen: int | None) -> int:
    if layout.format == "jsonl":
        return 0
    if chosen is None:
        return header_row_of(top)
    if chosen and all(row.number != chosen for row in top):
        raise TableError(f"There is no row {chosen} among the first {HEADER_WITHIN}. Choose another header row")
    return chosen


def header_row_of(top: list[Row]) -> int:
    """Which of the first rows names the columns, 0 where none does: the first that is about as full as the others, where
    it holds words only, no number, date or address.
    """
    widths = sorted(_filled(row) for row in top if _filled(row))
    usual = widths[len(widths) // 2] if widths else 0
    for row in top:
        if _filled(row) and _filled(row) * 2 > usual and not row.problem:
            return row.number if _names_columns(row) else 0
    return 0


@dataclass(slots=True)
class _Seen:
    """What one look through a table found: its rows, its width, and a sample of them from everywhere."""

    rows: int = 0
    width: int = 0
    first: list[Row] = field(default_factory=list)
    spread: list[Row] = field(default_factory=list)

    @property
    def samples(self) -> list[Row]:
        return self.first + self.spread


def _first_rows(table: Iterable[Row]) -> list[Row]:
    top: list[Row] = []
    for row in table:
        top.append(row)
        if row.number >= HEADER_WITHIN:
            break
    return top


def _most_cells(layout: Layout, header: Row | None) -> int:
    """In CSV a row with more cells than the header is broken; anywhere else it only has unnamed columns."""
    return len(header.cells) if header and layout.format == "csv" else MOST_COLUMNS


def _look_through(table: Iterable[Row], header_row: int, most_cells: int) -> _Seen:
    """Samples are the first rows and every n-th after them; n doubles whenever there are too many."""
    seen, step = _Seen(), 1
    for row in table:
        if row.number < header_row:
            continue
        width = reach(row)
        is_broken = bool(row.problem) or width > most_cells
        seen.width = seen.width if is_broken else max(seen.width, width)
        if row.number == header_row or (not row.problem and is_blank(row.cells)):
            continue
        seen.rows += 1
        if is_broken:
            continue
        if len(seen.first) < _FIRST_SAMPLES:
            seen.first.append(row)
        elif seen.rows % step == 0:
            seen.spread.append(row)
            if len(seen.spread) > _SPREAD_SAMPLES:
                seen.spread, step = seen.spread[::2], step * 2
    if not seen.rows and not header_row:
        raise TableError("The file holds no rows. Choose another sheet or file")
    return seen


def reach(row: Row) -> int:
    """The number of cells up to the last that is not empty."""
    width = len(row.cells)
    while width and row.cells[width - 1] == "":
        width -= 1
    return width


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell != "")


def _names_columns(row: Row) -> bool:
    texts = [plain_text(cell) for cell in row.cells if cell != ""]
    if any(not isinstance(cell, str) for cell in row.cells) or any(len(text) > 200 for text in texts):
        return False
    return not any(address_of(text) or _is_number_or_date(text) for text in texts)


def _is_number_or_date(text: str) -> bool:
    return any(c.isdigit() for c in text) and not any(c.isalpha() for c in text)


def _header_cells(header: Row | None, width: int) -> list[Cell]:
    cells = list(header.cells) if header else []
    while len(cells) > width and cells[-1] == "":
        cells.pop()
    return cells + [""] * (width - len(cells))


def _column(name: str, position: int, samples: list[Row], choice: LayoutChoice) -> Column:
    cells = [
        (row.number, row.cells[position])
        for row in samples
        if position < len(row.cells) and plain_text(row.cells[position])
    ]
    words = words_of(name)
    return Column(name, words, cells, kind_of(name, words, cells, decimal_comma=choice.decimal_comma))


def _planned(columns: tuple[Column, ...], kind: ImportKind) -> tuple[ColumnPlan, ...]:
    targets = targets_of(columns, kind)
    return tuple(_plan(column, target, column.guess) for column, target in zip(columns, targets, strict=True))


def _plan(column: Column, target: str, guessed: Guess) -> ColumnPlan:
    distinct = dict.fromkeys(" ".join(text_of(cell).split())[:_LONGEST_SAMPLE] for _, cell in column.cells[:50])
    return ColumnPlan(
        column=column.name,
        target=target,
        kind=guessed.kind,
        day_first=guessed.day_first,
        decimal_comma=guessed.decimal_comma,
        currency=guessed.currency,
        proof=guessed.proof,
        samples=tuple(distinct)[:_SHOWN_SAMPLES],
    )
