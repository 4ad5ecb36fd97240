"""RSA signatures with SHA-256 (RFC 8017, PKCS #1 v1.5), as service accounts of Google sign in with.

The standard library has no RSA, and one signature an hour with a key that never leaves this computer is no reason to depend
on a library of compiled code: what is below has no state, and is held against such a library by a test.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field

_SHA256_IDENTIFIER = bytes.fromhex("3031300d060960864801650304020105000420")
_SEQUENCE, _INTEGER, _OCTETS = 0x30, 0x02, 0x04
_SHORTEST_KEY_BYTES = 128


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """The two numbers that signing needs."""

    modulus: int = field(repr=False)
    exponent: int = field(repr=False)


def private_key_of(pem: str) -> PrivateKey:
    """The key in a PEM text (PKCS #8 or PKCS #1, not encrypted). Raises ValueError for anything else."""
    lines = [line.strip() for line in pem.strip().splitlines()]
    if not lines or "PRIVATE KEY" not in lines[0] or "ENCRYPTED" in lines[0]:
        raise ValueError("no private key")
    try:
        whole = base64.b64decode("".join(lines[1:-1]), validate=True)
    except binascii.Error as error:
        raise ValueError("no private key") from error
    numbers = whole if "RSA" in lines[0] else _unwrapped(whole)
    parts = list(_parts(_only(numbers, _SEQUENCE)))
    if len(parts) < 4 or any(kind != _INTEGER for kind, _ in parts[:4]):
        raise ValueError("no RSA key")
    return PrivateKey(int.from_bytes(parts[1][1], "big"), int.from_bytes(parts[3][1], "big"))


def signed(message: bytes, key: PrivateKey) -> bytes:
    """The signature, as long as the modulus. Raises ValueError for a key that is too short."""
    length = (key.modulus.bit_length() + 7) // 8
    if length < _SHORTEST_KEY_BYTES:
        raise ValueError("the key is too short")
    told = _SHA256_IDENTIFIER + hashlib.sha256(message).digest()
    padded = b"\x00\x01" + b"\xff" * (length - len(told) - 3) + b"\x00" + told
    return pow(int.from_bytes(padded, "big"), key.exponent, key.modulus).to_bytes(length, "big")


def _unwrapped(whole: bytes) -> bytes:
    """PKCS #8: a version, the kind of key, and the key itself in octets."""
    found = [content for kind, content in _parts(_only(whole, _SEQUENCE)) if kind == _OCTETS]
    if not found:
        raise ValueError("no private key")
    return found[0]


def _only(content: bytes, wanted: int) -> bytes:
    found = next(iter(_parts(content)), None)
    if found is None or found[0] != wanted:
        raise ValueError("no private key")
    return found[1]


def _parts(content: bytes) -> list[tuple[int, bytes]]:
    """Kind and content of everything that stands one after the other (DER). Raises ValueError where it breaks off."""
    found: list[tuple[int, bytes]] = []
    at = 0
    while at < len(content):
        if at + 2 > len(content):
            raise ValueError("the key breaks off")
        kind, length = content[at], content[at + 1]
        at += 2
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(content[at : at + size], "big")
            at += size
        if at + length > len(content):
            raise ValueError("the key breaks off")
        found.append((kind, content[at : at + length]))
        at += length
    return found
