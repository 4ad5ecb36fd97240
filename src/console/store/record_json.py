"""The raw form of a record: the mail itself, or the record as JSON with keys in order, so that equal records are equal bytes."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from console.domain.records import MailRecord, Record
from console.domain.values import Value, stored

# What most fields hold; asking for their exact type first halves the time.
_PLAIN_ALREADY = frozenset((str, int, bool, float, type(None)))
_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_WIDEST_WINDOW, _SMALLEST_WINDOW = 15, 10
_SMALL_TABLES = 7


def raw_of(record: Record) -> bytes:
    """The bytes kept of a record, from which it could be mapped again."""
    if isinstance(record, MailRecord):
        return record.raw
    return _as_json(_plain(record)).encode("utf-8", "surrogatepass")


def packed(raw: bytes) -> bytes:
    """The bytes compressed for ``zlib.decompress``.

    The window is as wide as the bytes are long: clearing the tables of a full one takes six times as long as compressing
    a mail of usual length.
    """
    window = max((len(raw) - 1).bit_length(), _SMALLEST_WINDOW)
    if window >= _WIDEST_WINDOW:
        return zlib.compress(raw, 1)
    packing = zlib.compressobj(1, zlib.DEFLATED, window, _SMALL_TABLES)
    return packing.compress(raw) + packing.flush()


def _plain(value: object) -> object:
    if type(value) in _PLAIN_ALREADY:
        return value
    if type(value) is dict:
        return {str(key): _plain(one) for key, one in value.items()}
    match value:
        case Value(kind=kind):
            return {"kind": kind, "value": stored(value)}
        case datetime():
            return value.isoformat()
        case bytes():
            return _bytes(value)
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case tuple():
            return [_plain(one) for one in value]
        case _ if fields := _fields(type(value)):
            return {name: _plain(getattr(value, name)) for name in fields}
        case _:
            return value


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that are in our words; of anything else none. There are a dozen kinds, and every record asks."""
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple(field.name for field in dataclasses.fields(kind) if field.name != "source_raw")


def _bytes(content: bytes) -> str:
    """Small contents as they are; large ones live in the attachments' table already, here only their hash."""
    if len(content) <= 4096:
        return base64.b64encode(content).decode("ascii")
    return "sha256:" + hashlib.sha256(content).hexdigest()
