"""Copies of the benchmarks' workspaces, for what writes."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def copy_of(place: Path) -> Iterator[Path]:
    """A passing copy; nobody has the original open."""
    with tempfile.TemporaryDirectory(prefix="bench-") as passing:
        copied = Path(passing) / "workspace"
        shutil.copytree(place, copied)
        yield copied
