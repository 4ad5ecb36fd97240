"""Ports for servers that a test starts: a free one, and waiting until somebody listens on it."""

from __future__ import annotations

import socket
import subprocess
import time

POLL_SECONDS = 0.02


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_listening(port: int, server: subprocess.Popen[bytes], *, seconds: float = 15) -> None:
    """Return once the port accepts; raises RuntimeError when the server ended or the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"{server.args!r} ended with {server.returncode} before it listened")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(POLL_SECONDS)
    raise RuntimeError(f"nobody listens on port {port} after {seconds} s")


def stop(server: subprocess.Popen[bytes], *, seconds: float = 10) -> None:
    """End a server that the test itself started, first politely."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
