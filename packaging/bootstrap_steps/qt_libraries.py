"""The system libraries that Qt needs on Linux: which are missing, and how to get them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bootstrap_steps import debian
from bootstrap_steps.errors import WorldError
from bootstrap_steps.quiet import run_quietly, say, succeeds

# Asked of the loader, not of dpkg: a library may come from anywhere, and a package may be there without its file.
PACKAGE_BY_LIBRARY = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

_LIST_MISSING = """
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        print(name)
"""

_LOAD_QT = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6 import QtSvg, QtWidgets
QtWidgets.QApplication([])
"""


def ready_qt(python: Path) -> None:
    """See that Qt can start; installs what is missing where that is allowed, else says how.

    Raises WorldError when Qt cannot even draw offscreen; a missing library of a display alone is only said.
    """
    if not sys.platform.startswith("linux"):
        return
    packages = _packages_for(_missing(python))
    if packages and debian.may_install():
        try:
            debian.install(packages)
        except WorldError as error:
            say(str(error))
        packages = _packages_for(_missing(python))
    if not packages:
        return
    advice = advice_for(packages)
    if not succeeds([python, "-c", _LOAD_QT]):
        raise WorldError(f"Qt cannot start: system libraries are missing; {advice}")
    say(f"Qt starts, but a window may not show before you {advice}")


def _missing(python: Path) -> Sequence[str]:
    command = [python, "-c", _LIST_MISSING, *PACKAGE_BY_LIBRARY]
    return run_quietly(command, or_say=f"{python} does not answer; remove its folder and try again.").split()


def _packages_for(libraries: Sequence[str]) -> Sequence[str]:
    return [PACKAGE_BY_LIBRARY[library] for library in libraries]


def advice_for(packages: Sequence[str]) -> str:
    if debian.is_debian_like():
        return f"install them: {debian.command_for(packages)}"
    return f"install what your distribution calls {', '.join(packages)} (Debian's names)."
