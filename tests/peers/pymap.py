"""pymap, an IMAP server without CONDSTORE: the way every sync must still work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from imapclient import IMAPClient
from tests.peers.network import free_port, stop, wait_until_listening

HOST = "127.0.0.1"
USER = "demouser"
PASSWORD = "demopass"


@contextmanager
def running_pymap() -> Iterator[Pymap]:
    """A server with pymap's demonstration mailbox (INBOX, Sent, Trash), for the length of the block."""
    port = free_port()
    # -P: in this folder "pymap" would be the file you are reading.
    command = [sys.executable, "-P", "-c", "from pymap.main import main; main()"]
    command += ["--host", HOST, "--port", str(port), "--no-tls", "dict", "--demo-data"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_listening(port, server)
        yield Pymap(port)
    finally:
        stop(server)


class Pymap:
    """Where the server listens, and what happens in its mailbox behind a client's back."""

    def __init__(self, port: int) -> None:
        self.port = port

    def load(self, mails: Iterable[bytes], folder: str = "INBOX") -> None:
        with self.session(folder) as client:
            for mail in mails:
                client.append(folder, mail)

    def delete_all(self, folder: str = "INBOX") -> None:
        with self.session(folder) as client:
            client.delete_messages(client.search("ALL"))
            client.expunge()

    @contextmanager
    def session(self, folder: str = "INBOX") -> Iterator[IMAPClient]:
        """A logged-in client with the folder selected."""
        with IMAPClient(HOST, self.port, ssl=False) as client:
            client.login(USER, PASSWORD)
            client.select_folder(folder)
            yield client
