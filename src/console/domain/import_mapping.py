"""Mapping: what the columns of a table become, chosen by hand or by ``--map``, and remembered for files like it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from console.domain.importing import (
    CHOSEN,
    COMPANY,
    DO_NOT_IMPORT,
    FOUND_OUT,
    ColumnPlan,
    ImportPlan,
    LayoutChoice,
    lacks_day_order,
    lacks_decimal_sign,
)
from console.domain.values import ValueKind

_LONGEST_NAME = 64


def with_column(
    plan: ImportPlan,
    column: str,
    *,
    target: str | None = None,
    kind: ValueKind | None = None,
    day_first: bool | None = None,
    decimal_comma: bool | None = None,
    currency: str | None = None,
) -> ImportPlan:
    """The plan with one column changed by hand; a chosen day order or decimal sign settles what was ambiguous.

    Raises ValueError, with a sentence that names the columns there are, where ``column`` is none of them.
    """
    table = plan.table
    if table is None:
        raise ValueError("These files have no columns to map; choose a CSV, XLSX or JSON lines file")
    position = _position(table.columns, column)
    old = table.columns[position]
    settles = (day_first is not None and lacks_day_order(old.proof)) or (
        decimal_comma is not None and lacks_decimal_sign(old.proof)
    )
    is_chosen = settles or (kind is not None and kind is not old.kind and not _is_open(old.proof))
    new = replace(
        old,
        target=old.target if target is None else target.strip(),
        kind=old.kind if kind is None else kind,
        day_first=old.day_first if day_first is None else day_first,
        decimal_comma=old.decimal_comma if decimal_comma is None else decimal_comma,
        currency=old.currency if currency is None else currency,
        proof=CHOSEN if is_chosen else old.proof,
    )
    columns = (*table.columns[:position], new, *table.columns[position + 1 :])
    return replace(plan, table=replace(table, columns=columns))


def with_changes(plan: ImportPlan, before: ImportPlan, after: ImportPlan) -> ImportPlan:
    """``plan`` with what was changed by hand from ``before`` to ``after``, in the columns that it has as well."""
    if plan.table is None or before.table is None or after.table is None:
        return plan
    old = {column.column: column for column in before.table.columns}
    names = {column.column for column in plan.table.columns}
    for new in after.table.columns:
        was = old.get(new.column)
        if new.column not in names or was is None or was == new:
            continue
        plan = with_column(plan, new.column, target=new.target if new.target != was.target else None)
        if (was.kind, was.day_first, was.decimal_comma) != (new.kind, new.day_first, new.decimal_comma):
            plan = with_column(
                plan, new.column, kind=new.kind, day_first=new.day_first, decimal_comma=new.decimal_comma
            )
    return plan


def with_choice(plan: ImportPlan, path: str, choice: LayoutChoice) -> ImportPlan:
    """The plan with one of its files laid out as chosen; ``FOUND_OUT`` leaves it to the file again."""
    if plan.table is None:
        return plan
    others = tuple((name, chosen) for name, chosen in plan.table.choices if name != path)
    choices = others if choice == FOUND_OUT else (*others, (path, choice))
    return replace(plan, table=replace(plan.table, choices=choices))


def with_mapping(plan: ImportPlan, mapping: Mapping[str, str]) -> ImportPlan:
    """The plan with ``target`` or ``target:type`` by column, as ``--map COL=PROPERTY:type`` says it; "" leaves it out.

    Types are those of properties, and ``date-day-first``, ``date-month-first`` (also ``datetime-…``),
    ``number-decimal-comma``, ``number-decimal-point``, ``money-USD``. A target that is given takes the column that had
    it by guess out of the import. Raises ValueError with a sentence for an unknown column or type.
    """
    given = {column.strip(): _target_and_type(text) for column, text in mapping.items()}
    if plan.table is not None:
        wanted = {target for target, _ in given.values()} - {DO_NOT_IMPORT}
        names = {_named(plan.table.columns, column) for column in given}
        for column in plan.table.columns:
            if column.target in wanted and column.column not in names:
                plan = with_column(plan, column.column, target=DO_NOT_IMPORT)
    for column, (target, options) in given.items():
        plan = with_column(plan, column, target=target, **_options(options))
    return plan


def mapping_of(texts: Iterable[str]) -> dict[str, str]:
    """The mapping that ``COL=PROPERTY`` texts write; of several ``=`` the last one parts. Raises ValueError."""
    target_by_column: dict[str, str] = {}
    for text in texts:
        column, equals, target = text.rpartition("=")
        if not equals or not column.strip():
            raise ValueError(f'“{text}” is not COLUMN=PROPERTY; write it like --map "Seats=company.seats:number"')
        target_by_column[column.strip()] = target.strip()
    return target_by_column


def property_name(header: str, taken: Collection[str] = ()) -> str:
    """The name of the property that a column's header suggests: words in snake case, any script, ``company.`` kept.

    Never empty and never one of ``taken``. The name of a name is itself.
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFC", spaced).lower()).strip()
    prefix, rest = (COMPANY, lowered[len(COMPANY) :]) if lowered.startswith(COMPANY) else ("", lowered)
    name = prefix + (_snake(rest)[:_LONGEST_NAME].rstrip("_") or "column")
    number, candidate = 2, name
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate


def signature(columns: Iterable[str]) -> str:
    """A short text that is the same for files with the same columns in any order, to remember a mapping by."""
    joined = "\x1f".join(sorted(unicodedata.normalize("NFC", column.strip()).lower() for column in columns))
    return sha256(joined.encode("utf-8", "replace")).hexdigest()[:24]


def _is_open(proof: str) -> bool:
    return lacks_day_order(proof) or lacks_decimal_sign(proof)


def _position(columns: tuple[ColumnPlan, ...], name: str) -> int:
    found = _named(columns, name)
    for position, column in enumerate(columns):
        if column.column == found:
            return position
    there = ", ".join(f"“{column.column}”" for column in columns[:30])
    raise ValueError(f"There is no column “{name}”. The columns are {there}{' …' if len(columns) > 30 else ''}")


def _named(columns: tuple[ColumnPlan, ...], name: str) -> str:
    """The column's own name where ``name`` differs only in case or outer spaces."""
    exact = {column.column for column in columns}
    if name in exact:
        return name
    close = [column.column for column in columns if column.column.strip().lower() == name.strip().lower()]
    return close[0] if len(close) == 1 else name


def _target_and_type(text: str) -> tuple[str, str]:
    target, colon, kind = text.rpartition(":")
    return (target.strip(), kind.strip().lower()) if colon else (text.strip(), "")


def _options(text: str) -> dict[str, Any]:
    """Keyword arguments of ``with_column`` for a type as ``--map`` writes it."""
    if not text:
        return {}
    kind, _, option = text.partition("-")
    if kind not in tuple(ValueKind):
        raise ValueError(f"“{text}” is no type; the types are {', '.join(ValueKind)}")
    options: dict[str, Any] = {"kind": ValueKind(kind)}
    if option in ("day-first", "month-first") and kind in ("date", "datetime"):
        options["day_first"] = option == "day-first"
    elif option in ("decimal-comma", "decimal-point") and kind in ("number", "money"):
        options["decimal_comma"] = option == "decimal-comma"
    elif re.fullmatch("[a-z]{3}", option) and kind == "money":
        options["currency"] = option.upper()
    elif option:
        raise ValueError(f"“{option}” says nothing about {kind}; write it like date-day-first or money-usd")
    return options


def _snake(text: str) -> str:
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return "_".join(kept.split())
