"""Reading plans: which files are taken in, what each column of a table becomes, and why an import may not start yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from console.domain.values import ValueKind

KEY_EMAIL = "email"
EXTERNAL_ID = "external_id"
NAME = "name"
TAGS = "tags"
DOMAIN = "domain"
EVENT_NAME = "event.name"
EVENT_AT = "event.at"
EVENT_CUSTOMER = "customer.external_id"
META = "meta."
COMPANY = "company."
DO_NOT_IMPORT = ""

DAY_OR_MONTH = "ambiguous: choose day first or month first"
COMMA_OR_POINT = "ambiguous: choose decimal comma or decimal point"
CHOSEN = "chosen by hand"


class ImportKind(StrEnum):
    """What the files hold."""

    CONVERSATIONS = "conversations"
    CUSTOMERS = "customers"
    COMPANIES = "companies"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What one column becomes.

    ``column`` is its name in the file, made unique (``Name (2)``, ``Column C`` where empty). ``target``: "" is not
    imported, ``email`` is the match key; else ``name``, ``external_id``, a property's name, ``company.name``,
    ``company.domain``, ``company.X``. For companies: ``name``, ``domain``, ``external_id``, a property's name. For both
    ``tags``: tags, parted by commas or semicolons. For events: ``event.name``, ``event.at``, ``email``, ``customer.external_id``, ``external_id`` (its own), ``meta.X``.
    ``currency`` is meant where a cell names none. ``proof`` says why the type was guessed (``day first, row 9 proves
    it``) or that it is ambiguous (``DAY_OR_MONTH``, ``COMMA_OR_POINT``).
    """

    column: str
    target: str
    kind: ValueKind = ValueKind.STRING
    day_first: bool = False
    decimal_comma: bool = False
    currency: str = "EUR"
    proof: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LayoutChoice:
    """How one file is read where the teammate says so; what is "" or None is found out from the file.

    ``header_row`` counts from 1, 0 is a table without one; ``delimiter`` is one character, ``encoding`` the name of a codec;
    ``decimal_comma`` holds for every column of numbers.
    """

    sheet: str = ""
    header_row: int | None = None
    delimiter: str = ""
    encoding: str = ""
    decimal_comma: bool | None = None


FOUND_OUT = LayoutChoice()


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How a table is read: ``format`` csv, xlsx or jsonl; ``header_row`` counts from 1, 0 where the table has none.

    ``rows`` is the number of rows under the header (of the first file), ``sheets`` the names of all visible sheets.
    ``choices`` are (path, choice) of the files whose layout was chosen by hand.
    """

    format: str
    encoding: str
    delimiter: str
    sheet: str
    header_row: int
    columns: tuple[ColumnPlan, ...]
    sheets: tuple[str, ...]
    rows: int
    choices: tuple[tuple[str, LayoutChoice], ...] = ()

    def choice_of(self, path: str) -> LayoutChoice:
        """How this file is read by choice."""
        return dict(self.choices).get(path, FOUND_OUT)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import will do: the files, what they hold, the teammate's own addresses (mail), and the table's columns.

    ``origin_name`` is how the origin of every value is shown (the name of the first file).
    """

    paths: tuple[str, ...]
    kind: ImportKind
    my_addresses: tuple[str, ...] = ()
    table: TablePlan | None = None
    origin_name: str = ""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row is left out: its number as a spreadsheet counts (the header is row 1), the column, the cell's text.

    ``file`` is the file's name; ``cells`` the whole row as (column, text), so that it can be saved, mended and retried.
    """

    row: int
    column: str
    text: str
    reason: str
    file: str = ""
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import did, or would do: owners new, changed, the same; rows left out; changed values by property."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: int = 0
    changes_by_property: Mapping[str, int] = field(default_factory=dict)


_KEYS: Mapping[ImportKind, tuple[tuple[str, ...], str]] = {
    ImportKind.CONVERSATIONS: ((), ""),
    ImportKind.CUSTOMERS: ((KEY_EMAIL, EXTERNAL_ID), "the e-mail or the external ID"),
    ImportKind.COMPANIES: ((EXTERNAL_ID, DOMAIN, NAME), "the name, the domain or the external ID"),
    ImportKind.EVENTS: ((KEY_EMAIL, EVENT_CUSTOMER), "the e-mail or the external ID of the customer"),
}


def can_import(plan: ImportPlan) -> str | None:
    """Why the import may not start, as a sentence for the teammate; None where it may."""
    if not plan.paths:
        return "No file chosen"
    if plan.kind is ImportKind.CONVERSATIONS:
        return None
    if plan.table is None:
        return "The columns are not known yet; choose a CSV, XLSX or JSON lines file"
    if not plan.table.rows:
        return "The table has no rows under its header"
    return _why_not(plan.kind, plan.table.columns)


def lacks_day_order(proof: str) -> bool:
    """Whether a column's dates can be read in two ways, so that the teammate must choose day first or month first."""
    return proof.startswith("ambiguous:") and "day first" in proof


def lacks_decimal_sign(proof: str) -> bool:
    """Whether a column's numbers can be read in two ways, so that the teammate must choose the decimal sign."""
    return proof.startswith("ambiguous:") and "decimal" in proof


def plan_to_json(plan: ImportPlan, *, has_samples: bool = False) -> str:
    """The plan as JSON text; equal plans give equal texts. What is kept for years has no samples: they are somebody's words."""
    if plan.table is not None and not has_samples:
        bare = tuple(replace(column, samples=()) for column in plan.table.columns)
        plan = replace(plan, table=replace(plan.table, columns=bare))
    return json.dumps(asdict(plan), ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def plan_from_json(text: str) -> ImportPlan:
    """The plan that ``plan_to_json`` wrote. Raises ValueError where the text is no plan."""
    try:
        tree = json.loads(text)
        return ImportPlan(
            paths=tuple(str(path) for path in tree["paths"]),
            kind=ImportKind(tree["kind"]),
            my_addresses=tuple(str(address) for address in tree["my_addresses"]),
            table=None if tree["table"] is None else _table(tree["table"]),
            origin_name=str(tree["origin_name"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError("This is not the plan of an import") from error


def problem_to_json(problem: RowProblem) -> str:
    """The problem as JSON text, as quarantine keeps it."""
    return json.dumps(asdict(problem), ensure_ascii=True, separators=(",", ":"))


def problem_from_json(text: str) -> RowProblem:
    """The problem that ``problem_to_json`` wrote. Raises ValueError where the text is none."""
    try:
        tree = json.loads(text)
        cells = tuple((str(column), str(cell)) for column, cell in tree.pop("cells"))
        return RowProblem(**tree, cells=cells)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("This is no problem of a row") from error


def _why_not(kind: ImportKind, columns: tuple[ColumnPlan, ...]) -> str | None:
    column_by_target: dict[str, str] = {}
    for column in columns:
        if column.target in column_by_target:
            first = column_by_target[column.target]
            return f"“{first}” and “{column.column}” both become {column.target}; change one of them"
        if column.target:
            column_by_target[column.target] = column.column
    keys, what = _KEYS[kind]
    if not any(key in column_by_target for key in keys):
        return f"No match key: let one column become {what}"
    if kind is ImportKind.EVENTS:
        for target, what in ((EVENT_NAME, "the event's name"), (EVENT_AT, "the time of the event")):
            if target not in column_by_target:
                return f"Let one column become {what}"
    return _why_not_typed(columns)


def _why_not_typed(columns: tuple[ColumnPlan, ...]) -> str | None:
    for column in columns:
        dated = column.kind in (ValueKind.DATE, ValueKind.DATETIME) or column.target == EVENT_AT
        if column.target and dated and lacks_day_order(column.proof):
            return f"“{column.column}” is ambiguous: choose day first or month first"
        counted = column.kind in (ValueKind.NUMBER, ValueKind.MONEY)
        if column.target and counted and lacks_decimal_sign(column.proof):
            return f"“{column.column}” is ambiguous: choose decimal comma or decimal point"
    return None


def _table(tree: dict[str, Any]) -> TablePlan:
    return TablePlan(
        format=str(tree["format"]),
        encoding=str(tree["encoding"]),
        delimiter=str(tree["delimiter"]),
        sheet=str(tree["sheet"]),
        header_row=int(tree["header_row"]),
        columns=tuple(_column(column) for column in tree["columns"]),
        sheets=tuple(str(sheet) for sheet in tree["sheets"]),
        rows=int(tree["rows"]),
        choices=tuple((str(path), choice_of_tree(choice)) for path, choice in tree.get("choices", ())),
    )


def choice_of_tree(tree: Mapping[str, Any]) -> LayoutChoice:
    """The choice that ``asdict`` took apart. Raises KeyError, TypeError or ValueError where it is none."""
    row, comma = tree["header_row"], tree["decimal_comma"]
    return LayoutChoice(
        sheet=str(tree["sheet"]),
        header_row=None if row is None else int(row),
        delimiter=str(tree["delimiter"]),
        encoding=str(tree["encoding"]),
        decimal_comma=None if comma is None else bool(comma),
    )


def _column(tree: dict[str, Any]) -> ColumnPlan:
    return ColumnPlan(
        column=str(tree["column"]),
        target=str(tree["target"]),
        kind=ValueKind(tree["kind"]),
        day_first=bool(tree["day_first"]),
        decimal_comma=bool(tree["decimal_comma"]),
        currency=str(tree["currency"]),
        proof=str(tree["proof"]),
        samples=tuple(str(sample) for sample in tree["samples"]),
    )
