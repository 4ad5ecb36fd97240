"""A mapped table as pages of records: the task that reads CSV, XLSX and JSON lines in the bounded child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from console.connectors.spreadsheet_records import (
    Field,
    RowError,
    TableRecord,
    fields_of,
    key_fields_of,
    merged,
    record_of,
    rough_key,
)
from console.connectors.table_guess import guess, head_of, reach
from console.connectors.table_reading import Table, format_of, layout_of
from console.connectors.table_rows import Layout, Row, TableError, is_blank, text_of
from console.domain.file_names import title_of
from console.domain.importing import (
    FOUND_OUT,
    ImportKind,
    ImportPlan,
    RowProblem,
    TablePlan,
    can_import,
    choice_of_tree,
    plan_from_json,
    problem_to_json,
)
from console.domain.records import Page, Rejected

ROWS_A_PAGE = 500
_LONGEST_KEPT = 2_000


def preview(arguments: Mapping[str, Any]) -> ImportPlan:
    """The guessed plan of ``path``; ``kind`` (an ImportKind) and ``choice`` (a LayoutChoice, taken apart) may be given.

    Raises TableError.
    """
    choice = arguments.get("choice")
    return guess(arguments["path"], arguments.get("kind") or None, choice_of_tree(choice) if choice else FOUND_OUT)


def pages(arguments: Mapping[str, str]) -> Iterator[Page]:
    """Records of all files of the plan (``plan``: JSON), at most 500 rows a page, with rows done and in all.

    A row with a wrong cell or nothing to match by is left out whole, as Rejected; ``raw`` is a RowProblem as JSON. Rows
    of one customer or company become one record: the later row wins where both say something. Raises TableError where the
    plan may not be imported, or a file no longer has its columns.
    """
    plan = plan_from_json(arguments["plan"])
    reason = can_import(plan)
    if reason is not None or plan.table is None:
        raise TableError(f"{reason}. Change the columns and try again")
    files = [_file(Path(path), plan.kind, plan.table, is_first=path == plan.paths[0]) for path in plan.paths]
    yield from _Reading(plan.kind, files).pages()


@dataclass(slots=True)
class _File:
    """One table of an import: its rows, and where its columns stand."""

    name: str
    table: Table
    header_row: int
    width: int
    fields: tuple[Field, ...]
    key_fields: tuple[Field, ...]
    columns: tuple[str, ...]

    def rows(self) -> Iterator[Row]:
        """The rows under the header that are not blank; one with too many cells carries that as its problem."""
        for row in self.table:
            if row.number <= self.header_row or (not row.problem and is_blank(row.cells)):
                continue
            if len(row.cells) > self.width and reach(row) > self.width:
                yield row._replace(problem=f"has {reach(row)} cells; the header has {self.width}")
            else:
                yield row


class _Reading:
    """One run through all files: how often each owner is still to come, and those whose later rows are awaited."""

    def __init__(self, kind: ImportKind, files: Sequence[_File]) -> None:
        self._kind = kind
        self._files = files
        self._total = 0
        self._coming: Counter[int] = Counter()
        self._waiting: dict[int, dict[str, TableRecord]] = {}

    def pages(self) -> Iterator[Page]:
        """A page every 500 rows, and a last one."""
        self._count()
        done, records, rejected = 0, [], []
        for file in self._files:
            for row in file.rows():
                done += 1
                try:
                    record = _record(self._kind, file, row)
                except RowError as error:
                    record = None
                    rejected.append(_rejected(file, row, error))
                records.extend(self._complete(self._key(file, row), record))
                if done % ROWS_A_PAGE == 0:
                    yield self._page(records, rejected, done)
                    records, rejected = [], []
        yield self._page(records, rejected, done, is_last=True)

    def _count(self) -> None:
        """First look: the number of rows, and which owners have several. Hashes, because a million texts are heavy."""
        seen: set[int] = set()
        for file in self._files:
            for row in file.rows():
                self._total += 1
                key = self._key(file, row)
                if key in seen:
                    self._coming[key] += 1
                elif key:
                    seen.add(key)
        for key in self._coming:
            self._coming[key] += 1

    def _key(self, file: _File, row: Row) -> int:
        """The owner of a row as a hash (two owners with one hash only wait for each other), 0 where it has none."""
        return 0 if row.problem else hash(rough_key(file.key_fields, row.cells))

    def _complete(self, key: int, record: TableRecord | None) -> Iterable[TableRecord]:
        """The records that are complete with this row: none where the owner has another row to come."""
        if key not in self._coming:
            return () if record is None else (record,)
        waiting = self._waiting.setdefault(key, {})
        if record is not None:
            older = waiting.get(record.external_id)
            waiting[record.external_id] = record if older is None else merged(older, record)
        self._coming[key] -= 1
        return () if self._coming[key] else tuple(self._waiting.pop(key).values())

    def _page(self, records: list[TableRecord], rejected: list[Rejected], done: int, *, is_last: bool = False) -> Page:
        return Page(
            stream=self._kind.value,
            records=tuple(records),
            rejected=tuple(rejected),
            is_last=is_last,
            done=done,
            total=self._total,
        )


def _file(path: Path, kind: ImportKind, plan: TablePlan, *, is_first: bool) -> _File:
    layout = _layout(path, plan, is_first=is_first)
    table = Table(path, layout)
    head = head_of(table, layout, plan.header_row if is_first else plan.choice_of(str(path)).header_row)
    names = head.names if head.row or layout.format == "jsonl" else tuple(column.column for column in plan.columns)
    position_by_column = {name: position for position, name in enumerate(names)}
    missing = [column.column for column in plan.columns if column.target and column.column not in position_by_column]
    if missing and layout.format != "jsonl":
        raise TableError(f"“{path.name}” has no column “{missing[0]}”. Choose the file again, or import it by itself")
    fields = fields_of(plan.columns, position_by_column, kind)
    return _File(title_of(path), table, head.row, head.most_cells, fields, key_fields_of(kind, fields), names)


def _layout(path: Path, plan: TablePlan, *, is_first: bool) -> Layout:
    """As planned for the first file, whose encoding and delimiter the teammate saw; chosen or guessed for the others."""
    if plan.format == "jsonl" or is_first:
        if format_of(path) != plan.format:
            raise TableError(f"“{path.name}” is not like the file that was looked at. Choose it again")
        if plan.format == "jsonl":
            return Layout("jsonl", keys=tuple(column.column for column in plan.columns))
        return Layout(plan.format, plan.encoding, plan.delimiter, plan.sheet, plan.sheets)
    choice = plan.choice_of(str(path))
    layout = layout_of(path, choice)
    return replace(layout, sheet=plan.sheet) if plan.sheet in layout.sheets and not choice.sheet else layout


def _record(kind: ImportKind, file: _File, row: Row) -> TableRecord:
    if row.problem:
        raise RowError("", "", f"The row {row.problem}")
    return record_of(kind, file.fields, row.cells)


def _rejected(file: _File, row: Row, error: RowError) -> Rejected:
    cells = tuple(
        (name, text_of(cell)[:_LONGEST_KEPT]) for name, cell in zip(file.columns, row.cells, strict=False) if cell != ""
    )
    problem = RowProblem(row.number, error.column, error.text[:_LONGEST_KEPT], error.reason, file.name, cells)
    return Rejected(f"{file.name}:{row.number}", error.reason, problem_to_json(problem).encode("ascii"))
