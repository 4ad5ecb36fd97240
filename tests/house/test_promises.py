"""A promise in docs/promises.md is kept by tests that exist."""

from __future__ import annotations

import ast
import re

from tests.house.reading import ROOT, shown

PROMISES = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| (P\d+) \| (.+) \| (.*) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_test_that_keeps_a_promise_exists() -> None:
    missing = [f"{path}::{name}" for path, name in _TEST.findall(PROMISES) if name not in _tests_in(path)]

    assert _TEST.findall(PROMISES)
    assert not missing, shown(missing)


def test_every_promise_is_kept_by_a_test_and_stands_once() -> None:
    rows = _ROW.findall(PROMISES)
    numbers = [number for number, _, _ in rows]

    assert len(numbers) == PROMISES.count("\n| P")
    assert len(set(numbers)) == len(numbers)
    assert [number for number, _, tests in rows if not _TEST.search(tests)] == []


def _tests_in(path: str) -> set[str]:
    file = ROOT / path
    if not file.is_file():
        return set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
