"""Mails out of files: mbox, Maildir, .eml and folders of them, each mail once, never a whole file in memory."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from console.connectors.errors import SourceError
from console.connectors.mail_parts import NOT_WHOLE, record_or_rejected
from console.connectors.mailbox_kinds import MailboxKind, is_maildir, mailbox_kind
from console.domain.records import MailRecord, Page, Rejected

STREAM = "mails"
MAX_MAIL_BYTES = 50_000_000
PAGE_MAILS = 200
PAGE_BYTES = 8_000_000
_LONGEST_LINE = 1_000_000

# A separator line: who, then a date as asctime writes it; variants have a zone, or no seconds.
_DAYS = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_DATED_SEPARATOR = re.compile(rb"From .{0,300}?\b" + _DAYS + rb",?\s.{0,20}\d{1,2}:\d{2}.{0,40}\d{4}")
_HEADER_LINE = re.compile(rb"[!-9;-~]{1,80}:|>?From ")
_ESCAPED_SEPARATOR = re.compile(rb"^>(>*From )", re.MULTILINE)
_STATUS = re.compile(rb"^(?:X-)?Status:[ \t]*([A-Za-z]*)", re.IGNORECASE | re.MULTILINE)
_MOZILLA_STATUS = re.compile(rb"^X-Mozilla-Status:[ \t]*([0-9a-fA-F]{4})", re.IGNORECASE | re.MULTILINE)
_GMAIL_LABELS = re.compile(rb"^X-Gmail-Labels:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\n\r?\n")
# It begins with the line end before it, which is found ten times as fast as the beginning of a line.
_KEEPERS_HEADERS = re.compile(
    rb"\n(?:(?:X-)?Status|X-Mozilla-[\w-]+|X-UID|X-Keywords|Content-Length|Lines|X-GM-THRID|X-Gmail-Labels):[^\n]*"
    rb"(?:\n[ \t][^\n]*)*",
    re.IGNORECASE,
)
_MOZILLA_READ = 0x0001
_MOZILLA_EXPUNGED = 0x0008
_SENT_FOLDERS = frozenset(
    {"sent", "sent items", "sent messages", "sent mail", "gesendet", "envoyés", "enviados", "inviati"}
)


@dataclass(frozen=True, slots=True)
class FoundMail:
    """One mail in a file. ``external_id`` comes from its content: the same mail has the same id in any file.

    ``is_whole`` is False where it was longer than MAX_MAIL_BYTES; ``size`` is what it takes in the file.
    """

    external_id: str
    raw: bytes
    is_read: bool
    is_sent: bool
    is_whole: bool
    size: int


def mails(path: Path) -> Iterator[FoundMail]:
    """Every mail at ``path``, in the order of the files' names and their content; symbolic links are not followed.

    Of mails in a file that says nothing about it, all are read: an archive is no new mail. Raises SourceError where the
    path holds no mail or cannot be read.
    """
    try:
        kind = mailbox_kind(path)
        if kind is None:
            raise SourceError(f"There is no mail in {path.name}.", "Choose an mbox file, a Maildir or .eml files.")
        yield from _READERS[kind](path)
    except OSError as error:
        what = f"{path.name} cannot be read ({error.strerror or 'unknown error'})."
        raise SourceError(what, "Check that the file is there and that you may read it.") from error


def pages(paths: Sequence[Path], own_addresses: frozenset[str], *, now: datetime | None = None) -> Iterator[Page]:
    """All mails under ``paths`` as pages of at most 200 mails or 8 MB, sorted by date within a page.

    ``done`` and ``total`` are bytes. A mail that cannot be mapped is in ``rejected``; the last page says so, also when
    it is empty. There is no cursor: importing again is harmless, since ids and keys come from the content.
    """
    total = sum(_size_of(path) for path in paths)
    gathered: list[MailRecord | Rejected] = []
    done = held = 0
    for path in paths:
        for found in mails(path):
            gathered.append(_mapped(found, own_addresses, now))
            held += len(found.raw)
            done = min(done + found.size, total)
            if len(gathered) >= PAGE_MAILS or held >= PAGE_BYTES:
                yield _page(gathered, done=done, total=total)
                gathered, held = [], 0
    yield _page(gathered, done=total, total=total, is_last=True)


def pages_of(arguments: Mapping[str, object]) -> Iterator[Page]:
    """``pages`` for the bounded child: ``paths`` and ``own_addresses`` are lists of text, ``now`` an ISO time or None."""
    paths, own, now = arguments["paths"], arguments["own_addresses"], arguments.get("now")
    if not isinstance(paths, list) or not isinstance(own, list):
        raise TypeError("paths and own_addresses are lists")
    clock = datetime.fromisoformat(now) if isinstance(now, str) else None
    return pages([Path(path) for path in paths], frozenset(map(str, own)), now=clock)


def _mapped(found: FoundMail, own_addresses: frozenset[str], now: datetime | None) -> MailRecord | Rejected:
    return record_or_rejected(
        found.raw,
        found.external_id,
        own_addresses=own_addresses,
        is_read=found.is_read,
        is_sent=found.is_sent,
        now=now,
        warnings=() if found.is_whole else (NOT_WHOLE,),
    )


def _page(gathered: Sequence[MailRecord | Rejected], *, done: int, total: int, is_last: bool = False) -> Page:
    records = [record for record in gathered if isinstance(record, MailRecord)]
    rejected = tuple(record for record in gathered if isinstance(record, Rejected))
    ordered = sorted(records, key=lambda record: (record.message.at, record.external_id))
    return Page(STREAM, tuple(ordered), rejected=rejected, is_last=is_last, done=done, total=total)


def _found(
    raw: bytes, *, is_read: bool, is_sent: bool = False, is_whole: bool = True, size: int | None = None
) -> FoundMail:
    """The id is that of the mail's own bytes: line ends, and what programs that keep mail add to it, do not count."""
    head, blank, body = raw.replace(b"\r\n", b"\n").rstrip(b"\n").partition(b"\n\n")
    kept = _KEEPERS_HEADERS.sub(b"", b"\n" + head)
    content = (kept[1:] + b"\n" if kept else b"") + blank + body
    external_id = f"mail:{hashlib.sha256(content).hexdigest()[:40]}"
    return FoundMail(external_id, raw, is_read, is_sent, is_whole, len(raw) if size is None else size)


def _mbox(path: Path) -> Iterator[FoundMail]:
    is_sent = path.stem.lower() in _SENT_FOLDERS
    for raw, size, is_whole in _mbox_parts(path):
        head = raw[: found.start()].removesuffix(b"\r") if (found := _BLANK_LINE.search(raw)) else raw[:_LONGEST_LINE]
        lowered = head.lower()
        is_silent = b"status" not in lowered and b"x-gmail-labels" not in lowered
        if is_silent or not _is_expunged(head):
            yield _found(raw, is_read=is_silent or _is_read(head), is_sent=is_sent, is_whole=is_whole, size=size)


def _mbox_parts(path: Path) -> Iterator[tuple[bytes, int, bool]]:
    """The mails between separator lines, unescaped; also of a file that is cut off in the middle.

    Where the first separator has a date, all must: an unescaped "From here on" in a text then divides nothing. Else a
    separator is followed by a header.
    """
    lines: list[bytes] = []
    size = kept = 0
    is_dated = is_open = is_blank = False
    with path.open("rb") as file:
        line = file.readline(_LONGEST_LINE).removeprefix(b"\xef\xbb\xbf")
        is_dated = _DATED_SEPARATOR.match(line) is not None
        while line:
            following = file.readline(_LONGEST_LINE)
            is_start = line.startswith(b"From ") and (not is_open or _is_separator(line, following, is_dated, is_blank))
            if is_start:
                if lines:
                    yield _unescaped(lines), size, kept == size
                lines, size, kept, is_open = [], 0, 0, True
            else:
                size += len(line)
                if kept + len(line) <= MAX_MAIL_BYTES:
                    lines.append(line)
                    kept += len(line)
            is_blank = not line.strip(b"\r\n")
            line = following
    if lines:
        yield _unescaped(lines), size, kept == size


def _is_separator(line: bytes, following: bytes, is_dated: bool, is_blank: bool) -> bool:
    if is_dated:
        return _DATED_SEPARATOR.match(line) is not None
    return is_blank and _HEADER_LINE.match(following) is not None


def _unescaped(lines: list[bytes]) -> bytes:
    """Without the blank line that ends a mail in an mbox file, and one ">" less before lines that begin with From."""
    if len(lines) > 1 and not lines[-1].strip(b"\r\n"):
        lines = lines[:-1]
    mail = b"".join(lines)
    return _ESCAPED_SEPARATOR.sub(rb"\1", mail) if b">From " in mail else mail


def _is_read(head: bytes) -> bool:
    """What the program that wrote the mbox file says; where none says anything, an archive is read."""
    mozilla = _MOZILLA_STATUS.search(head)
    if mozilla:
        return bool(int(mozilla[1], 16) & _MOZILLA_READ)
    labels = _GMAIL_LABELS.search(head)
    if labels:
        return b"unread" not in labels[1].lower()
    letters = b"".join(_STATUS.findall(head))
    return b"R" in letters or not letters


def _is_expunged(head: bytes) -> bool:
    mozilla = _MOZILLA_STATUS.search(head)
    return mozilla is not None and bool(int(mozilla[1], 16) & _MOZILLA_EXPUNGED)


def _maildir(path: Path) -> Iterator[FoundMail]:
    """``cur`` and ``new`` of the folder and of its subfolders (``.Sent``); flag S is read, T is gone, D is a draft."""
    folders = [path] if is_maildir(path) else []
    folders += [
        child for child in sorted(path.iterdir()) if child.is_dir() and not child.is_symlink() and is_maildir(child)
    ]
    for folder in folders:
        is_sent = folder.name.lstrip(".").rpartition(".")[2].lower() in _SENT_FOLDERS
        for file in sorted([*(folder / "cur").iterdir(), *(folder / "new").iterdir()], key=lambda file: file.name):
            flags = file.name.rpartition(":2,")[2] if ":2," in file.name else ""
            if (
                file.is_file()
                and not file.is_symlink()
                and not file.name.startswith(".")
                and not set(flags) & set("TD")
            ):
                raw, is_whole = _content(file)
                yield _found(raw, is_read="S" in flags, is_sent=is_sent, is_whole=is_whole)


def _eml(path: Path) -> Iterator[FoundMail]:
    raw, is_whole = _content(path)
    yield _found(raw, is_read=True, is_sent=path.parent.name.lower() in _SENT_FOLDERS, is_whole=is_whole)


def _emlx(path: Path) -> Iterator[FoundMail]:
    """Apple Mail: a line with the length of the mail, the mail, and a property list."""
    raw, is_whole = _content(path)
    first, _, rest = raw.partition(b"\n")
    yield _found(
        rest[: int(first)] if first.strip().isdigit() else rest, is_read=True, is_whole=is_whole, size=len(raw)
    )


def _folder(path: Path) -> Iterator[FoundMail]:
    """Everything below that is mail, in the order of names; other files are passed over."""
    for child in sorted(path.iterdir()):
        if child.is_symlink() or child.name.startswith("."):
            continue
        kind = mailbox_kind(child)
        if kind is not None:
            yield from _READERS[kind](child)


def _content(path: Path) -> tuple[bytes, bool]:
    with path.open("rb") as file:
        raw = file.read(MAX_MAIL_BYTES + 1)
    return raw[:MAX_MAIL_BYTES], len(raw) <= MAX_MAIL_BYTES


def _size_of(path: Path) -> int:
    if path.is_dir():
        return sum(os.lstat(Path(folder) / name).st_size for folder, _, names in os.walk(path) for name in names)
    return path.stat().st_size if path.exists() else 0


_READERS = {
    MailboxKind.MBOX: _mbox,
    MailboxKind.MAILDIR: _maildir,
    MailboxKind.EML: _eml,
    MailboxKind.EMLX: _emlx,
    MailboxKind.FOLDER: _folder,
}
