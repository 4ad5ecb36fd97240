"""Processes that bring a workspace up to a version that does not exist yet, and may be killed while they do.

    python3 tests/stories/migrating_once.py MIGRATIONS

reads the key as hexadecimal from the first line, then a workspace's folder a line, and makes a child for each, as
``short_lives.py`` does. MIGRATIONS is a copy of the store's own with one more version of workspace.db in it (``w0002``).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import alembic.command  # paid once, before the children
import alembic.config  # noqa: F401

from console.store import migrating
from console.store.workspace import create


def main() -> None:
    migrating.__file__ = str(Path(sys.argv[1]).parent / "migrating.py")
    migrating.HEADS["workspace"] = "w0002"
    key = bytes.fromhex(sys.stdin.readline())
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                create(Path(line.strip()), key)
            finally:
                os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main()
