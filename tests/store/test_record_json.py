"""What is kept of a record can be read again, whatever its length."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.store.record_json import packed


@given(st.binary(max_size=3_000))
def test_packed_bytes_are_what_they_were(raw: bytes) -> None:
    assert zlib.decompress(packed(raw)) == raw


@pytest.mark.parametrize("length", sorted({2**power + more for power in range(8, 18) for more in (-1, 0, 1)}))
def test_bytes_as_long_as_a_window_are_what_they_were(length: int) -> None:
    raw = b"".join(b"%d," % number for number in range(length))[:length]

    assert len(raw) == length
    assert zlib.decompress(packed(raw)) == raw
    assert len(packed(raw)) <= len(zlib.compress(raw, 1)) + 16
