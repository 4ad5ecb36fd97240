"""E-mail addresses: when two of them are the same, and which of them are not one person.

Rule (architecture §5): trimmed, NFC, local part lower-cased in ASCII only, domain as IDNA 2008 A-labels; no casefold, no
NFKC, no plus or dot folding. ``straße@x`` is not ``strasse@x``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_ROLES = frozenset(
    [
        "abuse",
        "accounting",
        "accounts",
        "admin",
        "administrator",
        "all",
        "billing",
        "bookings",
        "bounce",
        "bounces",
        "careers",
        "compliance",
        "contact",
        "customerservice",
        "do-not-reply",
        "donotreply",
        "editor",
        "enquiries",
        "enquiry",
        "everyone",
        "feedback",
        "finance",
        "hello",
        "help",
        "helpdesk",
        "hostmaster",
        "hr",
        "info",
        "inquiries",
        "invoices",
        "it",
        "jobs",
        "kontakt",
        "legal",
        "list",
        "list-owner",
        "listserv",
        "mail",
        "mailer-daemon",
        "marketing",
        "media",
        "news",
        "newsletter",
        "no-reply",
        "noc",
        "noreply",
        "notifications",
        "office",
        "orders",
        "owner",
        "postmaster",
        "press",
        "privacy",
        "reply",
        "root",
        "sales",
        "security",
        "service",
        "staff",
        "subscribe",
        "support",
        "team",
        "tech",
        "undisclosed-recipients",
        "unsubscribe",
        "webmaster",
    ]
)
_FORBIDDEN = re.compile(r"[\s\x00-\x1f\x7f<>()\[\]\\,;:\"@\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]")
_ASCII_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_DOTS = re.compile("[\u3002\uff0e\uff61]")
_LONGEST = 254
# What is canonical already and of no other form; nearly all addresses that arrive.
_USUAL = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@dataclass(frozen=True, slots=True)
class Address:
    """One e-mail address: as it was written (trimmed), and the canonical form by which customers are matched."""

    written: str
    canonical: str

    @property
    def domain(self) -> str:
        """The domain as A-labels, lower case."""
        return self.canonical.rpartition("@")[2]


def address_of(text: str) -> Address | None:
    """The address in ``text``, or None where the text is not exactly one plain address.

    Quoted local parts, comments, angle brackets, groups and lists are refused: such forms are where parsers disagree
    (CVE-2023-27043), and an odd address must never merge into somebody else.
    """
    if len(text) <= _LONGEST and _USUAL.fullmatch(text):
        return Address(text, text)
    written = unicodedata.normalize("NFC", text.strip())
    local, at, domain = written.rpartition("@")
    if not at or not local or not domain or _FORBIDDEN.search(local) or _FORBIDDEN.search(domain):
        return None
    if local.startswith(".") or local.endswith(".") or ".." in local:
        return None
    ascii_domain = _ascii_domain(domain)
    if ascii_domain is None:
        return None
    canonical = f"{local.translate(_ASCII_LOWER)}@{ascii_domain}"
    return Address(written, canonical) if len(canonical) <= _LONGEST else None


def canonical(text: str) -> str | None:
    """The canonical form of the one address in ``text``, or None."""
    address = address_of(text)
    return address.canonical if address else None


def is_role(canonical_address: str) -> bool:
    """Whether the address belongs to a desk rather than to a person (``info@``, ``support+eu@``, ``no-reply@`` …)."""
    local = canonical_address.partition("@")[0].partition("+")[0]
    return local in _ROLES or local.replace(".", "-").replace("_", "-") in _ROLES


def is_deceptive(text: str) -> bool:
    """Whether ``text`` holds direction overrides, invisible characters, or mixes scripts inside one word (P39)."""
    if text.isascii():
        return False
    if re.search("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", text):
        return True
    return any(len(_scripts(word)) > 1 for word in re.split(r"[\W\d_]+", text))


def _ascii_domain(domain: str) -> str | None:
    labels = _DOTS.sub(".", domain).rstrip(".").split(".")
    encoded = [_ascii_label(label) for label in labels]
    if any(label is None for label in encoded):
        return None
    return ".".join(label for label in encoded if label)


def _ascii_label(label: str) -> str | None:
    """IDNA 2008: NFC and lower case, then punycode; unlike IDNA 2003, ß and ς stay themselves."""
    lowered = unicodedata.normalize("NFC", label.lower())
    if not lowered:
        return None
    if not lowered.isascii():
        if not all(unicodedata.category(c)[0] in "LMN" or c in "-\u00b7\u30fb" for c in lowered):
            return None
        lowered = "xn--" + lowered.encode("punycode").decode("ascii")
    return lowered if _LABEL.fullmatch(lowered) else None


def _scripts(word: str) -> set[str]:
    names = {unicodedata.name(c, "").partition(" ")[0] for c in word if c.isalpha()}
    return names & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}
