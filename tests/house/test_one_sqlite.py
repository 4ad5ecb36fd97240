"""One SQLite library in the process: a second one loses committed rows (docs/architecture.md)."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.house.reading import ROOT

IMPORT_EVERYTHING = """
import importlib, pathlib, pkgutil
import console
for found in pkgutil.walk_packages(console.__path__, "console."):
    if not found.name.endswith("__main__") and ".migrations" not in found.name:
        importlib.import_module(found.name)
import sqlcipher3
connection = sqlcipher3.connect(":memory:")
print(connection.execute("SELECT sqlite_version()").fetchone()[0])
connection.close()
maps = pathlib.Path("/proc/self/maps").read_text().splitlines()
paths = {line.split(maxsplit=5)[5] for line in maps if line.count(" ") >= 5 and "/" in line}
print(*sorted(path for path in paths if "sqlite" in path.rpartition("/")[2] or "sqlcipher" in path), sep="\\n")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc/self/maps")
def test_after_importing_everything_one_new_enough_sqlite_is_loaded() -> None:
    result = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING], cwd=ROOT / "src", capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    version, *libraries = result.stdout.split("\n")[:-1]

    assert len(libraries) == 1, libraries
    assert "sqlcipher3" in libraries[0]
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)
