"""The folders of a mailbox: which there are, what they are for, and which are taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imapclient import IMAPClient

from console.connectors.errors import SourceError
from console.connectors.kinds.imap_settings import ImapSettings

# Where the server does not say (SPECIAL-USE, RFC 6154), the name does.
_USE_BY_NAME = {
    "sent": r"\Sent",
    "sent items": r"\Sent",
    "sent messages": r"\Sent",
    "sent mail": r"\Sent",
    "gesendet": r"\Sent",
    "gesendete objekte": r"\Sent",
    "gesendete elemente": r"\Sent",
    "envoyés": r"\Sent",
    "éléments envoyés": r"\Sent",
    "enviados": r"\Sent",
    "elementos enviados": r"\Sent",
    "posta inviata": r"\Sent",
    "verzonden items": r"\Sent",
    "wysłane": r"\Sent",
    "drafts": r"\Drafts",
    "entwürfe": r"\Drafts",
    "brouillons": r"\Drafts",
    "borradores": r"\Drafts",
    "bozze": r"\Drafts",
    "concepten": r"\Drafts",
    "trash": r"\Trash",
    "deleted items": r"\Trash",
    "deleted messages": r"\Trash",
    "papierkorb": r"\Trash",
    "gelöschte elemente": r"\Trash",
    "corbeille": r"\Trash",
    "papelera": r"\Trash",
    "cestino": r"\Trash",
    "junk": r"\Junk",
    "junk e-mail": r"\Junk",
    "junk email": r"\Junk",
    "spam": r"\Junk",
    "bulk mail": r"\Junk",
    "outbox": r"\Drafts",
}
_USES = frozenset({r"\Sent", r"\Drafts", r"\Trash", r"\Junk", r"\All", r"\Flagged", r"\Important", r"\Archive"})
_LEFT_OUT = frozenset({r"\Drafts", r"\Trash", r"\Junk"})
_VIRTUAL = frozenset({r"\Flagged", r"\Important"})


@dataclass(frozen=True, slots=True)
class FoundFolder:
    """One folder; ``use`` is its SPECIAL-USE (``\\Sent``) or empty, ``is_chosen`` whether its mails are taken in."""

    name: str
    use: str
    is_chosen: bool

    @property
    def is_sent(self) -> bool:
        return self.use == r"\Sent"


def folders_of(client: IMAPClient, settings: ImapSettings) -> tuple[FoundFolder, ...]:
    """All folders that hold mails, INBOX first. Raises SourceError where a chosen one does not exist.

    Chosen by name, or all but spam, trash, drafts and those that only repeat others. Where a folder holds all mail (Gmail),
    it alone, since every mail of every other folder lies in it too.
    """
    listed = [
        (str(name), _use(flags, delimiter, str(name)))
        for flags, delimiter, name in client.list_folders()
        if _is_open(flags)
    ]
    names = {_key(name) for name, _ in listed}
    absent = [name for name in settings.folders if _key(name) not in names]
    if absent:
        shown = ", ".join(name for name, _ in listed[:10])
        raise SourceError(f"The mailbox has no folder {absent[0]!r}.", f"Choose among: {shown}.")
    has_all = any(use == r"\All" for _, use in listed)
    wanted = {_key(name) for name in settings.folders}
    found = (FoundFolder(name, use, _is_chosen(name, use, wanted, has_all=has_all)) for name, use in listed)
    return tuple(sorted(found, key=lambda folder: (_key(folder.name) != "INBOX", folder.name)))


def _is_chosen(name: str, use: str, wanted: set[str], *, has_all: bool) -> bool:
    if wanted:
        return _key(name) in wanted
    if has_all:
        return use == r"\All"
    return use not in _LEFT_OUT | _VIRTUAL


def _is_open(flags: Sequence[bytes]) -> bool:
    lowered = {flag.lower() for flag in flags}
    return not lowered & {rb"\noselect", rb"\nonexistent"}


def _use(flags: Sequence[bytes], delimiter: bytes | None, name: str) -> str:
    said = {flag.decode("ascii", "replace").capitalize() for flag in flags}
    by_lower = {use.lower(): use for use in _USES}
    for flag in sorted(said):
        if flag.lower() in by_lower:
            return by_lower[flag.lower()]
    last = name.rpartition(delimiter.decode("ascii", "replace"))[2] if delimiter else name
    return _USE_BY_NAME.get(last.lower(), "")


def _key(name: str) -> str:
    """INBOX is one folder in any case (RFC 3501); all others are what they are."""
    return "INBOX" if name.upper() == "INBOX" else name
