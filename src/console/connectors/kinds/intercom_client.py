"""Asking Intercom: its regions and version, answers as objects, and lists read to their end and never in circles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from console.connectors.errors import SourceError, TemporaryError
from console.connectors.http import Answer, Auth, Client
from console.connectors.kinds.intercom_values import Json

VERSION = "2.16"
HOST_BY_REGION = {"us": "api.intercom.io", "eu": "api.eu.intercom.io", "au": "api.au.intercom.io"}
BASE_URL, REGION, ALLOW_PRIVATE = "base_url", "region", "allow_private"
GONE = frozenset({404, 410})
_MOST_PAGES = 100_000
_CODE = re.compile(r"[a-z0-9_]{1,60}")
_HEADERS = {"Intercom-Version": VERSION}


class Missing(Exception):
    """What was asked for is not there; ``into`` is whom a contact became, None where it is simply gone."""

    def __init__(self, into: str | None = None) -> None:
        super().__init__("gone")
        self.into = into


class EndlessError(TemporaryError):
    """A list goes in circles."""


class RefusedError(SourceError):
    """Intercom understood one request and refused it; nothing is wrong with the key."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One page of a list: its rows, and how many Intercom says there are in all (None where it does not)."""

    rows: tuple[Any, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Asking:
    """One conversation with one workspace of Intercom, for one thread."""

    client: Client

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Json:
        """The object at a path. Raises Missing (404, 410), SourceError, TemporaryError."""
        return an_answer(self.answer(path, params))

    def answer(self, path: str, params: Mapping[str, Any] | None = None) -> Answer:
        """The answer as it came, where its headers or its refusals matter."""
        return self.client.get(path, params, _HEADERS)

    def search(self, path: str, body: Json) -> Json:
        """What a search finds. Raises as ``get``."""
        return an_answer(self.client.search(path, json=body, headers=_HEADERS))

    def write(self, method: str, path: str, body: Json | None = None) -> Answer:
        """Change something. Raises UncertainError where nobody knows whether it was taken."""
        ways = {"POST": self.client.post, "PUT": self.client.put, "DELETE": self.client.delete}
        return ways[method](path, json=body, headers=_HEADERS)


def speaking_to(
    settings: Mapping[str, str],
    secret: str,
    stop: Event,
    count_request: Callable[[], None] = lambda: None,
    count_wait: Callable[[float], None] = lambda _seconds: None,
) -> Client:
    """A client for the workspace that the settings name; close it. Raises SourceError."""
    return Client(
        address_of(settings),
        auth=Auth.bearer(secret),
        allow_private=settings.get(ALLOW_PRIVATE) == "yes",
        stop=stop,
        count_request=count_request,
        count_wait=count_wait,
    )


def address_of(settings: Mapping[str, str]) -> str:
    """Where the workspace is asked. Raises SourceError for a region that Intercom does not have."""
    region = settings.get(REGION) or "us"
    if region not in HOST_BY_REGION:
        raise SourceError(f"Intercom has no region {region!r}.", f"Choose one of: {', '.join(HOST_BY_REGION)}.")
    return settings.get(BASE_URL) or f"https://{HOST_BY_REGION[region]}"


def an_answer(answer: Answer) -> Json:
    """The object in an answer. Raises Missing, SourceError for what Intercom refuses, TemporaryError for what is no JSON."""
    if answer.status in GONE:
        raise Missing(_canonical(answer))
    if not answer.is_good:
        raise SourceError(
            f"Intercom refused a request ({said_by(answer)}).", "Check the source's settings and try again."
        )
    found = answer.json()
    if not isinstance(found, dict):
        raise TemporaryError("Intercom gave an answer that cannot be used: it is no object.")
    return found


def said_by(answer: Answer) -> str:
    """Intercom's own code for what is wrong, else the status; never its sentence, which may quote a customer."""
    try:
        found = answer.json()
    except TemporaryError:
        return str(answer.status)
    errors = found.get("errors") if isinstance(found, dict) else None
    first = errors[0] if isinstance(errors, list) and errors else None
    code = first.get("code") if isinstance(first, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else str(answer.status)


def searched(asking: Asking, path: str, body: Mapping[str, Any], rows_name: str, per_page: int) -> Iterator[Batch]:
    """All pages of a search. Raises TemporaryError where they go in circles."""
    circles = Circles()
    after: str | None = None
    while True:
        paging = {"per_page": per_page, **({"starting_after": after} if after else {})}
        found = asking.search(path, {**body, "pagination": paging})
        rows = rows_in(found, rows_name)
        following = _following(found)
        circles.look(rows, following if isinstance(following, str) else None)
        yield Batch(rows, _total(found))
        if following is None:
            return
        after = following


def listed(asking: Asking, path: str, *rows_names: str, params: Mapping[str, Any] | None = None) -> Iterator[Batch]:
    """All pages of a list, along its ``next``: an address of the same host, or a place to start after. Raises as ``searched``."""
    circles = Circles()
    asked, given = path, dict(params or {})
    while True:
        found = asking.get(asked, given or None)
        rows = rows_in(found, *rows_names)
        following = _following(found)
        circles.look(rows, following)
        yield Batch(rows, _total(found))
        if following is None:
            return
        if following.startswith(("http://", "https://", "/")):
            asked, given = _at_home(following), {}
        else:
            given["starting_after"] = following


class Circles:
    """Looks whether a list comes to an end: the same place twice, or a page with nothing new, is an error."""

    def __init__(self) -> None:
        self._places: set[str] = set()
        self._rows: set[int] = set()

    def look(self, rows: tuple[Any, ...], place: str | None) -> None:
        """One more page, and where the next one begins. Raises EndlessError."""
        before = len(self._rows)
        self._rows.update(hash(str(row.get("id")) if isinstance(row, dict) else str(row)) for row in rows)
        is_stuck = place is not None and (place in self._places or len(self._rows) == before)
        is_stuck = is_stuck or len(self._places) >= _MOST_PAGES
        if is_stuck:
            raise EndlessError("Intercom gives the same page again and again; reading was ended.")
        if place is not None:
            self._places.add(place)


def rows_in(found: Json, *names: str) -> tuple[Any, ...]:
    """The rows of a list, under the first of its names that is there. Raises TemporaryError where there is none."""
    for name in names:
        rows = found.get(name)
        if isinstance(rows, list):
            return tuple(rows)
    raise TemporaryError("Intercom gave an answer that cannot be used: it holds no list.")


def _at_home(url: str) -> str:
    """Where the next page is asked: what Intercom's own hosts name is asked for where the source is, anything else not at all."""
    parts = urlsplit(url)
    is_theirs = parts.scheme == "https" and parts.netloc in HOST_BY_REGION.values()
    return urlunsplit(("", "", parts.path, parts.query, "")) if is_theirs else url


def _following(found: Json) -> str | None:
    pages = found.get("pages")
    following = pages.get("next") if isinstance(pages, dict) else None
    if isinstance(following, dict):
        following = following.get("starting_after")
    return following if isinstance(following, str) and following else None


def _total(found: Json) -> int | None:
    total = found.get("total_count")
    return total if isinstance(total, int) and not isinstance(total, bool) and total >= 0 else None


def _canonical(answer: Answer) -> str | None:
    """Whom a merged contact became: ``Link: </contacts/ID>; rel="canonical"`` (description 2.16)."""
    link = re.search(
        r'<(?:[^<>]*/)?contacts/([^<>/?#\s]{1,100})>\s*;\s*rel="?canonical"?', answer.headers.get("link", "")
    )
    return link[1] if link else None
