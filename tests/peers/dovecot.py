"""A real Dovecot with a private configuration in a temporary folder, started as root, its mail owned by nobody.

Any user name logs in with PASSWORD and has a mailbox of its own, so that one server serves many tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from imapclient import IMAPClient
from tests.peers.corpus import write_maildir
from tests.peers.network import free_port, stop, wait_until_listening

PROGRAM = Path("/usr/sbin/dovecot")
TEMPLATE = Path(__file__).with_name("dovecot.conf.in")
HOST = "127.0.0.1"
USER = "agent"
PASSWORD = "secret"
# Started again at once, Dovecot finds its own old sockets and refuses.
PAUSE_BEFORE_RESTART_SECONDS = 1.5


@contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    """A server that runs for the length of the block; skips where Dovecot or root is missing."""
    if not PROGRAM.exists():
        pytest.skip("needs Dovecot: apt-get install dovecot-imapd")
    if os.geteuid() != 0:
        pytest.skip("needs root, since Dovecot gives each mailbox process another user")
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    server = Dovecot(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


class Dovecot:
    """The server: where it listens, and what happens in its mailboxes behind a client's back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.tls_port = free_port()
        self.certificate = folder / "cert.pem"
        self._server: subprocess.Popen[bytes] | None = None
        self._loads = 0
        self._lay_out()

    def start(self) -> None:
        self._server = subprocess.Popen([PROGRAM, "-F", "-c", self._configuration], stderr=subprocess.DEVNULL)
        wait_until_listening(self.port, self._server)

    def stop(self) -> None:
        if self._server is not None:
            stop(self._server)
            self._server = None

    def restart(self) -> None:
        self.stop()
        time.sleep(PAUSE_BEFORE_RESTART_SECONDS)
        self.start()

    def kick(self, *, user: str = USER) -> None:
        """Cut every connection of a user in the middle of what it does."""
        self._doveadm("kick", user)

    def load(self, mails: Iterable[bytes], folder: str = "INBOX", *, user: str = USER, flags: str = "S") -> None:
        """Put mails straight into the Maildir, thousands a second; they get rising UIDs in this order."""
        self._loads += 1
        home = self.folder / "mail" / user
        maildir = write_maildir(
            self._maildir(folder, user=user), mails, flags=flags, prefix=str(1_030_000_000 + self._loads)
        )
        for path in (home, *home.rglob("*"), maildir):
            shutil.chown(path, "nobody", "nogroup")

    def append(self, mail: bytes, folder: str = "INBOX", *, user: str = USER, flags: Sequence[bytes] = ()) -> None:
        with self.session(folder, user=user) as client:
            client.append(folder, mail, flags)

    def flag(self, uids: Sequence[int], flags: Sequence[bytes], folder: str = "INBOX", *, user: str = USER) -> None:
        """Give messages exactly these flags."""
        with self.session(folder, user=user) as client:
            client.set_flags(uids, flags)

    def delete(self, uids: Sequence[int], folder: str = "INBOX", *, user: str = USER) -> None:
        """Mark messages as deleted and expunge them."""
        with self.session(folder, user=user) as client:
            client.delete_messages(uids)
            client.expunge()

    def reset_uidvalidity(self, folder: str = "INBOX", *, user: str = USER) -> None:
        """Forget all UIDs of a folder: the same mails, a new UIDVALIDITY."""
        self.kick(user=user)
        maildir = self._maildir(folder, user=user)
        # The file dovecot-uidvalidity stays: without its counter, two resets within a second would look like none.
        for path in [*maildir.glob("dovecot-uidlist"), *maildir.glob("dovecot.index*")]:
            path.unlink()

    def threads(self, folder: str = "INBOX", *, user: str = USER) -> int:
        """How many conversations Dovecot's own THREAD REFERENCES sees."""
        with self.session(folder, user=user) as client:
            return len(client.thread("REFERENCES", "ALL", "UTF-8"))

    @contextmanager
    def session(self, folder: str = "INBOX", *, user: str = USER) -> Iterator[IMAPClient]:
        """A logged-in client with the folder selected, for looking and for changing things."""
        with IMAPClient(HOST, self.port, ssl=False) as client:
            client.login(user, PASSWORD)
            client.select_folder(folder)
            yield client

    @property
    def _configuration(self) -> Path:
        return self.folder / "dovecot.conf"

    def _lay_out(self) -> None:
        self.folder.chmod(0o711)  # the mailbox processes of nobody walk through it
        for name in ("run", "state", "mail"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "mail", "nobody", "nogroup")
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost"]
        command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        command += ["-keyout", str(self.folder / "key.pem"), "-out", str(self.certificate)]
        subprocess.run(command, check=True, capture_output=True)
        text = TEMPLATE.read_text(encoding="utf-8")
        values = {"$D": str(self.folder), "$PORT": str(self.port), "$TLS_PORT": str(self.tls_port)}
        for name, value in values.items():
            text = text.replace(name, value)
        self._configuration.write_text(text, encoding="utf-8")

    def _maildir(self, folder: str, *, user: str) -> Path:
        inbox = self.folder / "mail" / user / "Maildir"
        return inbox if folder == "INBOX" else inbox / f".{folder.replace('/', '.')}"

    def _doveadm(self, *words: str) -> None:
        command = ["doveadm", "-c", self._configuration, *words]
        # Nobody connected is fine: doveadm then ends with 68 and there is nothing to cut.
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode not in {0, 68}:
            raise RuntimeError(f"doveadm {words}: {result.stderr.strip()}")
