"""A source's secret is seen by its server and by nobody else: no argument, environment, log, file or answer holds it (P28).

Every command is a process of its own, as a teammate would start it; the help desk is ours, on this machine.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from bench.paged_server import MANIFEST
from tests.command_line.desk import environment
from tests.sync.scripted import until
from typing_extensions import override

SECRET = "zq-7f3e-never-to-be-seen-9c1d"
OTHER = "zq-b2a8-the-next-one-55e0"


class HelpDesk:
    """Serves one page of customers to whoever knows the token, waits while it is told to, and keeps what it was sent."""

    def __init__(self) -> None:
        self.token, self.seen, self.waits = SECRET, set[str](), Event()
        self.waits.set()
        self.is_asked = Event()
        desk = self

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                desk.seen.add(self.headers["Authorization"] or "")
                desk.is_asked.set()
                desk.waits.wait(20)
                is_known = self.headers["Authorization"] == f"Bearer {desk.token}"
                content: dict[str, Any] = {"items": [], "total": 0, "more": False}
                if is_known and "customers" in self.path:
                    content = {
                        "items": [{"id": "1", "email": "ada@x.example", "name": "Ada"}],
                        "total": 1,
                        "more": False,
                    }
                body = json.dumps(
                    content if is_known else {"error": f"bad token {self.headers['Authorization']}"}
                ).encode()
                self.send_response(200 if is_known else 401)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            @override
            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self.waits.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Place:
    """A workspace under a passphrase, since the tests have no keyring, and the commands on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.passphrase_file = folder / "passphrase"
        self.passphrase_file.write_text("correct horse\n")
        self.said = ""

    def command(self, *words: str) -> list[str]:
        given = ["--workspace", str(self.folder / "workspace"), "--passphrase-file", str(self.passphrase_file)]
        return [sys.executable, "-m", "console", *given, *words]

    def run(self, *words: str) -> tuple[int, str]:
        done = subprocess.run(self.command(*words), capture_output=True, text=True, env=environment(), check=False)
        self.said += done.stdout + done.stderr
        return done.returncode, done.stdout

    def secret_file(self, secret: str) -> str:
        path = self.folder / "token"
        path.write_text(f"{secret}\n")
        return str(path)

    def sources(self) -> dict[str, Any]:
        code, said = self.run("sources", "show", "Desk", "--json")
        assert code == 0
        return json.loads(said)


@pytest.fixture
def desk() -> Iterator[HelpDesk]:
    made = HelpDesk()
    yield made
    made.close()


@pytest.fixture
def place(tmp_path: Path, desk: HelpDesk) -> Place:
    made = Place(tmp_path)
    manifest = tmp_path / "desk.yaml"
    manifest.write_text(MANIFEST)
    assert made.run("init")[0] == 0
    code, _ = made.run(
        "sources", "add", "--manifest", str(manifest), "Desk", "--set", f"base_url={desk.address}", "--allow-private",
        "--secret-file", made.secret_file(SECRET),
    )  # fmt: skip
    assert code == 0, made.said
    manifest.unlink()
    return made


def _files(place: Place) -> list[Path]:
    kept = [path for path in place.folder.rglob("*") if path.is_file() and path.name != "token"]
    assert any(path.suffix == ".log" for path in kept)
    return kept


def _holding(place: Place, *secrets: str) -> list[str]:
    return [str(path) for path in _files(place) for secret in secrets if secret.encode() in path.read_bytes()]


@pytest.mark.slow
def test_a_token_reaches_the_server_and_nothing_that_others_can_read(place: Place, desk: HelpDesk) -> None:
    desk.waits.clear()
    running = subprocess.Popen(
        place.command("sync"), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        until(desk.is_asked.is_set, 60)
        about = Path("/proc") / str(running.pid)
        if sys.platform == "linux" and os.access(about / "environ", os.R_OK):
            assert SECRET.encode() not in (about / "environ").read_bytes()
        if sys.platform == "linux":
            assert SECRET.encode() not in (about / "cmdline").read_bytes()
    finally:
        desk.waits.set()
        running.send_signal(signal.SIGTERM)
        place.said += "".join(running.communicate(timeout=60))

    assert desk.seen == {f"Bearer {SECRET}"}
    desk.token = OTHER
    assert place.run("sync", "--once", "Desk")[0] == 3
    code, _ = place.run("sources", "test", "Desk")
    assert code == 3
    assert place.run("export", str(place.folder / "export"))[0] == 0
    assert SECRET not in place.said
    assert _holding(place, SECRET) == []


@pytest.mark.slow
def test_a_revoked_token_pauses_its_source_and_another_one_lets_it_go_on(place: Place, desk: HelpDesk) -> None:
    assert place.run("sync", "--once", "Desk")[0] == 0
    desk.token = OTHER
    assert place.run("sync", "--once", "Desk")[0] == 3
    rests = place.sources()

    assert place.run("sources", "set", "Desk", "--secret-file", place.secret_file(OTHER))[0] == 0
    woken = place.sources()
    code, said = place.run("sync", "--once", "Desk", "--json")

    assert (rests["state"], rests["counts"]) == ("needs you", {"customers": 1})
    assert rests["problem"]
    assert (woken["state"], woken["problem"]) == ("ready", "")
    assert code == 0
    assert json.loads(said)["unchanged"] == 1
    assert place.sources()["runs"][0]["requests"] >= 1
    assert SECRET not in place.said
    assert OTHER not in place.said
    assert _holding(place, SECRET, OTHER) == []
