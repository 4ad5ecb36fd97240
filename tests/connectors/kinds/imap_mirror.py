"""What a store does with the pages of a mailbox, for tests of the connector alone."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import UTC, datetime

from tests.peers import pymap as pymap_peer
from tests.peers.dovecot import HOST, PASSWORD, Dovecot
from tests.peers.pymap import Pymap

from console.connectors.kinds.imap import pull
from console.connectors.kinds.imap_settings import ImapSettings, Security
from console.domain.records import DeletionRecord, FlagsRecord, MailRecord, Page, Record

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def mail(number: int, body: str = "Hello") -> bytes:
    return (
        f"From: ann@b.example\r\nTo: support@acme.example\r\nSubject: Mail {number}\r\nMessage-ID: <{number}@b.example>\r\n"
        f"Date: Mon, 2 Mar 2026 10:{number % 60:02}:00 +0000\r\n\r\n{body}\r\n"
    ).encode()


class Mirror:
    """What a store does with pages, as little of it as the connector relies on: upsert, delete, cursor; per stream."""

    def __init__(self, settings: ImapSettings, password: str = PASSWORD) -> None:
        self.settings = settings
        self.password = password
        self.cursors: dict[str, str] = {}
        self.mails: dict[str, dict[str, MailRecord]] = {}
        self.is_read: dict[str, bool] = {}

    def sync(self, *, pages: int | None = None, stop: threading.Event | None = None) -> list[Page]:
        """One sync, or only its first pages, as if the machine had died then."""
        found: list[Page] = []
        for page in pull(
            self.settings,
            self.password,
            self.cursors,
            own_addresses=frozenset({"support@acme.example"}),
            known_ids=self.known,
            stop=stop or threading.Event(),
            now=NOW,
        ):
            found.append(page)
            self.take_in(page)
            if pages is not None and len(found) >= pages:
                break
        return found

    def known(self, stream: str) -> Iterable[str]:
        """By prefix, as the store does: those of folders inside the folder come along."""
        return tuple(name for held in self.mails.values() for name in held if name.startswith(f"{stream}/"))

    def take_in(self, page: Page) -> None:
        held = self.mails.setdefault(page.stream, {})
        for record in page.records:
            match record:
                case MailRecord():
                    held[record.external_id] = record
                    self.is_read[record.external_id] = record.message.is_read
                case FlagsRecord():
                    assert record.external_id in held
                    self.is_read[record.external_id] = record.is_read
                case DeletionRecord():
                    del held[record.external_id]
                case _:
                    raise AssertionError(record)
        if page.cursor is not None:
            self.cursors[page.stream] = page.cursor

    def keys(self, stream: str = "INBOX") -> list[str]:
        return sorted(record.message.key for record in self.mails.get(stream, {}).values())

    def unread(self) -> set[str]:
        return {name.rpartition("/")[2] for name, is_read in self.is_read.items() if not is_read}


def plain(server: Dovecot, user: str) -> ImapSettings:
    return ImapSettings(HOST, user, server.port, Security.PLAIN)


def records(pages: Iterable[Page]) -> list[Record]:
    return [record for page in pages for record in page.records]


def in_pymap(server: Pymap) -> Mirror:
    settings = ImapSettings(pymap_peer.HOST, pymap_peer.USER, server.port, Security.PLAIN, folders=("INBOX",))
    return Mirror(settings, pymap_peer.PASSWORD)
