"""JSON that anybody could rely on, or an error (P27)."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.connectors.http_json import NotJsonError, parsed

REFUSED = [
    (b"", "empty"),
    (b"  \n", "empty"),
    (b"<!DOCTYPE html><html>Sign in", "web page"),
    (b"\n<html><head>", "web page"),
    (b'{"a": 1', "cut off"),
    (b'{"a": 1}}', "cut off"),
    (b"[1, 2,]", "cut off"),
    (b"{'a': 1}", "cut off"),
    (b'{"a": NaN}', "no number"),
    (b"[Infinity]", "no number"),
    (b"[-Infinity]", "no number"),
    (b'{"a": 1, "a": 2}', "twice"),
    (b'{"x": {"a": 1, "b": 0, "a": 1}}', "twice"),
    (b"[1e999]", "too large"),
    (b"[" + b"9" * 25 + b"]", "too large"),
    (b"[" + b"9" * 6_000 + b"]", "too large"),
    (b"[9223372036854775808]", "too large"),
    ("[\"é\"]".encode("latin-1"), "not UTF-8"),
    ('["a"]'.encode("utf-16"), "not UTF-8"),
    (b'\xef\xbb\xbf["a"]', "cut off"),
    (b'["\xed\xa0\x80"]', "not UTF-8"),
    (b"[" * 100_000, "nested"),
    (b'{"a":' * 100_000, "nested"),
    (b"[" * 150 + b"]" * 150, "nested"),
    (b'["a", ' + b'{"b":[' * 70 + b"]}" * 70 + b"]", "nested"),
    (b'["\x00"]', "cut off"),
    (b'["a\nb"]', "cut off"),
    (b"[01]", "cut off"),
    (b"[+1]", "cut off"),
    (b"[.5]", "cut off"),
    (b'["\\x41"]', "cut off"),
    (b"nul", "cut off"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "reason"), REFUSED)
def test_what_is_no_strict_json_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(NotJsonError, match=reason):
        parsed(body)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, -0, 2.5e3, true, null, "\\u00e9\\n"]}', {"a": [1, 0, 2500.0, True, None, "é\n"]}),
        (b"9223372036854775807", 2**63 - 1),
        (b'"[[[[{{{{"', "[[[[{{{{"),
        (b"[" * 99 + b"]" * 99, None),
        (b'["' + b"[" * 500 + b'", 1]', ["[" * 500, 1]),
        (b'["\\"' + b"[" * 500 + b'"]', ['"' + "[" * 500]),
        (b'"\\ud800"', "\ud800"),
    ],
)
def test_what_is_json_is_taken(body: bytes, value: object) -> None:
    found = parsed(body)

    assert value is None or found == value


_TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
    max_leaves=30,
)


@given(_TREES)
def test_everything_that_json_can_say_comes_back_as_it_was(tree: object) -> None:
    if isinstance(tree, str) and not tree.isprintable():
        tree = repr(tree)
    body = json.dumps(tree, ensure_ascii=True).encode()

    assert parsed(body) == tree


@given(_TREES, st.integers(0, 200))
def test_json_that_was_cut_is_never_data(tree: object, length: int) -> None:
    whole = json.dumps({"items": [tree]}).encode()
    cut = whole[: min(length, len(whole) - 1)]

    with pytest.raises(NotJsonError):
        parsed(cut)


@given(st.binary(max_size=300))
def test_any_bytes_are_json_or_an_error_and_nothing_else(body: bytes) -> None:
    with suppress(NotJsonError):
        assert json.dumps(parsed(body))
