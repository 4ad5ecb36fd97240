"""The README's commands are ones that exist."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from tests.house.reading import ROOT

README = ROOT / "README.md"
BOOTSTRAP = ROOT / "packaging" / "bootstrap.py"
_PATH_IN_README = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("command", ["run", "test"])
def test_the_readme_gives_the_two_commands_of_the_bootstrap(command: str) -> None:
    assert f"python3 packaging/bootstrap.py {command}" in README.read_text(encoding="utf-8")
    shown = subprocess.run([sys.executable, BOOTSTRAP, "--help"], capture_output=True, text=True, check=False)
    assert f"bootstrap.py {command}" in shown.stderr


def test_every_file_that_the_readme_links_is_there() -> None:
    linked = _PATH_IN_README.findall(README.read_text(encoding="utf-8"))

    assert [path for path in linked if not (ROOT / path).exists()] == []


def test_ci_runs_the_readmes_test_command() -> None:
    assert "python3 packaging/bootstrap.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
