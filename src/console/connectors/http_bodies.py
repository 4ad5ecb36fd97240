"""The bytes of an answer, no more than is bearable: so much over the wire, so much unpacked (promise P24)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from console.connectors.errors import SourceError, TemporaryError

MAX_WIRE_BYTES = 20_000_000
MAX_DECODED_BYTES = 50_000_000
MAX_RATIO = 100
# Small pages of one repeated record compress better than any bomb; below this a ratio says nothing.
_RATIO_COUNTS_FROM = 2_000_000
_PIECE = 262_144


def collected(pieces: Iterable[bytes], encoding: str, host: str) -> bytes:
    """All bytes, unpacked by ``encoding`` (a Content-Encoding). Raises SourceError (too much), TemporaryError (damaged)."""
    unpack = _unpacker(encoding.strip().lower(), host)
    found: list[bytes] = []
    wire = size = 0
    for piece in pieces:
        wire += len(piece)
        if wire > MAX_WIRE_BYTES:
            raise _too_much(host)
        for part in unpack.parts(piece):
            size += len(part)
            if size > MAX_DECODED_BYTES or (size > _RATIO_COUNTS_FROM and size > wire * MAX_RATIO):
                raise _too_much(host)
            found.append(part)
    unpack.finish()
    return b"".join(found)


class _Plain:
    def parts(self, piece: bytes) -> Iterable[bytes]:
        return (piece,)

    def finish(self) -> None:
        return


class _Packed:
    """gzip or zlib, unpacked in small parts so that a bomb is noticed long before it is whole."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        self._was_fed = False

    def parts(self, piece: bytes) -> Iterable[bytes]:
        self._was_fed = self._was_fed or bool(piece)
        while piece and not self._inflate.eof:
            try:
                part = self._inflate.decompress(piece, _PIECE)
            except zlib.error as error:
                raise _damaged(self._host) from error
            piece = self._inflate.unconsumed_tail
            yield part

    def finish(self) -> None:
        if self._was_fed and not self._inflate.eof:
            raise _damaged(self._host)


def _unpacker(encoding: str, host: str) -> _Plain | _Packed:
    if encoding in {"", "identity"}:
        return _Plain()
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return _Packed(host)
    raise TemporaryError(f"{host} answered in a packing that was not asked for.")


def _damaged(host: str) -> TemporaryError:
    return TemporaryError(f"{host} gave an answer that is damaged or cut off.")


def _too_much(host: str) -> SourceError:
    return SourceError(f"{host} gave an answer that is too large.", "Ask for less at once, or report it to the vendor.")
