"""Rooms stay small: what bites a desktop program is the tail, never the median."""

from __future__ import annotations

import ast

from tests.house.reading import FUNCTION, is_override, modules, shown

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 40
MOST_PUBLIC_METHODS = 15


def test_no_file_is_longer_than_300_lines() -> None:
    long = [f"{module.path}: {lines}" for module in modules() if (lines := len(module.text.splitlines())) > MOST_LINES]

    assert not long, shown(long)


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{module.at(node)} {node.name}: {lines}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, FUNCTION)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    ]

    assert not long, shown(long)


def test_no_class_has_more_than_15_public_methods() -> None:
    wide = [
        f"{module.at(node)} {node.name}: {count}"
        for module in modules("src")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and (count := _public_methods(node)) > MOST_PUBLIC_METHODS
    ]

    assert not wide, shown(wide)


def _public_methods(node: ast.ClassDef) -> int:
    methods = [child for child in node.body if isinstance(child, FUNCTION)]
    return sum(not method.name.startswith("_") and not is_override(method) for method in methods)
