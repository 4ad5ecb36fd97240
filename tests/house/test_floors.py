"""Arrows between the floors of the house only point down."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.house.reading import ROOT


def test_every_contract_of_import_linter_is_kept(tmp_path: Path) -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")

    result = subprocess.run(
        [lint_imports, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=ROOT / "src",
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout
