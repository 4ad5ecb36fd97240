"""The virtual environment beside pyproject.toml: made once, refilled only when a lock file changed."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from bootstrap_steps import debian
from bootstrap_steps.errors import WorldError
from bootstrap_steps.quiet import run_quietly, say, succeeds

FOLDER = ".venv"
STAMP = "bootstrap-stamp.json"
LOCK_BY_PURPOSE = {"run": "requirements.lock", "test": "requirements-test.lock"}
LAUNCHER = """\
#!{python}
import sys

from console.__main__ import main

sys.exit(main())
"""


def ready_environment(root: Path, *, purpose: str) -> Path:
    """Return the Python of an environment that holds what the purpose ("run" or "test") needs.

    Touches neither network nor disk when the environment already fits the lock file.
    """
    folder = root / FOLDER
    python = python_of(folder)
    fingerprints = _fingerprints(root)
    if not _has_pip(python):
        _make(folder)
    elif _stamped(folder).get(purpose) == fingerprints[purpose]:
        return python
    (folder / STAMP).unlink(missing_ok=True)  # a half-done installation must not look like a whole one
    _install(root, python, LOCK_BY_PURPOSE[purpose])
    _link_project(root, folder, python)
    # The test lock holds the run lock whole, so it serves both commands.
    served = fingerprints if purpose == "test" else {"run": fingerprints["run"]}
    (folder / STAMP).write_text(json.dumps(served), encoding="utf-8")
    return python


def python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _fingerprints(root: Path) -> dict[str, str]:
    """Purpose → what an environment for it depends on: its lock file and where the checkout lies."""
    fingerprints = {}
    for purpose, name in LOCK_BY_PURPOSE.items():
        try:
            lock = (root / name).read_bytes()
        except FileNotFoundError as error:
            raise WorldError(f"{name} is missing in {root}; take a complete checkout.") from error
        fingerprints[purpose] = hashlib.sha256(lock + str(root).encode()).hexdigest()
    return fingerprints


def _stamped(folder: Path) -> dict[str, str]:
    try:
        return json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def _has_pip(python: Path) -> bool:
    """A half-made environment, or one whose Python was removed or replaced, has no working pip."""
    oldest = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    return python.exists() and succeeds([python, "-c", oldest])


def _make(folder: Path) -> None:
    say(f"making {folder} with Python {sys.version_info.major}.{sys.version_info.minor}")
    if not succeeds([sys.executable, "-c", "import venv, ensurepip"]):
        _install_venv_module()
    run_quietly(
        [sys.executable, "-m", "venv", "--clear", folder],
        or_say=f"Python could not make a virtual environment in {folder}; is the disk full or the folder read-only?",
    )


def _install_venv_module() -> None:
    """Debian keeps `venv` and `ensurepip` out of its python3 package."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if debian.may_install():
        debian.install([package])
    elif debian.is_debian_like():
        raise WorldError(f"this Python has no venv module; install it, then try again: {debian.command_for([package])}")
    else:
        raise WorldError("this Python has no venv module; install a complete Python 3.11 or newer, then try again.")


def _install(root: Path, python: Path, lock: str) -> None:
    say(f"installing the pinned dependencies from {lock} (some minutes the first time)")
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    run_quietly(
        [python, "-m", "pip", "install", *quiet, "--require-hashes", "--no-deps", "-r", root / lock],
        or_say=f"pip could not install {lock}; see above, check the network or pip's settings, then try again.",
        cwd=root,
    )


def _link_project(root: Path, folder: Path, python: Path) -> None:
    """Make `import console` and the command `support-console` work in the environment.

    A path file instead of an editable install: building one would fetch setuptools from the network.
    """
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site_packages = run_quietly([python, "-c", question], or_say=f"{python} does not answer; remove {folder}.").strip()
    Path(site_packages, "support-console.pth").write_text(f"{root / 'src'}\n", encoding="utf-8")
    if os.name == "nt":
        command = f'@"{python}" -m console %*\r\n'
        (python.parent / "support-console.cmd").write_text(command, encoding="utf-8")
        return
    launcher = python.parent / "support-console"
    launcher.write_text(LAUNCHER.format(python=python), encoding="utf-8")
    launcher.chmod(0o755)
