"""httpx over connections of ours, which end on time and look at each address before they connect."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import certifi
import httpcore
import httpx
from typing_extensions import override

from console.connectors.http_net import Limit, Network, Permit, Resolver


def _trust() -> ssl.SSLContext:
    """What this computer trusts, a company's own authority included, and Mozilla's list where it brings none (macOS)."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class Transport(httpx.BaseTransport):
    """httpx over connections of ours: it has no total deadline, and looks at no address before it connects."""

    def __init__(self, limit: Limit, allow_private: bool, resolver: Resolver) -> None:
        self._pools: dict[str, httpcore.ConnectionPool] = {}
        self._limit, self._allow_private, self._resolver = limit, allow_private, resolver

    @override
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.read(),
        )
        response = self._pool(request.url.scheme).handle_request(asked)
        return httpx.Response(
            response.status, headers=response.headers, stream=_Incoming(response), extensions=response.extensions
        )

    @override
    def close(self) -> None:
        for pool in self._pools.values():
            pool.close()

    def _pool(self, scheme: str) -> httpcore.ConnectionPool:
        if scheme not in self._pools:
            permit = Permit(self._allow_private, is_encrypted=scheme == "https")
            network = Network(self._limit, permit, self._resolver)
            self._pools[scheme] = httpcore.ConnectionPool(
                ssl_context=_trust(),
                max_connections=4,
                keepalive_expiry=20,
                network_backend=network,
            )
        return self._pools[scheme]


class _Incoming(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    @override
    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    @override
    def close(self) -> None:
        self._response.close()
