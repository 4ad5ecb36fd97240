"""A real Request Tracker 5 in a temporary folder, with a database of its own: its REST interface, its histories, its 412."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.peers.network import free_port, stop, wait_until_listening

SERVER = Path("/usr/share/request-tracker5/libexec/rt-server")
SETUP = Path("/usr/sbin/rt-setup-database-5")
NAME, PASSWORD = "root", "password"
# The time zone differs from UTC on purpose: RT reads the times in a question by it.
SETTINGS = """\
Set($rtname, 'example.test');
Set($Organization, 'example.test');
Set($WebDomain, '127.0.0.1');
Set($WebPort, {port});
Set($WebPath, '');
Set($Timezone, 'America/Los_Angeles');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '{folder}/rt.sqlite');
Set($MailCommand, 'testfile');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'error');
1;
"""


class RequestTracker:
    """RT: where it listens, and what happens in it behind a client's back."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        # An empty folder for further settings: Debian's own would say another WebPath.
        (folder / "further").mkdir()
        (folder / "settings.pm").write_text(SETTINGS.format(port=self.port, folder=folder), encoding="utf-8")
        self._environment = {
            **os.environ,
            "RT_SITE_CONFIG": str(folder / "settings.pm"),
            "RT_SITE_CONFIG_DIR": str(folder / "further"),
            "TMPDIR": str(folder),
        }
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._run([SETUP, "--action", "init", "--skip-create"])
        command = [SERVER, "--server", "Starlet", "--host", "127.0.0.1", "--port", str(self.port), "--max-workers", "2"]
        self._server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            cwd=self._folder,
        )
        wait_until_listening(self.port, self._server, seconds=60)

    def stop(self) -> None:
        if self._server is not None:
            stop(self._server)
            self._server = None

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """One request by a program of Python's own, so that the tests do not check our client by itself."""
        given = {
            "Authorization": "Basic " + base64.b64encode(f"{NAME}:{PASSWORD}".encode()).decode(),
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        data = json.dumps(body).encode() if body is not None else None
        asked = urllib.request.Request(f"{self.address}/REST/2.0/{path}", data, given, method=method)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.loads(answer.read())

    def person(self, name: str, **values: object) -> str:
        """Make somebody; gives their name, which is their id."""
        return self.ask("POST", "user", {"Name": name, "EmailAddress": f"{name}@Example.com", **values})["id"]

    def ticket(self, subject: str, requestor: str, content: str, **values: object) -> str:
        """Make a ticket; gives its number."""
        said = {"Queue": "General", "Subject": subject, "Requestor": requestor, "Content": content, **values}
        return str(self.ask("POST", "ticket", {"ContentType": "text/plain", **said})["id"])

    def people(self, number: int) -> frozenset[str]:
        """Make so many people at once, past the REST interface, which takes long for each."""
        names = [f"person{place}" for place in range(number)]
        said = ",".join(f"{{Name => '{name}', EmailAddress => '{name}@example.com'}}" for name in names)
        further = self._folder / "people.pm"
        further.write_text(f"@Users = ({said});\n1;\n", encoding="utf-8")
        self._run([SETUP, "--action", "insert", "--datafile", further, "--skip-create"])
        return frozenset(names)

    def _run(self, command: list[str | Path]) -> None:
        subprocess.run(
            command,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            cwd=self._folder,
        )


@contextmanager
def running_request_tracker() -> Iterator[RequestTracker]:
    """An RT that runs for the length of the block; skips where RT is missing."""
    if not (SERVER.exists() and SETUP.exists()):
        pytest.skip("needs RT: apt-get install request-tracker5 rt5-standalone rt5-db-sqlite dbconfig-no-thanks")
    folder = Path(tempfile.mkdtemp(prefix="request-tracker-"))
    peer = RequestTracker(folder)
    try:
        peer.start()
        yield peer
    finally:
        peer.stop()
        shutil.rmtree(folder)
