"""Where the sync of one folder stands, as the opaque text that is committed with each page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST_SET = 20_000


@dataclass(frozen=True, slots=True)
class Cursor:
    """``uidvalidity``: the generation of the folder's numbers. ``uidnext``: every mail below it was taken in.

    ``modseq``: every change of flags up to it was taken in (CONDSTORE; None without). ``unseen``: without CONDSTORE, the
    numbers of the unread mails when it was last looked, as a set of ranges or its digest; None before the first look.
    """

    uidvalidity: int
    uidnext: int = 1
    modseq: int | None = None
    unseen: str | None = None

    def to_text(self) -> str:
        """The cursor as JSON."""
        said = {"uidvalidity": self.uidvalidity, "uidnext": self.uidnext, "modseq": self.modseq, "unseen": self.unseen}
        return json.dumps({name: value for name, value in said.items() if value is not None})


def cursor_from(text: str | None) -> Cursor | None:
    """The cursor in ``text``; None where there is none, or where it is of another kind (then all is looked at again)."""
    if not text:
        return None
    try:
        said = json.loads(text)
        modseq, unseen = said.get("modseq"), said.get("unseen")
        return Cursor(
            int(said["uidvalidity"]),
            int(said["uidnext"]),
            None if modseq is None else int(modseq),
            None if unseen is None else str(unseen),
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def external_id(folder: str, uidvalidity: int, uid: int) -> str:
    """The place of a mail: ``INBOX/12/345``."""
    return f"{folder}/{uidvalidity}/{uid}"


def place_of(folder: str, text: str) -> tuple[int, int] | None:
    """Generation and number in an external id; None where it is of another folder (``A/B/1/2`` is not of ``A``)."""
    parts = text.rsplit("/", 2)
    if len(parts) != 3 or parts[0] != folder or not (parts[1].isdigit() and parts[2].isdigit()):
        return None
    return int(parts[1]), int(parts[2])


def set_text(uids: Iterable[int]) -> str:
    """Numbers as ranges (``1:3,7``); where that is too long for a cursor, a digest of them."""
    pieces: list[str] = []
    ordered = sorted(uids)
    start = 0
    for index, uid in enumerate(ordered):
        if index + 1 < len(ordered) and ordered[index + 1] == uid + 1:
            continue
        pieces.append(str(uid) if start == index else f"{ordered[start]}:{uid}")
        start = index + 1
    text = ",".join(pieces)
    return text if len(text) <= _LONGEST_SET else "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def set_from(text: str) -> set[int] | None:
    """The numbers that ``set_text`` wrote; None where only their digest is there."""
    if text.startswith("sha256:"):
        return None
    uids: set[int] = set()
    for piece in text.split(",") if text else ():
        first, _, last = piece.partition(":")
        uids.update(range(int(first), int(last or first) + 1))
    return uids
