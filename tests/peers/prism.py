"""Prism with Intercom's description: a stranger that checks the shape of requests, gives one page for ever, and names other hosts.

It keeps nothing: what it answers are the examples of the description.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.peers.intercom_description import DESCRIPTION
from tests.peers.network import free_port, stop, wait_until_listening

PLACE = "SUPPORT_CONSOLE_PRISM"
_START_SECONDS = 90


@contextmanager
def running_prism(*, dynamic: bool = False) -> Iterator[str]:
    """The address of a Prism for the length of the block; skips where it, Node or the description is missing."""
    program = Path(os.environ.get(PLACE, "")) / "node_modules" / ".bin" / "prism"
    if not os.environ.get(PLACE) or not program.exists() or shutil.which("node") is None:
        pytest.skip(f"needs Prism: npm install @stoplight/prism-cli in a folder that {PLACE} names")
    if not DESCRIPTION.exists():
        pytest.skip("needs Intercom's description beside the checkout: ../shared/specs/intercom-2.16.yaml")
    port = free_port()
    command = [
        str(program),
        "mock",
        *(["--dynamic", "--seed", "console"] if dynamic else []),
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
        str(DESCRIPTION),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_listening(port, server, seconds=_START_SECONDS)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(server)
