"""What kind of mailbox lies at a path: an mbox file, a Maildir, one mail, or a folder of such things."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

_HEAD_BYTES = 4_096
_SEPARATOR = re.compile(rb"(?:\xef\xbb\xbf)?>?From [^\r\n]{0,300}\r?\n")
_HEADER = re.compile(rb"[!-9;-~]{1,80}:[^\r\n]*(?:\r?\n|$)")
_EMLX_LENGTH = re.compile(rb"\s*(\d{1,10})\s*\r?\n")


class MailboxKind(StrEnum):
    """How mails lie in files."""

    MBOX = "mbox"
    MAILDIR = "maildir"
    EML = "eml"
    EMLX = "emlx"
    FOLDER = "folder"


def mailbox_kind(path: Path) -> MailboxKind | None:
    """The kind of mailbox at ``path``, by content rather than by name; None where there is no mail in it.

    Raises OSError where the path cannot be read.
    """
    if path.is_dir():
        return _kind_of_folder(path)
    if not path.is_file():
        return None
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if _SEPARATOR.match(head):
        return MailboxKind.MBOX
    length = _EMLX_LENGTH.match(head)
    if length and path.suffix == ".emlx":
        return MailboxKind.EMLX
    return MailboxKind.EML if _HEADER.match(head) and _names_a_mail(head, path) else None


def is_maildir(folder: Path) -> bool:
    """Whether mails of a Maildir lie directly in this folder."""
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _kind_of_folder(path: Path) -> MailboxKind | None:
    if is_maildir(path):
        return MailboxKind.MAILDIR
    children = [child for child in path.iterdir() if not child.is_symlink()]
    if any(child.is_dir() and child.name.startswith(".") and is_maildir(child) for child in children):
        return MailboxKind.MAILDIR
    is_any = any(child.is_file() and mailbox_kind(child) for child in children)
    deeper = (child for child in children if child.is_dir())
    return MailboxKind.FOLDER if is_any or any(mailbox_kind(child) for child in deeper) else None


def _names_a_mail(head: bytes, path: Path) -> bool:
    """A text file may begin with "Note: …"; a mail has a header of its own kind, or its file's name says so."""
    known = re.search(rb"(?im)^(?:from|received|return-path|message-id|date|subject|mime-version|delivered-to):", head)
    return known is not None and (path.suffix.lower() in {".eml", ".mail", ".msg", ".txt", ""} or head.count(b"\n") > 1)
