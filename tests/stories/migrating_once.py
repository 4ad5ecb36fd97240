"""A process that brings a workspace up to a version that does not exist yet, and may be killed while it does.

    python3 tests/stories/migrating_once.py MIGRATIONS

reads the key as hexadecimal from the first line and the workspace's folder from the second. MIGRATIONS is a copy of the
store's own with one more version of workspace.db in it (``w9999``).
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from console.store import migrating
from console.store.workspace import create


def main() -> None:
    migrating.__file__ = str(Path(sys.argv[1]).parent / "migrating.py")
    migrating.HEADS["workspace"] = "w9999"
    importlib.import_module("alembic.command")  # half a second that no kill should be spent on
    key = bytes.fromhex(sys.stdin.readline())
    create(Path(sys.stdin.readline().strip()), key)


if __name__ == "__main__":
    main()
