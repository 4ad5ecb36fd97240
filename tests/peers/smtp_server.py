"""A small SMTP server of ours on loopback that counts what it took over, and that fails exactly where a test wants it to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO


@dataclass
class SmtpServer:
    """What it took over, as bytes. ``cut_at`` is where it hangs up: greeting, mail, rcpt, data, body, or dot (after taking over).

    ``answers`` by command replace what it says. ``at_dot`` is set when a whole mail has come; with ``waits`` it then says
    nothing until ``go_on`` is set, with ``hold_at`` at that command.
    """

    port: int = 0
    taken: list[bytes] = field(default_factory=list)
    cut_at: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    waits: bool = False
    hold_at: str = ""
    at_dot: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    connections: int = 0
    heard: list[str] = field(default_factory=list)

    def serve(self, server: socket.socket) -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as reading:
            try:
                self._converse(line, reading)
            except OSError:
                return

    def _converse(self, line: socket.socket, reading: IO[bytes]) -> None:
        if self.cut_at == "greeting":
            return
        self._say(line, "greeting", "220 ours")
        while words := reading.readline().decode("utf-8", "replace").strip():
            verb = words.split()[0].lower()
            self.heard.append(words)
            if verb == self.cut_at:
                return
            match verb:
                case "ehlo":
                    line.sendall(b"250-ours\r\n250 AUTH PLAIN\r\n")
                case "data":
                    if not self._take(line, reading):
                        return
                case "quit":
                    self._say(line, verb, "221 bye")
                    return
                case _:
                    self._say(line, verb, "235 ok" if verb == "auth" else "250 ok")

    def _take(self, line: socket.socket, reading: IO[bytes]) -> bool:
        self._say(line, "data", "354 go on")
        if "data" in self.answers:
            return True
        mail = []
        while (part := reading.readline()) != b".\r\n":
            if not part or self.cut_at == "body":
                return False
            mail.append(part[1:] if part.startswith(b"..") else part)
        if "dot" not in self.answers:
            self.taken.append(b"".join(mail))
        self.at_dot.set()
        if self.waits:
            self.go_on.wait(30)
        if self.cut_at == "dot":
            return False
        self._say(line, "dot", "250 taken")
        return True

    def _say(self, line: socket.socket, verb: str, words: str) -> None:
        if verb == self.hold_at:
            self.go_on.wait(30)
        line.sendall(f"{self.answers.get(verb, words)}\r\n".encode())


@contextmanager
def smtp_server() -> Iterator[SmtpServer]:
    """A server for the length of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = SmtpServer(listening.getsockname()[1])
        thread = threading.Thread(target=made.serve, args=(listening,), daemon=True)
        thread.start()
        yield made
        made.go_on.set()
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)
