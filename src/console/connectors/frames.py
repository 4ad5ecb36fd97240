"""Pages over a pipe, from a process that is not trusted: length, kind, content; only our own values come out."""

from __future__ import annotations

import dataclasses
import importlib
import io
import pickle
import struct
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import BinaryIO, TypeVar

# A page holds at most 8 MB of raw mail, or one mail of 50 MB with its attachments beside it.
MAX_FRAME_BYTES = 256_000_000
_HEAD = struct.Struct(">cQ")
_PLAIN = {
    ("datetime", "datetime"): datetime,
    ("datetime", "date"): date,
    ("datetime", "timedelta"): timedelta,
    ("datetime", "timezone"): timezone,
    ("decimal", "Decimal"): Decimal,
}
_OWN = "console.domain."
_UNREADABLE = (
    *(pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError),
    *(ImportError, MemoryError, RecursionError),
)
T = TypeVar("T")


class FrameError(ValueError):
    """What came over the pipe is no frame of ours; the message says why, for the log."""


def write_frame(stream: BinaryIO, kind: bytes, content: bytes) -> None:
    """Write one frame: ``kind`` is one byte. Raises OSError where nobody reads any more."""
    stream.write(_HEAD.pack(kind, len(content)))
    stream.write(content)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next frame's kind and content; None at the end of the pipe. Raises FrameError where it is cut or too large."""
    head = stream.read(_HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise FrameError("a frame's head is cut off")
    kind, size = _HEAD.unpack(head)
    if size > MAX_FRAME_BYTES:
        raise FrameError("a frame is too large")
    content = stream.read(size)
    if len(content) < size:
        raise FrameError("a frame is cut off")
    return kind, content


def packed(value: object) -> bytes:
    """A value of the domain as bytes that ``unpacked`` understands."""
    return pickle.dumps(value, protocol=5)


def unpacked(content: bytes, wanted: type[T]) -> T:
    """The value in ``content``. Raises FrameError for anything else: foreign classes are not even imported."""
    try:
        value = _Unpickler(io.BytesIO(content)).load()
    except _UNREADABLE as error:
        raise FrameError(f"a value cannot be read ({type(error).__name__})") from error
    if not isinstance(value, wanted):
        raise FrameError(f"a frame holds a {type(value).__name__}")
    return value


class _Unpickler(pickle.Unpickler):
    """Makes values of the domain (frozen dataclasses, enums), dates and decimals; calls nothing else."""

    def find_class(self, module_name: str, global_name: str, /) -> object:
        plain = _PLAIN.get((module_name, global_name))
        if plain is not None:
            return plain
        if module_name.startswith(_OWN) and "." not in global_name and not global_name.startswith("_"):
            found = getattr(importlib.import_module(module_name), global_name, None)
            is_value = isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, Enum))
            if is_value and found.__module__ == module_name:
                return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no value of ours")
