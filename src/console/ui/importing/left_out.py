"""Records that were left out, kept as a table that anybody can open, mend and import."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from console.domain.importing import RowProblem, problem_from_json
from console.domain.imports import Problem
from console.domain.safe_cells import safe_row, safe_writer


def row_of(problem: Problem) -> RowProblem | None:
    """The row of a table that was left out; None where it was no row (a mail)."""
    try:
        return problem_from_json(problem.raw.decode("ascii"))
    except ValueError:
        return None


def save_problems(path: Path, problems: Iterable[Problem]) -> None:
    """Writes which rows were left out and why as a table that no spreadsheet runs. Raises OSError.

    Rows of tables keep their columns, so that they can be mended there and imported again.
    """
    kept = tuple(problems)
    rows = [row_of(problem) for problem in kept]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = safe_writer(stream)
        if all(row is not None for row in rows):
            shown = [row for row in rows if row is not None]
            columns = tuple(dict.fromkeys(name for row in shown for name, _ in row.cells))
            writer.writerow(safe_row((*columns, "file", "row", "reason")))
            for row in shown:
                cells = dict(row.cells)
                values = (cells.get(name, "") for name in columns)
                writer.writerow(safe_row((*values, row.file, str(row.row), row.reason)))
            return
        writer.writerow(("row", "reason", "content"))
        for problem in kept:
            content = problem.raw.decode("utf-8", "replace")
            writer.writerow(safe_row((problem.external_id, problem.reason, content)))
