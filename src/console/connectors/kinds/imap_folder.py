"""One folder of a mailbox as a stream: new mails, oldest first; then flags that changed and mails that are gone.

Oldest first, because then one number says how far it is: a sync that is cut off goes on from there, and conversations
arrive in the order in which they were written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, ProtocolError

from console.connectors.errors import TemporaryError
from console.connectors.kinds.imap_cursor import Cursor, cursor_from, external_id, place_of, set_from, set_text
from console.connectors.kinds.imap_folders import FoundFolder
from console.connectors.mail_parts import HEADERS_ONLY, record_or_rejected
from console.domain.records import DeletionRecord, FlagsRecord, MailRecord, Page, Rejected

PAGE_MAILS = 200
PAGE_BYTES = 8_000_000
MAX_MAIL_BYTES = 50_000_000
_ASKED_AT_ONCE = 2 * PAGE_MAILS
_CHANGES_A_PAGE = 1_000
# imaplib takes no line over a million bytes: numbers are asked for in windows of this many.
_WINDOW = 50_000
_GONE = frozenset({rb"\deleted", rb"\draft"})
_WHOLE, _HEAD = b"BODY[]", b"BODY[HEADER]"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every folder of one sync shares; ``known_ids`` gives the external ids that the store holds of a stream."""

    own_addresses: frozenset[str]
    known_ids: Callable[[str], Iterable[str]]
    stop: Event
    now: datetime


@dataclass(frozen=True, slots=True)
class _Envelope:
    uid: int
    size: int
    flags: frozenset[bytes]
    arrived: datetime | None


class FolderClosedError(Exception):
    """The server lists the folder and refuses to open it."""


class FolderSync:
    """The sync of one folder: first ``new_mails``, later, when other folders have theirs, ``changes``."""

    def __init__(self, client: IMAPClient, folder: FoundFolder, cursor: str | None, around: Surroundings) -> None:
        self._client = client
        self._folder = folder
        self._around = around
        self._committed = cursor
        self._cursor = cursor_from(cursor)
        self._known = _known_places(folder.name, around)
        self._is_read_by_taken: dict[int, bool] = {}

    def new_mails(self) -> Iterator[Page]:
        """Pages of the mails that came since the cursor, each with the cursor behind it."""
        selected = self._select()
        generation = selected.get(b"UIDVALIDITY", 0)
        if self._cursor is None or self._cursor.uidvalidity != generation:
            self._cursor = Cursor(generation, modseq=selected.get(b"HIGHESTMODSEQ"))
        cursor, end = self._cursor, selected.get(b"UIDNEXT")
        if end is None or end > cursor.uidnext:
            yield from self._mails(self._search(cursor.uidnext, end, "ALL"))
        if end is not None and not self._around.stop.is_set():
            self._cursor = replace(self._cursor, uidnext=max(self._cursor.uidnext, end))

    def changes(self) -> Iterator[Page]:
        """Flags and deletions, from a look at the whole folder that was not cut off; nothing where nothing changed."""
        if self._cursor is None or self._around.stop.is_set():
            return
        selected = self._select()
        modseq = selected.get(b"HIGHESTMODSEQ")
        if selected.get(b"UIDVALIDITY", 0) != self._cursor.uidvalidity:
            # Renumbered just now: the next sync begins the new generation.
            return
        is_quiet = modseq is not None and modseq == self._cursor.modseq and self._client.has_capability("QRESYNC")
        if is_quiet and not self._old_ids():
            yield from self._finished([])
            return
        present = set(self._search(1, selected.get(b"UIDNEXT"), "UNDELETED UNDRAFT"))
        yield from self._mails(sorted(present - self._ours() - self._is_read_by_taken.keys()))
        flags = self._flags_since(self._cursor.modseq) if modseq is not None else self._flags_by_search(selected)
        gone = [
            name for (generation, uid), name in self._known.items() if not self._is_present(generation, uid, present)
        ]
        if self._around.stop.is_set():
            return
        self._cursor = replace(self._cursor, modseq=modseq)
        yield from self._finished(
            [*(flag for flag in flags if self._uid_of(flag) in present), *map(DeletionRecord, sorted(gone))]
        )

    def _select(self) -> dict[bytes, int]:
        try:
            return self._client.select_folder(self._folder.name, readonly=True)
        except (IMAPClientAbortError, ProtocolError):
            raise
        except IMAPClientError as error:
            # A folder that others shared without the right to read it must not stop the rest.
            raise FolderClosedError from error

    def _ours(self) -> set[int]:
        generation = self._cursor.uidvalidity if self._cursor else 0
        return {uid for known, uid in self._known if known == generation}

    def _old_ids(self) -> list[str]:
        generation = self._cursor.uidvalidity if self._cursor else 0
        return [name for (known, _), name in self._known.items() if known != generation]

    def _is_present(self, generation: int, uid: int, present: set[int]) -> bool:
        return self._cursor is not None and generation == self._cursor.uidvalidity and uid in present

    def _uid_of(self, flag: FlagsRecord) -> int:
        place = place_of(self._folder.name, flag.external_id)
        return place[1] if place else 0

    def _search(self, start: int, end: int | None, criteria: str) -> list[int]:
        """Numbers from ``start`` on (``end`` is the first that no mail has yet), rising."""
        if end is None:
            # "n:*" names the last mail even where its number is below n (RFC 3501).
            found = self._client.search(f"UID {start}:* {criteria}")
            return sorted(uid for uid in found if uid >= start)
        uids: list[int] = []
        for first in range(start, end, _WINDOW):
            last = min(first + _WINDOW, end) - 1
            uids += self._client.search(f"UID {first}:{last} {criteria}")
        return sorted(set(uids))

    def _mails(self, uids: Sequence[int]) -> Iterator[Page]:
        done = 0
        for start in range(0, len(uids), _ASKED_AT_ONCE):
            asked = uids[start : start + _ASKED_AT_ONCE]
            envelopes = [mail for mail in self._envelopes(asked) if not mail.flags & _GONE]
            for batch in _batches(envelopes):
                if self._around.stop.is_set():
                    return
                done += len(batch)
                yield self._page(batch, done=done, total=len(uids))

    def _page(self, batch: Sequence[_Envelope], *, done: int, total: int) -> Page:
        mapped = self._mapped(batch)
        self._is_read_by_taken.update((mail.uid, rb"\seen" in mail.flags) for mail in batch)
        if self._cursor is not None:
            self._cursor = replace(self._cursor, uidnext=max(self._cursor.uidnext, batch[-1].uid + 1))
        records = tuple(record for record in mapped if isinstance(record, MailRecord))
        rejected = tuple(record for record in mapped if isinstance(record, Rejected))
        return Page(self._folder.name, records, self._new_cursor(), rejected, done=done, total=total)

    def _mapped(self, batch: Sequence[_Envelope]) -> list[MailRecord | Rejected]:
        whole = self._bodies([mail.uid for mail in batch if mail.size <= MAX_MAIL_BYTES], _WHOLE)
        heads = self._bodies([mail.uid for mail in batch if mail.size > MAX_MAIL_BYTES], _HEAD)
        found = ((mail, whole.get(mail.uid, heads.get(mail.uid))) for mail in batch)
        # A mail that went away since its number was told is not in the answer.
        return [self._record(mail, raw, is_whole=mail.uid in whole) for mail, raw in found if raw is not None]

    def _record(self, mail: _Envelope, raw: bytes, *, is_whole: bool) -> MailRecord | Rejected:
        generation = self._cursor.uidvalidity if self._cursor else 0
        return record_or_rejected(
            raw,
            external_id(self._folder.name, generation, mail.uid),
            own_addresses=self._around.own_addresses,
            is_read=rb"\seen" in mail.flags,
            is_sent=self._folder.is_sent,
            arrived=mail.arrived,
            now=self._around.now,
            warnings=() if is_whole else (HEADERS_ONLY,),
        )

    def _envelopes(self, uids: Sequence[int]) -> list[_Envelope]:
        fetched = self._client.fetch(uids, ["FLAGS", "INTERNALDATE", "RFC822.SIZE"])
        return [_envelope(uid, fetched[uid]) for uid in uids if uid in fetched]

    def _bodies(self, uids: Sequence[int], part: bytes) -> dict[int, bytes]:
        fetched = self._client.fetch(uids, [part.replace(b"BODY", b"BODY.PEEK").decode()])
        found = ((uid, answer.get(part)) for uid, answer in fetched.items())
        return {uid: raw for uid, raw in found if isinstance(raw, bytes)}

    def _flags_since(self, modseq: int | None) -> list[FlagsRecord]:
        """CONDSTORE (RFC 7162): only what changed. Without an earlier number, everything known is looked at once."""
        known = self._ours() | self._is_read_by_taken.keys()
        if modseq is None:
            return self._flags_of(sorted(known))
        end = self._cursor.uidnext if self._cursor else None
        return self._flags_of([uid for uid in self._search(1, end, f"MODSEQ {modseq + 1}") if uid in known])

    def _flags_of(self, uids: Sequence[int]) -> list[FlagsRecord]:
        flags: list[FlagsRecord] = []
        for start in range(0, len(uids), _ASKED_AT_ONCE):
            fetched = self._client.fetch(uids[start : start + _ASKED_AT_ONCE], ["FLAGS"])
            found = ((uid, rb"\seen" in _flags(answer)) for uid, answer in sorted(fetched.items()))
            # What came in a moment ago has changed as well, for the server; it matters only if it changed since.
            flags += [self._flag(uid, is_read=it) for uid, it in found if self._is_read_by_taken.get(uid) is not it]
        return flags

    def _flags_by_search(self, selected: dict[bytes, int]) -> list[FlagsRecord]:
        """Without CONDSTORE: which mails are unread, compared with those that were when it was last looked."""
        if self._cursor is None:
            return []
        unseen = set(self._search(1, selected.get(b"UIDNEXT"), "UNSEEN"))
        text, before = set_text(unseen), self._cursor.unseen
        self._cursor = replace(self._cursor, unseen=text)
        if text == before:
            return []
        earlier = set_from(before) if before is not None else None
        known = self._ours() | self._is_read_by_taken.keys()
        changed = known if earlier is None else known & (unseen ^ earlier)
        found = ((uid, uid not in unseen) for uid in sorted(changed))
        return [self._flag(uid, is_read=it) for uid, it in found if self._is_read_by_taken.get(uid) is not it]

    def _flag(self, uid: int, *, is_read: bool) -> FlagsRecord:
        generation = self._cursor.uidvalidity if self._cursor else 0
        return FlagsRecord(external_id(self._folder.name, generation, uid), is_read or self._folder.is_sent)

    def _finished(self, records: Sequence[FlagsRecord | DeletionRecord]) -> Iterator[Page]:
        """The last pages; the cursor comes with the very last one, when nothing before it can be lost."""
        starts = range(0, max(len(records), 1), _CHANGES_A_PAGE)
        for start in starts:
            is_last = start == starts[-1]
            cursor = self._new_cursor() if is_last else None
            held = tuple(records[start : start + _CHANGES_A_PAGE])
            if held or cursor:
                done = min(start + _CHANGES_A_PAGE, len(records))
                yield Page(self._folder.name, held, cursor, is_last=is_last, done=done, total=len(records))

    def _new_cursor(self) -> str | None:
        """The cursor, where it differs from the one that was committed last."""
        text = self._cursor.to_text() if self._cursor else None
        if text == self._committed:
            return None
        self._committed = text
        return text


def closed_folder(name: str) -> Page:
    """What is said of a folder that cannot be opened: it is in quarantine, where a teammate sees why it is not read."""
    reason = "The mail server refuses to open this folder; its mails are not read. Choose the folders to read, or ask for access."
    return Page(name, (), rejected=(Rejected(name, reason, b""),), is_last=True)


def gone_folder(name: str, around: Surroundings) -> Iterator[Page]:
    """All mails of a folder that a finished list of folders no longer has."""
    ids = sorted(_known_places(name, around).values())
    for start in range(0, len(ids), _CHANGES_A_PAGE):
        held = tuple(map(DeletionRecord, ids[start : start + _CHANGES_A_PAGE]))
        yield Page(name, held, is_last=start + _CHANGES_A_PAGE >= len(ids), done=start + len(held), total=len(ids))


def _known_places(folder: str, around: Surroundings) -> dict[tuple[int, int], str]:
    """What the store holds of this folder; it may have told of folders inside it as well."""
    ids = around.known_ids(folder)
    return {place: external for external in ids if (place := place_of(folder, external))}


def _batches(envelopes: Iterable[_Envelope]) -> Iterator[list[_Envelope]]:
    batch: list[_Envelope] = []
    size = 0
    for mail in envelopes:
        if batch and (len(batch) >= PAGE_MAILS or size + mail.size > PAGE_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(mail)
        size += mail.size if mail.size <= MAX_MAIL_BYTES else 0
    if batch:
        yield batch


def _envelope(uid: int, answer: Mapping[bytes, object]) -> _Envelope:
    size, date = answer.get(b"RFC822.SIZE"), answer.get(b"INTERNALDATE")
    arrived = date.astimezone(UTC) if isinstance(date, datetime) and date.tzinfo else None
    return _Envelope(uid, size if isinstance(size, int) else 0, _flags(answer), arrived)


def _flags(answer: Mapping[bytes, object]) -> frozenset[bytes]:
    flags = answer.get(b"FLAGS")
    if not isinstance(flags, tuple):
        raise TemporaryError("The mail server did not tell the flags of a mail.")
    return frozenset(flag.lower() for flag in flags if isinstance(flag, bytes))
