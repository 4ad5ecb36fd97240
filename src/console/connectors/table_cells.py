"""Cells to values: what a cell says under the type and the conventions of its column."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from console.connectors.table_dates import date_in, moment_in, unix_moment
from console.connectors.table_numbers import amount_in, number_in
from console.connectors.table_rows import Cell, text_of
from console.domain.importing import ColumnPlan
from console.domain.safe_cells import restored_cell
from console.domain.values import Money, Value, ValueKind, ValueProblem, parse

_REMEMBERED = 4096


def reader_of(column: ColumnPlan) -> Callable[[Cell], Value]:
    """How the column's cells (never empty ones) become values; the function raises ValueProblem with a sentence."""
    from_text = lru_cache(_REMEMBERED)(_text_reader(column))

    def read(cell: Cell) -> Value:
        if isinstance(cell, str):
            return from_text(restored_cell(cell) if cell.startswith("'") else cell)
        return _native(column, cell)

    return read


def plain_text(cell: Cell) -> str:
    """The cell as trimmed text, without the apostrophe of an export."""
    return (restored_cell(cell) if isinstance(cell, str) else text_of(cell)).strip()


def _text_reader(column: ColumnPlan) -> Callable[[str], Value]:
    kind, day_first, comma, currency = column.kind, column.day_first, column.decimal_comma, column.currency
    match kind:
        case ValueKind.NUMBER:
            return lambda text: Value(kind, number_in(text, decimal_comma=comma))
        case ValueKind.MONEY:
            return lambda text: Value(kind, amount_in(text, decimal_comma=comma, currency=currency))
        case ValueKind.DATE:
            return lambda text: Value(kind, date_in(text, day_first=day_first))
        case ValueKind.DATETIME:
            return lambda text: Value(kind, moment_in(text, day_first=day_first))
        case _:
            return lambda text: parse(kind, text)


def _native(column: ColumnPlan, cell: float | bool | date | datetime) -> Value:
    """A cell of which the file itself says the type."""
    match column.kind, cell:
        case (ValueKind.NUMBER | ValueKind.MONEY, bool() | date()):
            raise ValueProblem(f"“{text_of(cell)}” is not a number")
        case (ValueKind.NUMBER | ValueKind.MONEY, int() | float()):
            number = _decimal(cell)
            return Value(column.kind, number if column.kind is ValueKind.NUMBER else Money(number, column.currency))
        case (ValueKind.DATE, datetime()):
            return Value(column.kind, cell.date())
        case (ValueKind.DATE, date()):
            return Value(column.kind, cell)
        case (ValueKind.DATETIME, datetime()):
            return Value(column.kind, cell.replace(tzinfo=cell.tzinfo or UTC).astimezone(UTC))
        case (ValueKind.DATETIME, date()):
            return Value(column.kind, datetime(cell.year, cell.month, cell.day, tzinfo=UTC))
        case (ValueKind.DATETIME, int() | float()) if not isinstance(cell, bool):
            return Value(column.kind, unix_moment(float(cell)))
        case _:
            return parse(column.kind, text_of(cell))


def _decimal(number: float) -> Decimal:
    if not math.isfinite(number):
        raise ValueProblem("The number is infinite")
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
