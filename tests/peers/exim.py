"""A real Exim with a private configuration: takes mail for ``example.test`` and lays it into the mailboxes of the Dovecot beside it.

Anybody signs in with PASSWORD. ``nobody-here@…`` is refused, ``greylist@…`` put off, a text with "buy now" refused at its end.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.peers.dovecot import Dovecot
from tests.peers.network import free_port, stop, wait_until_listening

PROGRAM = Path("/usr/sbin/exim4")
TEMPLATE = Path(__file__).with_name("exim.conf.in")
DOMAIN = "example.test"
_OWNER = "Debian-exim"


@contextmanager
def running_exim(dovecot: Dovecot) -> Iterator[Exim]:
    """A server that runs for the length of the block; skips where Exim or root is missing."""
    if not PROGRAM.exists():
        pytest.skip("needs Exim: apt-get install exim4-daemon-light")
    if os.geteuid() != 0:
        pytest.skip("needs root, since Exim gives each delivery another user")
    folder = Path(tempfile.mkdtemp(prefix="exim-"))
    server = Exim(folder, dovecot)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


class Exim:
    """The server: where it listens, and how many mails it took over."""

    def __init__(self, folder: Path, dovecot: Dovecot) -> None:
        self.folder, self.dovecot = folder, dovecot
        self.port, self.tls_port = free_port(), free_port()
        self.certificate = folder / "cert.pem"
        self._server: subprocess.Popen[bytes] | None = None
        folder.chmod(0o755)
        for name in ("spool", "log"):
            (folder / name).mkdir()
            shutil.chown(folder / name, _OWNER, _OWNER)
        for name in ("cert.pem", "key.pem"):
            shutil.copy(dovecot.folder / name, folder / name)
            shutil.chown(folder / name, _OWNER, _OWNER)
        text = TEMPLATE.read_text(encoding="utf-8")
        values = {
            "$D": str(folder),
            "$PORT": str(self.port),
            "$TLS_PORT": str(self.tls_port),
            "$MAIL": str(dovecot.folder / "mail"),
        }
        for name, value in values.items():
            text = text.replace(name, value)
        (folder / "exim.conf").write_text(text, encoding="utf-8")

    def start(self) -> None:
        command = [PROGRAM, "-C", self.folder / "exim.conf", "-bdf"]
        self._server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        wait_until_listening(self.port, self._server)

    def stop(self) -> None:
        if self._server is not None:
            stop(self._server)
            self._server = None

    def open_mailbox(self, user: str) -> str:
        """Make the place where mail for a user is laid; gives the address."""
        home = self.dovecot.folder / "mail" / user
        home.mkdir(exist_ok=True)
        shutil.chown(home, "nobody", "nogroup")
        # Exim with a configuration of its own delivers as itself; Dovecot reads as nobody.
        home.chmod(0o777)
        return f"{user}@{DOMAIN}"

    def accepted(self, message_id: str) -> int:
        """How many times a mail with this Message-ID was taken over."""
        log = self.folder / "log" / "mainlog"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return sum(f"id={message_id}" in line and " <= " in line for line in lines)
