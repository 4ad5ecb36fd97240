"""Requests to a source: bounded in time and size, only to its own hosts, slower when it says so, ended by ``stop``.

The only door to the network for sources that speak HTTP. Proxies of the environment are not used: a proxy resolves names
itself, and the addresses could no longer be checked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import httpcore
import httpx

from console.connectors.errors import SourceError, TemporaryError, UncertainError
from console.connectors.http_auth import Auth as Auth
from console.connectors.http_bodies import collected
from console.connectors.http_governor import LONGEST_SITTING_SECONDS, governor_of, rest, rests
from console.connectors.http_json import NotJsonError, parsed
from console.connectors.http_net import Limit, OverdueError, Resolver, resolved
from console.connectors.http_net import StoppedError as StoppedError
from console.connectors.http_places import places_of
from console.connectors.http_transport import Transport
from console.connectors.http_waits import wait_asked, wait_before_next
from console.system import clock

DEADLINE_SECONDS = 30.0
_MOST_REDIRECTS = 5
_MOST_TRIES = 4
_TRIED_AGAIN_AFTER_SECONDS = 1.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TOO_MANY = 429
_UNAVAILABLE = 503
# How servers say "done, and now look there": whoever wrote something may have been heard.
_SEE_OTHER = frozenset({302, 303})
_LOOK_FIRST = "Look whether it arrived before you send it again."

# Their lines would hold whole addresses, with what was searched for in them.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers by lower-case name, the whole body, and the address that answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    url: str = field(default="", repr=False)

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as strict JSON. Raises TemporaryError where it is anything else (promise P27)."""
        try:
            return parsed(self.body)
        except NotJsonError as error:
            what = f"The source gave an answer that cannot be used: {error}."
            raise TemporaryError(what, "It will be tried again; check the address where it stays so.") from None


class Client:
    """Speaks to one source with one credential, for one thread; close it, or use it in a ``with``.

    ``address``: where the source is, paths are below it. ``allowed_hosts``: further hosts of the same vendor that get the
    credential, https only. ``seconds_between``: the pace that the vendor asks for. Statuses 404, 409, 410, 412, 422 and
    other 4xx come back as answers. Raises TemporaryError (network, 5xx, 429 after waiting), UncertainError (the same once a
    write went out), SourceError (401, 403, other places, too large), StoppedError.
    """

    def __init__(
        self,
        address: str,
        *,
        auth: Auth,
        allowed_hosts: Iterable[str] = (),
        allow_private: bool = False,
        stop: Event | None = None,
        count_request: Callable[[], None] = lambda: None,
        count_wait: Callable[[float], None] = lambda _seconds: None,
        seconds_between: float = 0.0,
        limit_headers: tuple[tuple[str, str], ...] = (),
        deadline_seconds: float = DEADLINE_SECONDS,
        resolver: Resolver = resolved,
    ) -> None:
        self._places = places_of(address, frozenset(allowed_hosts), allow_private=allow_private)
        self._auth = auth
        self._stop = stop or Event()
        self._count_request, self._count_wait = count_request, count_wait
        self._limit_headers, self._deadline_seconds = limit_headers, deadline_seconds
        self._limit = Limit(self._stop, self._places.host)
        self._governor = governor_of(self._places.host, auth.digest, seconds_between)
        self._is_fresh = True
        self._transport = Transport(self._limit, allow_private, resolver)
        always = {"User-Agent": "support-console", "Accept": "application/json", "Accept-Encoding": "gzip"}
        self._http = httpx.Client(transport=self._transport, headers=always, trust_env=False, follow_redirects=False)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End all connections."""
        self._http.close()

    def get(
        self, path_or_url: str, params: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        return self.request("GET", path_or_url, params=params, headers=headers, is_reading=True)

    def search(self, path: str, *, json: Any, headers: Mapping[str, str] | None = None) -> Answer:
        """A POST that only asks: tried again like a GET, and never uncertain."""
        return self.request("POST", path, json=json, headers=headers, is_reading=True)

    def post(self, path: str, *, json: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        return self.request("POST", path, json=json, headers=headers)

    def put(self, path: str, *, json: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        return self.request("PUT", path, json=json, headers=headers)

    def patch(self, path: str, *, json: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        return self.request("PATCH", path, json=json, headers=headers)

    def delete(self, path: str, *, json: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        return self.request("DELETE", path, json=json, headers=headers)

    def request(
        self,
        method: str,
        path_or_url: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        is_reading: bool = False,
        may_be_forbidden: bool = False,
    ) -> Answer:
        """Ask, wait where asked to, follow redirects of reads inside the same origin. Errors: see the class.

        ``may_be_forbidden``: 403 comes back as an answer: the key is good, but this one thing is not permitted with it.
        """
        url = self._places.url_of(path_or_url)
        given = {**dict(headers or {}), **dict(self._auth.headers)}
        try:
            whole = httpx.URL(url).copy_merge_params(dict(params)) if params else httpx.URL(url)
            asked = self._http.build_request(method, whole, json=json, data=form, headers=given)
        except (httpx.InvalidURL, UnicodeEncodeError) as error:
            raise self._elsewhere() from error
        for _redirect in range(_MOST_REDIRECTS + 1):
            answer = self._answered(asked, is_reading=is_reading)
            if answer.status == 403 and may_be_forbidden:
                return answer
            if answer.status not in _REDIRECTS:
                return self._checked(answer, is_reading=is_reading)
            if answer.status in _SEE_OTHER and not is_reading:
                raise UncertainError(self._elsewhere().what, _LOOK_FIRST)
            asked = self._redirected(asked, answer)
        raise SourceError(f"{self._places.host} sends us in circles.", "Check the source's address.")

    def _redirected(self, asked: httpx.Request, answer: Answer) -> httpx.Request:
        home = asked.url
        try:
            there = home.join(answer.headers.get("location", ""))
        except httpx.InvalidURL as error:
            raise self._elsewhere() from error
        is_same = (there.scheme, there.host, there.port) == (home.scheme, home.host, home.port)
        if asked.method != "GET" or not is_same or there.userinfo:
            raise self._elsewhere()
        return self._http.build_request("GET", there, headers=dict(asked.headers))

    def _elsewhere(self) -> SourceError:
        return SourceError(
            f"{self._places.host} sends us elsewhere, and the credential does not go there.",
            "Check the source's address; where the vendor moved, enter the new address.",
        )

    def _answered(self, asked: httpx.Request, *, is_reading: bool) -> Answer:
        """Tried until it is no longer "too many" or, for reads, no passing trouble; waits together are bounded."""
        sat = 0.0
        for attempt in range(1, _MOST_TRIES + 1):
            self._governor.turn(self._stop, self._count_wait, is_asked_anew=self._is_fresh)
            self._is_fresh = False
            try:
                answer = self._once(asked, is_reading=is_reading)
            except (OverdueError, StoppedError):
                raise
            except TemporaryError:
                if not is_reading or attempt > 1:
                    raise
                rest(_TRIED_AGAIN_AFTER_SECONDS, self._stop)
                continue
            if not self._is_waiting(answer, is_reading=is_reading):
                self._governor.hold_if(wait_before_next(answer.headers, clock.now(), self._limit_headers))
                return answer
            seconds = wait_asked(answer.headers, clock.now())
            self._governor.hold(seconds)
            sat += seconds
            if sat > LONGEST_SITTING_SECONDS or attempt == _MOST_TRIES:
                raise rests(seconds)
        raise rests(_TRIED_AGAIN_AFTER_SECONDS)

    def _is_waiting(self, answer: Answer, *, is_reading: bool) -> bool:
        """Too many: certainly not taken. A read that finds a source closed for a while waits as well; a write may have got in."""
        return answer.status == _TOO_MANY or (
            is_reading and answer.status == _UNAVAILABLE and "retry-after" in answer.headers
        )

    def _once(self, asked: httpx.Request, *, is_reading: bool) -> Answer:
        self._limit.until = clock.monotonic() + self._deadline_seconds
        self._limit.is_sent = False
        self._count_request()
        try:
            # Not through httpx's own ``send``: it keeps cookies, and builds redirects of whatever a server names.
            response = self._transport.handle_request(asked)
            try:
                body = collected(response.iter_raw(), response.headers.get("content-encoding", ""), self._places.host)
            finally:
                response.close()
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            problem = TemporaryError(f"The connection to {self._places.host} broke off.")
            raise self._sorted(problem, is_reading=is_reading) from error
        except TemporaryError as error:
            raise self._sorted(error, is_reading=is_reading) from error.__cause__
        except SourceError as error:
            # An answer that is too large comes after the request: a write may well have been taken.
            if is_reading or not self._limit.is_sent:
                raise
            raise UncertainError(error.what, _LOOK_FIRST) from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, body, str(asked.url))

    def _sorted(self, error: TemporaryError, *, is_reading: bool) -> TemporaryError:
        """A write that went out and was not answered may have been taken: nobody knows."""
        if is_reading or not self._limit.is_sent or isinstance(error, UncertainError):
            return error
        return UncertainError(error.what, _LOOK_FIRST)

    def _checked(self, answer: Answer, *, is_reading: bool) -> Answer:
        host = self._places.host
        if answer.status == 401:
            raise SourceError(
                f"{host} no longer accepts the sign-in of this source.", "Sign in again: enter a new key or password."
            )
        if answer.status == 403:
            raise SourceError(
                f"{host} does not permit this with the key in use.",
                "Give the key the rights it lacks, or enter another.",
            )
        if answer.status >= 500 or answer.status < 200:
            problem = TemporaryError(f"{host} has trouble of its own (status {answer.status}).")
            raise self._sorted(problem, is_reading=is_reading)
        return answer
