"""Folders that pass: copies of the benchmarks' workspaces, for what writes."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


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
