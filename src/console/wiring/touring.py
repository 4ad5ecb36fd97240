"""The tour put together: the given workspace, or the sample in a passing one, shown to no one and photographed."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from console.store import workspace as files
from console.store.workspace import Role, Workspace
from console.system import hardening, keys
from console.wiring import opening
from console.wiring.filling import fill_folder
from console.wiring.window import Opened, session_of


def tour_of(
    folder: Path, passphrase: str | None, pictures: Path, theme: str, size: tuple[int, int], scale: float
) -> tuple[Path, ...]:
    """Write the pictures and give their paths; where there is no workspace yet, of the sample."""
    hardening.keep_memory_private()
    from console.ui.tour import tour

    with _workspace(folder, passphrase) as opened:
        return tour(lambda: session_of(opened), pictures, "dark" if theme == "dark" else "light", size, scale)


@contextlib.contextmanager
def _workspace(folder: Path, passphrase: str | None) -> Iterator[Opened]:
    if files.exists(folder) or keys.read_key_file(folder):
        key = opening.key_for(folder, passphrase)
        yield Opened(Workspace(folder, key, Role.WINDOW), key)
        return
    with tempfile.TemporaryDirectory(prefix="support-console-tour-") as passing:
        place = Path(passing) / "workspace"
        made = opening.make_passing(place)
        fill_folder(place, made.key)
        yield Opened(Workspace(place, made.key, Role.WINDOW), made.key)
