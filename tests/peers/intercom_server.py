"""A stateful Intercom of ours on 127.0.0.1: API version 2.16, its limits, its odd ways, and troubles that a test asks for."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.peers.intercom_routes import ROUTES, Answered, Request
from tests.peers.intercom_shapes import error
from tests.peers.intercom_talk_routes import TALK_ROUTES
from tests.peers.intercom_world import IntercomWorld

TOKEN = "dG9rOnRlc3Q"
VERSIONS = frozenset({"2.11", "2.14", "2.15", "2.16"})
_WINDOW_SECONDS = 10
_METHODS = ("GET", "POST", "PUT", "DELETE")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What befalls the next request whose method and path fit: an answer instead, or (``is_lost``) none after it was taken."""

    pattern: re.Pattern[str]
    answer: Answered | None = None
    is_lost: bool = False


@dataclass(slots=True)
class IntercomServer:
    """The server; ``seen`` are the requests as ``"GET /me"``, ``observers`` get each request and answer."""

    world: IntercomWorld
    token: str = TOKEN
    limit: int = 10_000
    seen: list[str] = field(default_factory=list)
    headers_seen: list[Mapping[str, str]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    observers: list[Callable[[Request, Answered], None]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    scroll_breaks_at: int = 0
    _http: ThreadingHTTPServer | None = None
    _window: int = 0
    _used: int = 0

    @property
    def address(self) -> str:
        assert self._http is not None
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def fail_next(self, pattern: str, status: int, code: str = "server_error", **headers: str) -> None:
        """The next request that fits is answered with an error and not looked at."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        self.troubles.append(Trouble(re.compile(pattern), Answered(status, error(code), said)))

    def answer_next(self, pattern: str, body: Any) -> None:
        """The next request that fits is answered with this and not looked at."""
        self.troubles.append(Trouble(re.compile(pattern), Answered(200, body)))

    def lose_next(self, pattern: str) -> None:
        """The next request that fits is taken, and the connection ends without an answer."""
        self.troubles.append(Trouble(re.compile(pattern), is_lost=True))

    def break_next_scroll_at(self, page: int) -> None:
        """The scroll breaks at that page, as Intercom's does: status 500, and only from the beginning again."""
        self.scroll_breaks_at = page

    def count(self, pattern: str) -> int:
        """How many requests fitted."""
        return sum(re.search(pattern, one) is not None for one in self.seen)

    def answered(self, request: Request, headers: Mapping[str, str]) -> Answered | None:
        """What a request gets; None for no answer at all."""
        with self.lock:
            self.seen.append(f"{request.method} {request.path}")
            self.headers_seen.append(headers)
            if headers.get("authorization") != f"Bearer {self.token}":
                return Answered(401, error("unauthorized", "Access Token Invalid"))
            limits = self._limits()
            if limits is None:
                return Answered(429, error("rate_limit_exceeded"), self._limit_headers(0))
            trouble = next((one for one in self.troubles if one.pattern.search(self.seen[-1])), None)
            if trouble is not None:
                self.troubles.remove(trouble)
                if trouble.answer is not None:
                    return trouble.answer
            if self._is_scroll_broken(request):
                return Answered(500, error("server_error", "Request failed due to an internal network error."))
            answer = self._routed(request, headers)
            for observer in self.observers:
                observer(request, answer)
            if trouble is not None and trouble.is_lost:
                return None
            return Answered(answer.status, answer.body, {**limits, **answer.headers})

    def _is_scroll_broken(self, request: Request) -> bool:
        if not self.scroll_breaks_at or request.path != "/companies/scroll":
            return False
        self.scroll_breaks_at -= 1
        if self.scroll_breaks_at:
            return False
        self.world.scrolls.clear()
        return True

    def _routed(self, request: Request, headers: Mapping[str, str]) -> Answered:
        version = headers.get("intercom-version", "2.16")
        if version not in VERSIONS:
            return Answered(400, error("intercom_version_invalid"))
        for method, pattern, take, newest_only in (*ROUTES, *TALK_ROUTES):
            found = pattern.fullmatch(request.path)
            if method == request.method and found:
                if newest_only and version != "2.16":
                    return Answered(400, error("intercom_version_invalid"))
                answer = take(self.world, request, *found.groups())
                if answer.status == 410 and version != "2.16":
                    return Answered(404, error("not_found"))
                return Answered(answer.status, answer.body, {"Intercom-Version": version, **answer.headers})
        return Answered(404, error("not_found"))

    def _limits(self) -> dict[str, str] | None:
        window = int(time.time()) // _WINDOW_SECONDS
        if window != self._window:
            self._window, self._used = window, 0
        self._used += 1
        return None if self._used > self.limit else self._limit_headers(self.limit - self._used)

    def _limit_headers(self, remaining: int) -> dict[str, str]:
        reset = (self._window + 1) * _WINDOW_SECONDS
        names = {"Limit": self.limit, "Remaining": remaining, "Reset": reset}
        return {f"X-RateLimit-{name}": str(value) for name, value in names.items()}


@contextmanager
def running_intercom(world: IntercomWorld | None = None) -> Iterator[IntercomServer]:
    """A server for the length of the block."""
    server = IntercomServer(world or IntercomWorld())
    handler = type("Asked", (_Asked,), {"intercom": server, **{f"do_{one}": _Asked.take for one in _METHODS}})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    http.daemon_threads = True
    server._http = http
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


class _Asked(BaseHTTPRequestHandler):
    intercom: IntercomServer
    protocol_version = "HTTP/1.1"
    timeout = 5
    disable_nagle_algorithm = True
    wbufsize = -1

    def take(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        raw = self.rfile.read(length) if length else b""
        parts = urlsplit(self.path)
        request = Request(
            self.command,
            parts.path,
            dict(parse_qsl(parts.query)),
            json.loads(raw) if raw else {},
            self.intercom.address,
        )
        answer = self.intercom.answered(request, {name.lower(): value for name, value in self.headers.items()})
        if answer is None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._send(answer)

    def _send(self, answer: Answered) -> None:
        body = json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        """Quiet."""
