"""JSON lines: one object a line, nested objects as keys with dots, and its rows in the order of those keys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from console.connectors.table_rows import LONGEST_CELL, MOST_COLUMNS, Cell, Layout, Row, too_many_columns

_DEEPEST = 20
_LONE = re.compile("[\ud800-\udfff\0]")
_BIG = 1 << 63


def jsonl_layout(path: Path) -> Layout:
    """All keys of all lines. Raises TableError where there are too many."""
    keys: dict[str, None] = {}
    for _, flat, _ in _objects(path):
        if flat.keys() - keys.keys():
            keys.update(dict.fromkeys(flat))
            if len(keys) > MOST_COLUMNS:
                raise too_many_columns(len(keys))
    return Layout("jsonl", encoding="utf-8", keys=tuple(keys))


def jsonl_rows(path: Path, layout: Layout) -> Iterator[Row]:
    """All lines as rows, numbered by line. A line that is no object carries its problem; empty lines are skipped."""
    for number, flat, problem in _objects(path):
        yield Row(number, [flat.get(key, "") for key in layout.keys], problem)


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Cell], str]]:
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(LONGEST_CELL + 1):
            number += 1
            if len(line) > LONGEST_CELL:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LONGEST_CELL)
                yield number, {}, f"is longer than {LONGEST_CELL:,} bytes"
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield (number, *_object(line))


def _object(line: bytes) -> tuple[dict[str, Cell], str]:
    try:
        tree = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return {}, 'is not JSON; every line must hold one object like {"email": "…"}'
    if not isinstance(tree, dict):
        return {}, 'is not a JSON object; every line must look like {"email": "…"}'
    flat: dict[str, Cell] = {}
    return (flat, "") if _flatten(tree, "", flat, _DEEPEST) else ({}, f"is nested more than {_DEEPEST} deep")


def _flatten(tree: dict[str, Any], prefix: str, flat: dict[str, Cell], levels: int) -> bool:
    for key, value in tree.items():
        name = prefix + (_scrubbed(key) or "empty")
        if isinstance(value, dict):
            if levels == 0 or not _flatten(value, f"{name}.", flat, levels - 1):
                return False
        else:
            flat[name] = _cell(value)
    return True


def _cell(value: Any) -> Cell:
    match value:
        case None:
            return ""
        case str():
            return _scrubbed(value)
        case bool() | float():
            return value
        case int():
            return value if abs(value) < _BIG else str(value)
        case list() if all(isinstance(item, str) for item in value):
            return _scrubbed(", ".join(value))
        case _:
            return _scrubbed(json.dumps(value, ensure_ascii=False))


def _scrubbed(text: str) -> str:
    return _LONE.sub("\ufffd", text) if not text.isascii() or "\0" in text else text


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
