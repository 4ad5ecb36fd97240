"""What the two commands start once everything is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bootstrap_steps.environment import ready_environment
from bootstrap_steps.qt_libraries import ready_qt
from bootstrap_steps.quiet import say

TOUR_FOLDER = "tour-pictures"
OPTIONS_WITH_VALUE = {"--workspace", "--passphrase-file"}
MOST_TEST_PROCESSES = 4


def prepare(root: Path, *, purpose: str) -> Path:
    """Install what is missing for "run" or "test" and return the Python to start."""
    python = ready_environment(root, purpose=purpose)
    ready_qt(python)
    return python


def run(python: Path, arguments: Sequence[str]) -> int:
    """Start the program; where its window has no display to open on, draw the tour's pictures instead."""
    is_shown = has_display(os.environ)
    words = program_arguments(arguments, has_display=is_shown)
    if not is_shown and list(words) != list(arguments):
        say(f"there is no display here, so the tour's pictures are written to ./{TOUR_FOLDER} instead of a window.")
    return _become([str(python), "-m", "console", *words], os.environ)


def test(root: Path, python: Path, arguments: Sequence[str]) -> int:
    """Run pytest on the whole suite, or with the given arguments in their place."""
    processes = min(MOST_TEST_PROCESSES, os.cpu_count() or 1)
    words = list(arguments) or ["-n", str(processes), "--dist", "loadfile"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return _become([str(python), "-m", "pytest", *words], environment, cwd=root)


def has_display(environment: Mapping[str, str]) -> bool:
    """Only Linux can be without one: elsewhere a window always opens."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(environment.get(name) for name in names)


def program_arguments(arguments: Sequence[str], *, has_display: bool) -> Sequence[str]:
    """The program's arguments as given; for a window the sample is added, or the tour where no window can open."""
    if _names_command(arguments):
        return arguments
    if has_display:
        return [*arguments, "--sample"]
    return [*arguments, "tour", f"./{TOUR_FOLDER}"]


def _names_command(arguments: Sequence[str]) -> bool:
    """Whether one of the words is a command (`list`, `import`…) or asks for help, not only options of the window."""
    words = iter(arguments)
    for word in words:
        if word in OPTIONS_WITH_VALUE:
            next(words, None)
        elif not word.startswith("-") or word in {"-h", "--help", "--version"}:
            return True
    return False


def _become(command: Sequence[str], environment: Mapping[str, str], *, cwd: Path | None = None) -> int:
    """Run the command in the foreground and return its exit code; Ctrl+C goes to it, not to us."""
    with subprocess.Popen(command, cwd=cwd, env=dict(environment)) as program:
        while True:
            try:
                code = program.wait()
            except KeyboardInterrupt:
                continue
            return code if code >= 0 else 128 - code
