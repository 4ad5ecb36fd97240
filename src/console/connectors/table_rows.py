"""Rows of tables: what every reader of CSV, XLSX and JSON lines gives, and how large a table may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from console.connectors.errors import SourceError

MOST_BYTES = 200 * 1024 * 1024
MOST_ROWS = 1_000_000
MOST_COLUMNS = 16_384
LONGEST_CELL = 1_000_000
_LETTERS = 26

Cell = str | int | float | bool | date | datetime
"""A cell: text, or the type that the file itself states (XLSX, JSON). Empty is ""."""


class TableError(SourceError):
    """The whole file cannot be taken in; made of one text: a sentence on what is wrong, and one on what to do."""

    def __init__(self, sentences: str) -> None:
        what, dot, to_do = sentences.partition(". ")
        super().__init__(what + dot.strip(), to_do)


class Row(NamedTuple):
    """A row: its number as a spreadsheet counts, from 1, its cells, and why it cannot be read."""

    number: int
    cells: Sequence[Cell]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of one file are found: ``format`` csv, xlsx or jsonl, and what belongs to that format.

    ``sheets`` are the visible sheets of a workbook; ``keys`` the keys of JSON lines, nested ones with dots, in order of
    their first appearance.
    """

    format: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


def text_of(cell: Cell) -> str:
    """The cell as text: 48.0 is ``48``, a date is ISO, true and false in lower case."""
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case int():
            return str(cell)
        case _:
            return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether no cell holds anything but spaces."""
    return not any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in cells)


def too_many_rows() -> TableError:
    """The file is longer than we take in at once."""
    return TableError(f"The table has more than {MOST_ROWS:,} rows. Split it into several files")


def too_many_columns(count: int) -> TableError:
    """The table is wider than any spreadsheet."""
    return TableError(f"The table has {count:,} columns; {MOST_COLUMNS:,} fit. Check that the right delimiter is used")


def letters(position: int) -> str:
    """The letters that a spreadsheet shows over the column at ``position`` (from 0): A … Z, AA …"""
    text, rest = "", position + 1
    while rest:
        rest, digit = divmod(rest - 1, _LETTERS)
        text = chr(ord("A") + digit) + text
    return text


def unique_names(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Names of columns from their header cells: trimmed, ``Column C`` where empty, ``Name (2)`` where taken."""
    taken: set[str] = set()
    names: list[str] = []
    for position, cell in enumerate(cells):
        header = " ".join(text_of(cell).split())[:200] or f"Column {letters(position)}"
        name, number = header, 2
        while name in taken:
            name, number = f"{header} ({number})", number + 1
        taken.add(name)
        names.append(name)
    return tuple(names)
