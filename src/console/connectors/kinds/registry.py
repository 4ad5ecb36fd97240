"""The kinds of source that can be connected, each with its settings, its trial, its pages and its news."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Event

from console.connectors.errors import SourceError
from console.connectors.kinds import imap
from console.connectors.kinds.imap_settings import settings_from
from console.domain.address import canonical
from console.domain.records import Page

OWN = "own_addresses"


@dataclass(frozen=True, slots=True)
class Found:
    """What a trial found: a sentence for the teammate, and the folders that the source offers."""

    sentence: str
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pulling:
    """What a pull starts from: settings and secret, cursors by stream, what the store holds of a stream, our addresses."""

    settings: Mapping[str, str]
    secret: str
    cursor_by_stream: Mapping[str, str]
    known_ids: Callable[[str], Iterable[str]]
    own_addresses: frozenset[str]
    stop: Event


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of source is spoken to. ``seconds_between``: the longest time between two pulls, news or not."""

    settings_of: Callable[[Mapping[str, str]], tuple[dict[str, str], tuple[str, ...]]]
    check: Callable[[Mapping[str, str], str], Found]
    pull: Callable[[Pulling], Iterator[Page]]
    wait_for_news: Callable[[Mapping[str, str], str, Event, float], None]
    seconds_between: float


def kind_called(name: str) -> Kind:
    """The kind of source by its name. Raises SourceError."""
    if name not in KINDS:
        raise SourceError(f"There is no kind of source {name!r}.", f"Choose one of: {', '.join(sorted(KINDS))}.")
    return KINDS[name]


def settings_of(kind: str, given: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Settings as they are kept, and our own addresses. Raises SourceError for what is missing, wrong or unknown."""
    return kind_called(kind).settings_of(given)


def check(kind: str, settings: Mapping[str, str], secret: str) -> Found:
    """Try a source out. Raises SourceError or TemporaryError with what is wrong and what to do."""
    return kind_called(kind).check(settings, secret)


def _imap_settings(given: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    kept = {name: value for name, value in given.items() if name != OWN}
    known = settings_from(kept)
    written = given.get(OWN, "") or known.username
    own = []
    for text in written.replace(";", ",").split(","):
        address = canonical(text)
        if address is None and given.get(OWN):
            raise SourceError(f"{text.strip()!r} is not an e-mail address.", "Part several addresses by commas.")
        own += [address] if address else []
    return kept, tuple(own)


def _imap_check(settings: Mapping[str, str], secret: str) -> Found:
    found = imap.check(settings_from(settings), secret)
    chosen = [folder.name for folder in found.folders if folder.is_chosen]
    news = "News arrives by itself." if found.tells_news else "News is asked for once a minute."
    return Found(
        f"Connected. {len(chosen)} of {len(found.folders)} folders are read: {', '.join(chosen)}. {news}",
        tuple(folder.name for folder in found.folders),
    )


def _imap_pull(pulling: Pulling) -> Iterator[Page]:
    return imap.pull(
        settings_from(pulling.settings), pulling.secret, pulling.cursor_by_stream,
        own_addresses=pulling.own_addresses, known_ids=lambda stream: pulling.known_ids(f"{stream}/"), stop=pulling.stop,
    )  # fmt: skip


def _imap_news(settings: Mapping[str, str], secret: str, news: Event, seconds: float) -> None:
    imap.wait_for_news(settings_from(settings), secret, "INBOX", news, seconds)


KINDS: Mapping[str, Kind] = {"imap": Kind(_imap_settings, _imap_check, _imap_pull, _imap_news, 300.0)}
