"""A real Roundup tracker in a temporary folder: its REST interface with its own limits of speed and its ETags."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.peers.network import free_port, stop, wait_until_listening

ADMIN = Path(sys.executable).with_name("roundup-admin")
SERVER = Path(sys.executable).with_name("roundup-server")
NAME, PASSWORD = "admin", "admin"


class Roundup:
    """The tracker: where it listens, and what happens in it behind a client's back."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/demo"
        self._folder = folder
        self._tracker = folder / "tracker"
        self._server: subprocess.Popen[bytes] | None = None
        self._lay_out()

    def start(self, *, calls: int = 0, seconds: int = 10) -> None:
        """Listen; ``calls`` in ``seconds`` are permitted to everybody, 0 for any number."""
        written = (self._tracker / "config.ini").read_text(encoding="utf-8").splitlines()
        wanted = {"api_calls_per_interval": calls, "api_interval_in_sec": seconds}
        lines = [
            f"{line.split(' ')[0]} = {wanted[line.split(' ')[0]]}" if line.split(" ")[0] in wanted else line
            for line in written
        ]
        (self._tracker / "config.ini").write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [SERVER, *self._as_nobody(), "-n", "127.0.0.1", "-p", str(self.port), f"demo={self._tracker}"]
        self._server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._folder)
        wait_until_listening(self.port, self._server)

    def stop(self) -> None:
        if self._server is not None:
            stop(self._server)
            self._server = None

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """One request by a program of Python's own, so that the tests do not check our client by itself."""
        given = {
            "Authorization": "Basic " + base64.b64encode(f"{NAME}:{PASSWORD}".encode()).decode(),
            "Content-Type": "application/json",
            "X-Requested-With": "rest",
            "Referer": f"{self.address}/",
            "Origin": f"http://127.0.0.1:{self.port}",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        data = json.dumps(body).encode() if body is not None else None
        asked = urllib.request.Request(f"{self.address}/rest/data/{path}", data, given, method=method)
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return json.loads(answer.read())["data"]

    def add(self, kind: str, **values: object) -> str:
        """Make something; gives its id."""
        return self.ask("POST", kind, values)["id"]

    def change(self, kind: str, number: str, **values: object) -> None:
        etag = self.ask("GET", f"{kind}/{number}")["@etag"]
        self.ask("PATCH", f"{kind}/{number}", {"@op": "replace", **values}, If_Match=etag)

    def _lay_out(self) -> None:
        said = f"tracker_web={self.address}/,mail_domain=example.test,mail_host=127.0.0.1"
        install = [ADMIN, "-i", self._tracker, "install", "classic", "sqlite", said]
        for command in (install, [ADMIN, "-i", self._tracker, "initialise", PASSWORD]):
            subprocess.run(
                command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        config = self._tracker / "config.ini"
        # Mails about every change would go to a server that is not there.
        config.write_text(
            config.read_text(encoding="utf-8").replace("\ndebug = \n", f"\ndebug = {self._folder / 'mails'}\n")
        )
        if os.geteuid() == 0:
            self._folder.chmod(0o755)
            subprocess.run(["chown", "-R", "nobody:nogroup", self._folder], check=True)

    def _as_nobody(self) -> list[str]:
        """Roundup refuses to run as root."""
        return ["-u", "nobody", "-g", "nogroup"] if os.geteuid() == 0 else []


@contextmanager
def running_roundup(*, calls: int = 0, seconds: int = 10) -> Iterator[Roundup]:
    """A tracker that runs for the length of the block; skips where Roundup is missing."""
    if not SERVER.exists():
        pytest.skip("needs Roundup: pip install roundup")
    folder = Path(tempfile.mkdtemp(prefix="roundup-"))
    peer = Roundup(folder)
    try:
        peer.start(calls=calls, seconds=seconds)
        yield peer
    finally:
        peer.stop()
        shutil.rmtree(folder)
