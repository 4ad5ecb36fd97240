"""Records that were left out, kept as a table that anybody can open."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from console.domain.imports import Problem
from console.domain.safe_cells import safe_row, safe_writer


def save_problems(path: Path, problems: Iterable[Problem]) -> None:
    """Writes which rows were left out and why as a table that no spreadsheet runs. Raises OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = safe_writer(stream)
        writer.writerow(("row", "reason", "content"))
        for problem in problems:
            content = problem.raw.decode("utf-8", "replace")
            writer.writerow(safe_row((problem.external_id, problem.reason, content)))
