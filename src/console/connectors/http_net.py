"""Connections that end on time: every wait looks at a deadline and at ``stop``, and only permitted addresses are connected to."""

from __future__ import annotations

import ipaddress
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Event
from typing import Any

import httpcore
from typing_extensions import override

from console.connectors.errors import SourceError, TemporaryError
from console.system import clock

_LOOK_SECONDS = 0.2
_CONNECT_SECONDS = 10.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolver = Callable[[str, int], Iterable[str]]
"""The addresses of a host, as text; raises OSError."""


class StoppedError(TemporaryError):
    """``stop`` was set while something waited; nothing is wrong."""

    def __init__(self) -> None:
        super().__init__("Stopped.", "")


class OverdueError(TemporaryError):
    """The time for one request is over."""


@dataclass(slots=True)
class Limit:
    """Until when the present request may last (``clock.monotonic`` seconds), and what ends it before."""

    stop: Event
    host: str
    until: float = 0.0
    is_sent: bool = False

    def slice(self) -> float:
        """The next short wait. Raises StoppedError, OverdueError."""
        if self.stop.is_set():
            raise StoppedError
        left = self.until - clock.monotonic()
        if left <= 0:
            raise OverdueError(f"{self.host} did not finish its answer in time.")
        return min(left, _LOOK_SECONDS)


@dataclass(frozen=True, slots=True)
class Permit:
    """Which addresses may be connected to: public ones, private ones only with consent; unencrypted ones only private."""

    allow_private: bool
    is_encrypted: bool

    def allows(self, address: str) -> bool:
        plain = unwrapped(address)
        is_public = plain.is_global and not plain.is_multicast
        if plain.is_multicast or plain.is_unspecified:
            return False
        return is_public if self.is_encrypted and not self.allow_private else self._allows_private(is_public)

    def _allows_private(self, is_public: bool) -> bool:
        return self.allow_private and (self.is_encrypted or not is_public)


def unwrapped(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address that is really reached: IPv4 inside IPv6 (mapped, 6to4, Teredo, NAT64) is taken out. Raises ValueError."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return found
    inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
    if inner is None and (found in _NAT64 or (int(found) >> 32 == 0 and int(found) > 1)):
        inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
    return inner or found


def resolved(host: str, port: int) -> Iterable[str]:
    """The addresses that the system's resolver gives now. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Network(httpcore.NetworkBackend):
    """Opens connections for httpcore: the address that was checked is the one that is connected to, each time anew."""

    def __init__(self, limit: Limit, permit: Permit, resolver: Resolver = resolved) -> None:
        self._limit = limit
        self._permit = permit
        self._resolver = resolver

    @override
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._addresses(host, port)
        permitted = [address for address in addresses if self._permit.allows(address)]
        if not permitted:
            raise _refused(host, self._permit)
        problem: OSError | None = None
        for address in permitted:
            try:
                return Stream(self._connected(address, port), self._limit)
            except OSError as error:
                problem = error
        raise TemporaryError(f"Nothing answers at {host}.", _CHECK) from problem

    def _addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Asked in a thread: a resolver that hangs must not outlast the deadline, and nothing can interrupt it."""
        found: list[str] = []
        failed: list[OSError] = []
        done = Event()

        def ask() -> None:
            try:
                found.extend(self._resolver(host, port))
            except (OSError, UnicodeError) as error:
                failed.append(error if isinstance(error, OSError) else OSError(str(error)))
            done.set()

        threading.Thread(target=ask, name="resolving", daemon=True).start()
        while not done.wait(self._limit.slice()):
            pass
        if failed or not found:
            raise TemporaryError(f"{host} is not found.", _CHECK) from (failed[0] if failed else None)
        return tuple(found)

    def _connected(self, address: str, port: int) -> socket.socket:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.setblocking(False)
            connection.connect_ex((address, port))
            until = clock.monotonic() + _CONNECT_SECONDS
            while not select.select([], [connection], [connection], self._limit.slice())[1]:
                if clock.monotonic() > until:
                    raise TimeoutError("no answer while connecting")
            if code := connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                raise OSError(code, "not connected")
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            connection.close()
            raise
        return connection


class Stream(httpcore.NetworkStream):
    """One connection; reading and writing end at the deadline or at ``stop``, whatever the other side does."""

    def __init__(self, connection: socket.socket, limit: Limit) -> None:
        self._connection = connection
        self._limit = limit

    @override
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            self._connection.settimeout(self._limit.slice())
            try:
                return self._connection.recv(max_bytes)
            except TimeoutError:
                continue
            except OSError as error:
                raise httpcore.ReadError(str(error)) from error

    @override
    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._limit.is_sent = True
        rest = memoryview(buffer)
        while rest:
            self._connection.settimeout(self._limit.slice())
            try:
                rest = rest[self._connection.send(rest) :]
            except TimeoutError:
                continue
            except OSError as error:
                raise httpcore.WriteError(str(error)) from error

    @override
    def close(self) -> None:
        self._connection.close()

    @override
    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            self._connection.settimeout(self._limit.slice())
            secured = ssl_context.wrap_socket(
                self._connection, server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._connection = secured
            while not self._is_secured(secured):
                pass
        except TemporaryError:
            self.close()
            raise
        except ssl.SSLCertVerificationError as error:
            self.close()
            what = f"The certificate of {self._limit.host} is refused ({error.verify_message})."
            raise SourceError(what, "Check the address; ask whoever runs the server.") from error
        except OSError as error:
            self.close()
            raise TemporaryError(f"No encrypted connection to {self._limit.host} can be made.", _CHECK) from error
        return Stream(secured, self._limit)

    def _is_secured(self, secured: ssl.SSLSocket) -> bool:
        secured.settimeout(self._limit.slice())
        try:
            secured.do_handshake()
        except TimeoutError:
            return False
        return True

    @override
    def get_extra_info(self, info: str) -> Any:
        match info:
            case "ssl_object":
                return self._connection if isinstance(self._connection, ssl.SSLSocket) else None
            case "is_readable":
                # Between two requests nothing is due: what can be read is the end of the connection.
                return bool(select.select([self._connection], [], [], 0)[0])
            case "socket":
                return self._connection
            case _:
                return None


_CHECK = "Check the address and your network; it will be tried again."


def _refused(host: str, permit: Permit) -> SourceError:
    if permit.allow_private:
        return SourceError(f"{host} would be spoken to unencrypted.", "Use an address that begins with https://.")
    what = f"{host} lies in a private network, and this source may not connect to one."
    return SourceError(what, "Check the address; where it is right, allow private addresses for this source.")
