"""Strict JSON: what is not exactly UTF-8 JSON is an error and never data (promise P27)."""

from __future__ import annotations

import json
import math
import re
from typing import Any

_LONGEST_NUMBER = 40
_LARGEST_INTEGER = 2**63 - 1
_DEEPEST = 100
_ALL_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


class NotJsonError(ValueError):
    """The bytes are no JSON that anybody could rely on; the text says why, without quoting them."""


def parsed(body: bytes) -> Any:
    """The value. Raises NotJsonError: empty, another encoding, cut off, NaN, a name twice, numbers beyond 64 bits, too deep."""
    if not body.strip():
        raise NotJsonError("it is empty")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise NotJsonError("it is not UTF-8") from None
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_refused, parse_int=_integer, parse_float=_fraction
        )
    except RecursionError:
        raise NotJsonError("it is nested too deeply") from None
    except json.JSONDecodeError:
        raise NotJsonError(_what_instead(text)) from None
    if text.count("[") + text.count("{") > _DEEPEST and not _is_shallow(body) and _depth(text) > _DEEPEST:
        raise NotJsonError("it is nested too deeply")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJsonError("a name stands in it twice")
    return found


def _refused(_word: str) -> Any:
    raise NotJsonError("it holds something that is no number")


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER or abs(number := int(digits)) > _LARGEST_INTEGER:
        raise NotJsonError("it holds a number that is too large")
    return number


def _fraction(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise NotJsonError("it holds a number that is too large")
    return number


def _what_instead(text: str) -> str:
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if start.startswith(("<!doctype", "<html", "<head", "<body", "<?xml")):
        return "it is a web page"
    return "it is cut off or damaged"


def _is_shallow(body: bytes) -> bool:
    """A quick look: pairs of brackets fall out level by level. Brackets inside texts make it unsure, never wrong by much."""
    brackets = body.translate(None, _ALL_BUT_BRACKETS)
    for _two_levels in range(_DEEPEST // 2):
        inner = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if inner == brackets:
            break
        brackets = inner
    return not brackets


def _depth(text: str) -> int:
    deepest = depth = 0
    for found in _BRACKETS.finditer(text):
        sign = found[0]
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest
