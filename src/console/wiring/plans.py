"""Reading plans for files: mail and exported surveys as they are, tables with their columns guessed in a bounded child."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from console.connectors.bounded import result_in_child
from console.connectors.survey_kinds import is_survey_export
from console.domain.file_names import title_of
from console.domain.importing import FOUND_OUT, ImportKind, ImportPlan, LayoutChoice

_TABLES = frozenset((".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".jsonl", ".ndjson", ".json"))
_GUESS_SECONDS = 120.0


def is_table(path: Path, kind: ImportKind | None) -> bool:
    """Whether a file is read as a table: its kind says so, or where none is given its name does."""
    if kind is not None:
        return kind is not ImportKind.CONVERSATIONS
    return path.suffix.lower() in _TABLES and not is_survey_export(path)


def plan_for(
    paths: tuple[Path, ...],
    kind: ImportKind | None,
    my_addresses: tuple[str, ...] = (),
    choice: LayoutChoice = FOUND_OUT,
) -> ImportPlan:
    """The reading plan for files of one sort; ``choice`` says how the first of them is laid out, where it is a table.

    Raises SourceError where the file cannot be read as what it should be.
    """
    names = tuple(str(path.absolute()) for path in paths)
    if not is_table(paths[0], kind):
        return ImportPlan(names, ImportKind.CONVERSATIONS, my_addresses, None, title_of(paths[0]))
    arguments = {"path": names[0], "kind": kind.value if kind else "", "choice": asdict(choice)}
    guessed = result_in_child("preview", arguments, ImportPlan, seconds=_GUESS_SECONDS)
    return ImportPlan(names, guessed.kind, my_addresses, guessed.table, guessed.origin_name or title_of(paths[0]))
