"""Keys: which number or word names which thing, and how one is made."""

from __future__ import annotations

from datetime import datetime
from typing import NewType

CustomerId = NewType("CustomerId", int)
CompanyId = NewType("CompanyId", int)
ConversationId = NewType("ConversationId", int)
MessageId = NewType("MessageId", int)
IdentityId = NewType("IdentityId", int)
ClaimId = NewType("ClaimId", int)
SourceId = NewType("SourceId", int)
EditId = NewType("EditId", str)

_UUID7_VERSION = 0x7
_UUID_VARIANT = 0b10


def stable_id(*parts: str) -> int:
    """The same positive 62-bit number for the same words, on every machine and after every rebuild.

    Sixty-two bits leave room in SQLite's signed integer; a million rows collide with a chance of about 1 in 10 million.
    """
    # Imported here: it brings OpenSSL with it, and the inbox is on screen without.
    import hashlib

    digest = hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 2


def new_edit_id(at: datetime, randomness: bytes) -> EditId:
    """A UUIDv7 (RFC 9562 §5.7) for an edit made at ``at`` (aware UTC); ``randomness`` is ten random bytes."""
    milliseconds = int(at.timestamp() * 1000)
    random_a = int.from_bytes(randomness[:2], "big") & 0xFFF
    random_b = int.from_bytes(randomness[2:10], "big") & ((1 << 62) - 1)
    number = (milliseconds & ((1 << 48) - 1)) << 80
    number |= _UUID7_VERSION << 76 | random_a << 64 | _UUID_VARIANT << 62 | random_b
    digits = f"{number:032x}"
    return EditId("-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])))


def time_ordered_id(at: datetime, n: int) -> int:
    """The first candidate for a message's or an activity's key: seconds since 1970 times 64, plus ``n``.

    Newest-first reading then needs no sort (facts: a full-text index wants rowids in time order).
    """
    return max(0, int(at.timestamp())) * 64 + n
