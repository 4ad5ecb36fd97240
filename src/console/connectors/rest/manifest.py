"""What a manifest says, once it was read: frozen values that the engine follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from console.connectors.rest.picks import Pick, Test
from console.connectors.rest.times import TimeForm
from console.domain.channels import AuthorKind, Channel
from console.domain.source_kinds import SourceField


class PagingKind(StrEnum):
    """How one gets from a page to the next."""

    NONE = "none"
    PAGE = "page"
    OFFSET = "offset"
    CURSOR = "cursor"
    NEXT = "next"
    LINK = "link"
    SCROLL = "scroll"


@dataclass(frozen=True, slots=True)
class Paging:
    """``param`` carries the page, offset or cursor, in the query or (``is_in_body``) at a dotted place in the body.

    ``at`` is where the answer has the next cursor or address; ``more`` where it says whether there is more (``end``: that there is not); ``total`` where
    it counts all; ``size`` records a page under ``size_param``. ``holes``: so many empty pages in a row are passed over.
    ``most``: the source gives no more pages than these. ``is_in_path``: the path names the page as ``{page}``.
    """

    kind: PagingKind = PagingKind.NONE
    param: str = ""
    is_in_body: bool = False
    at: str = ""
    more: str = ""
    end: str = ""
    total: str = ""
    start: int = 1
    size: int = 0
    size_param: str = ""
    holes: int = 0
    most: int = 0
    is_in_path: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One question: method, path below the source's address, parameters, body and headers, all templates.

    ``first_params`` are added where no token of a cursor is known yet.
    """

    path: str
    method: str = "GET"
    params: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    first_params: Mapping[str, Any] = field(default_factory=dict)
    records: str = ""
    paging: Paging = Paging()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Cursor:
    """From where a stream is asked: by a time in each record (``at``), or by a token that the answers give (``token``).

    By time: ``{since}`` in the request is the last time seen less ``look_back``, floored to ``granularity``, written as
    ``form``. ``is_ascending``: the oldest come first, so each page moves the cursor. By token: ``{token}`` in the request.
    ``is_descending``: the newest come first, and reading ends with the first page that is older than what was seen.
    ``whole_every``: as often, all is read again, because the source tells of some changes in no other way.
    ``first``: what ``{since}`` is before anything was seen. ``forgotten`` are statuses by which the source says that it no longer knows a token.
    """

    at: Pick | None = None
    token: str = ""
    form: TimeForm = TimeForm.ISO
    granularity: timedelta = timedelta(seconds=1)
    look_back: timedelta = timedelta()
    is_ascending: bool = False
    is_descending: bool = False
    is_exclusive: bool = False
    forgotten: frozenset[int] = frozenset({410})
    first: str = ""
    whole_every: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Window:
    """A search that gives no more than ``cap`` records is asked in spans of time, ``{since}`` to ``{until}``, from ``first`` on."""

    cap: int
    total: str
    first: str = "2010-01-01"


@dataclass(frozen=True, slots=True)
class Parent:
    """A stream that is asked once for each of a list: ``{parent}`` in its request is what ``id`` picks.

    ``each`` instead of a request: a template of words parted by commas, out of the settings.
    """

    request: Request | None
    id: Pick
    each: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A list that stands ``at`` a place in the answer that has the messages, to look things up in by ``key``."""

    at: str
    key: Pick


@dataclass(frozen=True, slots=True)
class MessageMap:
    """How messages stand in a record (``records``), or are asked for (``request``, with ``{id}``, or ``{ids}`` by the hundred).

    ``also``: lists that stand beside the messages in the same answer, by the name that lookups say.
    """

    id: Pick
    at: Pick
    records: str = "."
    request: Request | None = None
    ids: Pick | None = None
    text: Pick | None = None
    html: Pick | None = None
    kinds: Mapping[AuthorKind, tuple[Test, ...]] = field(default_factory=dict)
    name: Pick | None = None
    address: Pick | None = None
    subject: Pick | None = None
    skip: tuple[Test, ...] = ()
    note: tuple[Test, ...] = ()
    also: Mapping[str, Beside] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spread:
    """Objects whose every name becomes a property with ``prefix`` before it; or lists of objects with a ``name`` and a ``value``.

    Names in ``without`` are left out.
    """

    pick: Pick
    prefix: str = ""
    without: frozenset[str] = frozenset()
    name: Pick | None = None
    value: Pick | None = None


@dataclass(frozen=True, slots=True)
class Mapped:
    """How one record of ours is made: picks by what they fill; which of them count depends on ``kind``."""

    kind: str
    id: Pick
    line: int = 0
    pick_by_name: Mapping[str, Pick] = field(default_factory=dict)
    properties: Mapping[str, Pick] = field(default_factory=dict)
    spread: tuple[Spread, ...] = ()
    closed: tuple[Test, ...] = ()
    skip: tuple[Test, ...] = ()
    deleted: tuple[Test, ...] = ()
    channel: Channel = Channel.EMAIL
    messages: tuple[MessageMap, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream: what it asks, where it continues, and what becomes of its records."""

    name: str
    label: str
    request: Request
    maps: tuple[Mapped, ...]
    limits: str = ""
    cursor: Cursor | None = None
    window: Window | None = None
    parent: Parent | None = None
    detail: Request | None = None
    is_snapshot: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that is fetched once a pull (once for each ``{parent}`` or ``{id}`` that it names), to look things up in by ``key``."""

    request: Request
    key: Pick


@dataclass(frozen=True, slots=True)
class Write:
    """How one kind of edit goes out: ``path`` and ``body`` are templates.

    ``before`` is asked first; it gives ``{current…}`` and the ETag. ``first`` is written before the request itself; what stands
    at ``made`` of its answer is ``{made}``, and the receipt. ``receipt``: where an answer names what was made, or ``header:Name``. ``theirs`` is where ``before`` has what the teammate is
    changing: where that is no longer what they saw, there is a conflict. ``probe`` lists what came last; ``found`` tells it.
    ``proof`` is what should stand at ``theirs`` afterwards: where nothing has changed instead, the source only said that all is well.
    """

    request: Request
    before: Request | None = None
    first: Request | None = None
    made: str = ""
    receipt: str = ""
    done: frozenset[int] = frozenset()
    stale: frozenset[int] = frozenset({409, 412})
    theirs: str = ""
    proof: str = ""
    version: str = ""
    needs_match: bool = False
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    probe: Request | None = None
    found: Pick | None = None
    found_at: Pick | None = None
    found_id: Pick | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trial:
    """How a source is tried out: one question, and what its answer says for the teammate."""

    request: Request
    sentence: str
    facts: Mapping[str, Pick] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signing:
    """How the credential is sent: bearer, basic (``name``), header (``name``) or none; ``secret`` is a template.

    ``client_credentials`` (``name`` is the client's id) and ``service_account`` (the secret is its JSON file) get a bearer's
    token at ``token``, a path of the source or a whole address; ``scope`` and ``audience`` are what the account asks for.
    """

    kind: str = "none"
    name: str = ""
    secret: str = "{secret}"  # a template with the name of the secret, not a secret
    token: str = ""
    scope: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A whole source kind as data."""

    name: str
    title: str
    brings: str
    icon: str
    tried: str
    search_words: tuple[str, ...]
    fields: tuple[SourceField, ...]
    address: str
    hosts: tuple[str, ...]
    signing: Signing
    headers: Mapping[str, str]
    seconds_between_requests: float
    limit_headers: tuple[tuple[str, str], ...]
    seconds_between_pulls: float
    trial: Trial
    lists: Mapping[str, Listed]
    streams: tuple[Stream, ...]
    writes: Mapping[str, Write]
