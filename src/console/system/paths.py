"""Where the program's own files lie."""

from __future__ import annotations

from pathlib import Path


def resources() -> Path:
    """The folder of icons, fonts and map: beside `src` in a checkout, inside the package where it is installed.

    Raises FileNotFoundError where neither holds it, because the program is then damaged.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "resources", package.parent.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"The program's own resources are missing beside {package}. Install it again.")
