"""The contract between the sync process and whoever speaks to one kind of source (docs/connectors.md).

A connector is plain functions; it holds nothing between two calls. Concurrency, retries and storage lie outside. What every
connector must keep to is tested by ``tests/connectors/contract/``, the same tests for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Event

from console.connectors.errors import SourceError
from console.domain.outbox import Sending, Settled
from console.domain.records import Page
from console.domain.source_kinds import SourceKind


@dataclass(frozen=True, slots=True)
class Found:
    """What a trial found: a sentence for the teammate, folders that a mailbox offers, and facts (label, value): account, region, …"""

    sentence: str
    folders: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Speaking:
    """With whom and as whom one speaks: the settings as kept, the secret, and ``stop``, which ends everything within a second."""

    settings: Mapping[str, str]
    secret: str = field(repr=False)
    stop: Event


@dataclass(frozen=True, slots=True)
class Pulling:
    """What a pull starts from: settings and secret, cursors by stream, what the store holds of a stream, our addresses.

    ``known_ids`` gives the places of the source's living records that begin with a prefix (``conversation:``; see
    ``DeletionRecord``). ``streams_off`` are
    streams that a teammate does not want. ``count_request`` is called once for each request, ``count_wait`` once for each
    time that the source asked to wait, with the seconds. ``source`` is the source's own key: two accounts of one vendor are
    two sources, so whatever must be told apart in the whole workspace (``MessageRecord.key``) is told apart by it.
    """

    settings: Mapping[str, str]
    secret: str = field(repr=False)
    cursor_by_stream: Mapping[str, str]
    known_ids: Callable[[str], Iterable[str]]
    own_addresses: frozenset[str]
    stop: Event
    streams_off: frozenset[str] = frozenset()
    count_request: Callable[[], None] = lambda: None
    count_wait: Callable[[float], None] = lambda _seconds: None
    source: int = 0


def refuse_push(_speaking: Speaking, _sending: Sending) -> Settled:
    """For kinds that take nothing back. Raises SourceError."""
    raise SourceError(
        "This kind of source takes nothing back.", "Drop the edit from the outbox; it stays in the console."
    )


def probe_nothing(_speaking: Speaking, _sending: Sending) -> Settled | None:
    """For kinds that cannot be asked whether something arrived."""
    return None


@dataclass(frozen=True, slots=True)
class Connector:
    """How one kind of source is spoken to.

    ``settings_of``: settings as they are kept, and our own addresses; raises SourceError for what is missing, wrong or
    unknown. ``check`` tries a source out. ``pull`` gives pages, oldest first within a stream, each with the cursor after it.
    ``wait_for_news`` returns when there may be news, at most after so many seconds. ``push`` sends one edit: it returns how
    that ended, or raises TemporaryError where the source certainly did not take it. ``probe`` looks whether an earlier push
    arrived: sent, or None where there is no trace of it. ``look_up`` brings what is only asked for when a customer's
    profile is opened, by their external id. ``map_again`` reads once more what was put aside: settings, stream, external id and
    the raw record give a page with the record, or with the reason why not; None where the source must be asked again.
    ``seconds_between``: the longest time between two pulls, news or not.
    """

    kind: SourceKind
    settings_of: Callable[[Mapping[str, str]], tuple[dict[str, str], tuple[str, ...]]]
    check: Callable[[Mapping[str, str], str], Found]
    pull: Callable[[Pulling], Iterator[Page]]
    wait_for_news: Callable[[Mapping[str, str], str, Event, float], None]
    seconds_between: float
    push: Callable[[Speaking, Sending], Settled] = refuse_push
    probe: Callable[[Speaking, Sending], Settled | None] = probe_nothing
    look_up: Callable[[Pulling, str], Iterator[Page]] | None = None
    map_again: Callable[[Mapping[str, str], str, str, bytes], Page] | None = None


def wait_quietly(_settings: Mapping[str, str], _secret: str, news: Event, seconds: float) -> None:
    """For sources that tell nothing by themselves: they are asked again after ``seconds``, or when ``news`` is set."""
    news.wait(seconds)
