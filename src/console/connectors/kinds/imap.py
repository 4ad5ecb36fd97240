"""An IMAP mailbox as a source: check it, take in its folders, wait for news."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from imapclient import IMAPClient

from console.connectors.kinds.imap_folder import FolderClosedError, FolderSync, Surroundings, closed_folder, gone_folder
from console.connectors.kinds.imap_folders import FoundFolder, folders_of
from console.connectors.kinds.imap_session import session
from console.connectors.kinds.imap_settings import ImapSettings
from console.domain.records import Page
from console.system import clock

# RFC 2177: servers end an IDLE after 30 minutes.
LONGEST_WAIT_SECONDS = 29 * 60.0
_LOOK_SECONDS = 1.0
_POLL_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class MailboxCheck:
    """What a test of the source found: the folders, and whether news arrives by itself (IDLE) and changes cheaply."""

    folders: tuple[FoundFolder, ...]
    tells_news: bool
    tells_changes: bool


def check(settings: ImapSettings, password: str) -> MailboxCheck:
    """Log in and look. Raises SourceError or TemporaryError with what is wrong and what to do."""
    with session(settings, password) as client:
        folders = folders_of(client, settings)
        return MailboxCheck(folders, client.has_capability("IDLE"), client.has_capability("CONDSTORE"))


def pull(
    settings: ImapSettings,
    password: str,
    cursors: Mapping[str, str],
    *,
    own_addresses: frozenset[str],
    known_ids: Callable[[str], Iterable[str]],
    stop: Event,
    now: datetime | None = None,
) -> Iterator[Page]:
    """Everything new in all chosen folders, over one connection; a stream is named as its folder.

    ``cursors``: by stream, as committed last. ``known_ids`` gives the external ids that the store holds of a stream.
    First the new mails of every folder, then flags and deletions of every folder: a mail that was moved is known in its new
    place before it is gone from its old one. ``stop`` ends it between two pages. Raises SourceError, TemporaryError.
    """
    around = Surroundings(own_addresses, known_ids, stop, now or clock.now())
    with session(settings, password) as client:
        found = folders_of(client, settings)
        chosen = [folder for folder in found if folder.is_chosen]
        syncs = [FolderSync(client, folder, cursors.get(folder.name), around) for folder in chosen]
        opened: list[FolderSync] = []
        for folder, sync in zip(chosen, syncs, strict=True):
            try:
                yield from sync.new_mails()
                opened.append(sync)
            except FolderClosedError:
                yield closed_folder(folder.name)
        for sync in opened:
            # Closed or renamed since a moment ago: the next sync begins with how it is then.
            with suppress(FolderClosedError):
                yield from sync.changes()
        for name in sorted(set(cursors) - {folder.name for folder in found}):
            if not stop.is_set():
                yield from gone_folder(name, around)


def wait_for_news(settings: ImapSettings, password: str, folder: str, stop: Event, seconds: float) -> bool:
    """Wait until something changes in a folder, at most ``seconds``; whether it did. ``stop`` ends it within a second.

    By IDLE; where the server has none, by asking once a minute.
    """
    deadline = clock.monotonic() + min(seconds, LONGEST_WAIT_SECONDS)
    with session(settings, password) as client:
        client.select_folder(folder, readonly=True)
        waiting = _idle if client.has_capability("IDLE") else _poll
        return waiting(client, stop, deadline)


def _idle(client: IMAPClient, stop: Event, deadline: float) -> bool:
    client.idle()
    is_news = False
    while not is_news and not stop.is_set() and clock.monotonic() < deadline:
        before = clock.monotonic()
        answers = client.idle_check(timeout=min(_LOOK_SECONDS, max(deadline - before, 0.01)))
        is_news = any(_is_news(answer) for answer in answers)
        if not answers and clock.monotonic() - before < _LOOK_SECONDS / 10:
            # WORKAROUND(IMAPClient 4.1): at the end of a connection idle_check returns at once, with nothing, for ever.
            break
    client.idle_done()
    return is_news


def _poll(client: IMAPClient, stop: Event, deadline: float) -> bool:
    while not stop.is_set() and clock.monotonic() < deadline:
        stop.wait(min(_POLL_SECONDS, max(deadline - clock.monotonic(), 0.01)))
        _, answers = client.noop()
        if any(_is_news(answer) for answer in answers):
            return True
    return False


def _is_news(answer: object) -> bool:
    """New, gone or changed mails; not the "still here" that servers send to keep the connection."""
    return isinstance(answer, tuple) and any(word in answer for word in (b"EXISTS", b"EXPUNGE", b"FETCH", b"VANISHED"))
