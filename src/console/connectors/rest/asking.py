"""Asking a source as a manifest says: one question, or one page after another until it is really the end."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.connectors.errors import RecordError, SourceError, TemporaryError
from console.connectors.http import Answer, Client
from console.connectors.rest.manifest import Paging, PagingKind, Request
from console.connectors.rest.paths import Scope, first_at, list_at
from console.connectors.rest.templates import filled, params_of, path_of, text_of

_MOST_PAGES = 100_000
_EMPTY_PAGES = 3
_NEXT = re.compile(r'<([^<>]{1,4000})>\s*;[^,]*?\brel\s*=\s*"?next"?', re.IGNORECASE)
_BY_TOKEN = frozenset({PagingKind.CURSOR, PagingKind.SCROLL})
_BY_ADDRESS = frozenset({PagingKind.NEXT, PagingKind.LINK})


class ForgottenError(TemporaryError):
    """The source no longer knows where we stopped; everything has to be asked for again."""


@dataclass(frozen=True, slots=True)
class Turned:
    """One page: its records as they came, the whole answer, and how many the source says there are."""

    records: list[Any]
    answer: Any
    total: int | None


@dataclass(frozen=True, slots=True)
class Asking:
    """Questions to one source over one client; ``settings`` fill the templates, ``headers`` go with every question."""

    client: Client
    settings: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)

    def once(self, request: Request, values: Mapping[str, Any], *, is_reading: bool = True) -> Answer:
        """The answer, whatever its status."""
        known = {**self.settings, **values}
        body = filled(request.body, known) if request.body is not None else None
        return self.client.request(
            request.method,
            path_of(request.path, known),
            params=self._params(request, known),
            json=body,
            headers=self._headers(request, known),
            is_reading=is_reading,
            # A key that may read but not write this: the edit is refused, and reading goes on.
            may_be_forbidden=not is_reading,
        )

    def found(self, request: Request, values: Mapping[str, Any]) -> Any:
        """The JSON of a good answer, None where there is no such thing (404, 410). Raises SourceError for other refusals."""
        answer = self.once(request, values)
        return None if answer.status in {404, 410} else good(answer, request).json()

    def pages(
        self, request: Request, values: Mapping[str, Any], forgotten: frozenset[int] = frozenset()
    ) -> Iterator[Turned]:
        """Page after page. Raises TemporaryError where pages are missing, SourceError where they go in circles or elsewhere."""
        turning = _Turning(request)
        known = {**self.settings, **values}
        while True:
            answer = good(self._asked(request, known, turning), request, forgotten)
            turned = _turned(answer, request)
            yield turned
            if turning.is_over(turned, answer):
                return

    def _asked(self, request: Request, known: Mapping[str, Any], turning: _Turning) -> Answer:
        headers = self._headers(request, known)
        if turning.address:
            return self.client.get(turning.address, headers=headers)
        if request.paging.is_in_path:
            known = {**known, "page": turning.place}
        params = self._params(request, known)
        body = filled(request.body, known) if request.body is not None else None
        for name, value in turning.given().items():
            if request.paging.is_in_body and name != request.paging.size_param:
                body = _placed(body, name, value)
            else:
                params[name] = value
        return self.client.request(
            request.method, path_of(request.path, known), params=params, json=body, headers=headers, is_reading=True
        )

    def _params(self, request: Request, known: Mapping[str, Any]) -> dict[str, Any]:
        first = request.first_params if known.get("token") is None else {}
        return params_of({**request.params, **first}, known)

    def _headers(self, request: Request, known: Mapping[str, Any]) -> dict[str, str]:
        return {name: text_of(text, known) for name, text in {**self.headers, **request.headers}.items()}


class _Turning:
    """Where the pages of one question stand, and whether they go in circles."""

    def __init__(self, request: Request) -> None:
        self._paging = request.paging
        self._line = request.line
        self._token: Any = None
        self.place = request.paging.start
        self._seen: set[str] = set()
        self._pages = self._done = self._empty = 0
        self.address = ""

    def given(self) -> dict[str, Any]:
        """The parameters of the next page."""
        paging = self._paging
        found: dict[str, Any] = {paging.size_param: paging.size} if paging.size_param else {}
        if paging.is_in_path:
            return found
        if paging.kind in {PagingKind.PAGE, PagingKind.OFFSET}:
            found[paging.param] = self.place
        elif paging.kind in _BY_TOKEN and self._token is not None:
            found[paging.param] = self._token
        return found

    def is_over(self, turned: Turned, answer: Answer) -> bool:
        """Whether this was the last page; else everything is ready for the next one. Raises SourceError, TemporaryError."""
        self._pages += 1
        self._done += len(turned.records)
        self._empty = 0 if turned.records else self._empty + 1
        self._refuse_circles(turned.records)
        is_last = not self._moves_on(turned, answer)
        if is_last:
            self._check_whole(turned)
        elif self._pages >= _MOST_PAGES or self._empty > _EMPTY_PAGES + self._paging.holes:
            raise self._endless()
        return is_last

    def _moves_on(self, turned: Turned, answer: Answer) -> bool:
        paging = self._paging
        scope = Scope(turned.answer)
        is_cut = paging.most and self._pages >= paging.most
        if is_cut or paging.kind is PagingKind.NONE or (paging.end and first_at(scope, paging.end)):
            return False
        if paging.more and not first_at(scope, paging.more):
            return False
        if paging.kind in _BY_TOKEN:
            return self._next_token(first_at(scope, paging.at), turned.records)
        if paging.kind in _BY_ADDRESS:
            link = _NEXT.search(answer.headers.get("link", "")) if paging.kind is PagingKind.LINK else None
            found = link[1] if link else first_at(scope, paging.at) if paging.kind is PagingKind.NEXT else None
            return self._next_address(found)
        self.place += 1 if paging.kind is PagingKind.PAGE else len(turned.records) or paging.size
        if paging.more:
            return True
        if turned.total is not None:
            return self._done < turned.total and self._has_records(turned.records)
        if paging.size and not paging.holes:
            return len(turned.records) >= paging.size
        return self._has_records(turned.records)

    def _has_records(self, records: list[Any]) -> bool:
        return bool(records) or self._empty <= self._paging.holes

    def _next_token(self, token: Any, records: list[Any]) -> bool:
        if token is None or token == "" or (self._paging.kind is PagingKind.SCROLL and not records):
            return False
        if self._paging.kind is PagingKind.CURSOR:
            self._refuse_repeated(f"token {token}")
        self._token = token
        return True

    def _next_address(self, found: Any) -> bool:
        if not isinstance(found, str) or not found:
            return False
        self._refuse_repeated(f"address {found}")
        self.address = found
        return True

    def _refuse_circles(self, records: list[Any]) -> None:
        if records and self._paging.kind is not PagingKind.NONE:
            written = json.dumps(records, sort_keys=True).encode()
            self._refuse_repeated(f"page {hashlib.sha256(written).hexdigest()}")

    def _refuse_repeated(self, mark: str) -> None:
        if mark in self._seen:
            raise self._endless()
        self._seen.add(mark)

    def _check_whole(self, turned: Turned) -> None:
        is_bounded = self._paging.kind is PagingKind.NONE or (self._paging.most and self._pages >= self._paging.most)
        if turned.total is not None and not is_bounded and self._done < turned.total:
            raise TemporaryError(f"The source says that there are {turned.total} records, and gave {self._done}.")

    def _endless(self) -> SourceError:
        return SourceError(
            "The source gives the same page again and again.",
            "Nothing more is read from it; report this to whoever runs the source.",
        )


def _turned(answer: Answer, request: Request) -> Turned:
    content = answer.json()
    try:
        records = list_at(content, request.records)
    except RecordError as error:
        raise TemporaryError(error.what, "Check the address; it will be tried again.") from error
    paging: Paging = request.paging
    total = first_at(Scope(content), paging.total) if paging.total else None
    if isinstance(total, str) and total.isdigit():
        total = int(total)
    return Turned(records, content, total if isinstance(total, int) and not isinstance(total, bool) else None)


def good(answer: Answer, request: Request, forgotten: frozenset[int] = frozenset()) -> Answer:
    """The answer, where the source did what was asked. Raises ForgottenError, SourceError."""
    if answer.is_good:
        return answer
    if answer.status in forgotten:
        raise ForgottenError("The source no longer knows where we stopped.", "Everything is read again.")
    what = f"The source refused a question for {request.path} (status {answer.status})."
    raise SourceError(what, "Check the address and the settings of this source.")


def _placed(body: Any, dotted: str, value: Any) -> Any:
    """The body with a value at ``a.b.c`` or ``a.0.c``; what is in between is made."""
    if isinstance(body, list) and (place := dotted.partition("."))[0].isdigit() and int(place[0]) < len(body):
        inside = _placed(body[int(place[0])], place[2], value) if place[2] else value
        return [inside if number == int(place[0]) else one for number, one in enumerate(body)]
    found = dict(body) if isinstance(body, Mapping) else {}
    name, _, rest = dotted.partition(".")
    found[name] = _placed(found.get(name), rest, value) if rest else value
    return found
