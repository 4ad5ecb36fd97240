"""Folders that pass: copies of the benchmarks' workspaces, for what writes, and ones that share the large files, for windows."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from console.store.workspace import JOURNAL_FILE, SEARCH_FILE, WORKSPACE_FILE


@contextlib.contextmanager
def passing_folder() -> Iterator[Path]:
    """An empty folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as passing:
        yield Path(passing)


@contextlib.contextmanager
def copy_of(place: Path) -> Iterator[Path]:
    """A copy of a workspace; nobody has the original open."""
    with passing_folder() as passing:
        copied = passing / "workspace"
        shutil.copytree(place, copied)
        yield copied


@contextlib.contextmanager
def edited_beside(place: Path) -> Iterator[Path]:
    """The workspace with a journal of its own, for a window: what windows only read is the same file, however large."""
    with tempfile.TemporaryDirectory(prefix="passing-", dir=place.parent) as passing:
        made = Path(passing) / "workspace"
        made.mkdir(mode=0o700)
        shutil.copy2(place / JOURNAL_FILE, made / JOURNAL_FILE)
        for name in (WORKSPACE_FILE, SEARCH_FILE):
            os.link(place / name, made / name)
        yield made
