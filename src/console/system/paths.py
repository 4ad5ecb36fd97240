"""Where things lie: the program's own files, and the teammate's workspace."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

_NAME = "support-console"


@cache
def resources() -> Path:
    """The folder of icons, fonts and map: beside `src` in a checkout, inside the package where it is installed.

    Raises FileNotFoundError where neither holds it, because the program is then damaged.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "resources", package.parent.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"The program's own resources are missing beside {package}. Install it again.")


def default_workspace() -> Path:
    """The workspace that is opened where none is named; ``SUPPORT_CONSOLE_WORKSPACE`` names another."""
    # Imported where it is needed: it takes as long as painting the first frame, which comes by here for the icons.
    import platformdirs

    named = os.environ.get("SUPPORT_CONSOLE_WORKSPACE")
    return Path(named) if named else Path(platformdirs.user_data_dir(_NAME, appauthor=False)) / "workspace"


def private_folder(path: Path) -> Path:
    """The folder, made where it is missing, readable by its owner only."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def write_private(path: Path, content: bytes) -> None:
    """Write a small file whole or not at all, readable by its owner only."""
    aside = path.with_name(f".{path.name}.new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
