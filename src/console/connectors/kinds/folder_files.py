"""Which files lie in a watched folder, of what sort they are, and which have changed since they were read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from console.connectors.errors import SourceError
from console.connectors.mailbox_kinds import mailbox_kind
from console.connectors.survey_kinds import is_survey_export

_MOST_FILES = 20_000
_MOST_LEVELS = 5
_TABLES = frozenset((".csv", ".tsv", ".xlsx", ".xlsm", ".jsonl", ".ndjson"))
_MAILS = frozenset((".eml", ".emlx", ".mbox", ".mbx", ".mail", ""))
_SURVEYS = frozenset((".csv", ".json", ".jsonl", ".ndjson"))


class Sort(StrEnum):
    """How a file is read."""

    MAIL = "mailbox"
    TABLE = "spreadsheet"
    SURVEY = "surveys"


@dataclass(frozen=True, slots=True)
class Lying:
    """A file by its path below the folder; ``mark`` is another one as soon as the file was written again."""

    name: str
    path: Path
    mark: str
    changed_at: float


def files_in(folder: Path) -> tuple[Lying, ...]:
    """All files that could be read, oldest change first. Raises SourceError where the folder is not there or holds too many."""
    found: list[Lying] = []
    try:
        for path in _walk(folder, _MOST_LEVELS):
            status = path.stat()
            name = path.relative_to(folder).as_posix()
            found.append(Lying(name, path, f"{status.st_size}:{status.st_mtime_ns}", status.st_mtime))
            if len(found) > _MOST_FILES:
                raise SourceError(f"The folder holds more than {_MOST_FILES:,} files.", "Choose a smaller one.")
    except OSError as error:
        what = f"The folder cannot be read ({error.strerror or 'unknown error'})."
        raise SourceError(what, "Check that it is there and that you may read it.") from error
    return tuple(sorted(found, key=lambda one: (one.changed_at, one.name)))


def sort_of(path: Path) -> Sort | None:
    """By the ending and by what stands in it; None for what is nothing that can be read. Raises OSError."""
    ending = path.suffix.lower()
    if ending in _SURVEYS and is_survey_export(path):
        return Sort.SURVEY
    if ending in _TABLES:
        return Sort.TABLE
    return Sort.MAIL if ending in _MAILS and mailbox_kind(path) else None


def marks_of(cursor: str | None) -> dict[str, str]:
    """From a file's name to its mark when it was read. A cursor that cannot be read is none: all is read again."""
    try:
        content = json.loads(cursor) if cursor else {}
    except ValueError:
        return {}
    return {str(name): str(mark) for name, mark in content.items()} if isinstance(content, dict) else {}


def cursor_of(marks: Mapping[str, str]) -> str | None:
    """The cursor as it is kept, None where nothing was read yet."""
    return json.dumps(marks, sort_keys=True, ensure_ascii=False, separators=(",", ":")) if marks else None


def _walk(folder: Path, levels: int) -> Iterator[Path]:
    """Files that can be seen, links left alone: a link could lead to anything on this computer."""
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda one: one.name)
    for entry in ordered:
        if entry.name.startswith((".", "~$")) or entry.is_symlink():
            continue
        if entry.is_dir() and levels > 1:
            yield from _walk(Path(entry.path), levels - 1)
        elif entry.is_file():
            yield Path(entry.path)
