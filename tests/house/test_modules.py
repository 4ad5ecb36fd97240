"""A module answers one question and says which; packages say what they hold and nothing more."""

from __future__ import annotations

import ast
import graphlib
import re

import grimp
from tests.house.reading import Module, modules, shown

_SENTENCE_END = re.compile(r"[.?!…]\)?$")


def test_every_module_says_in_its_first_sentence_what_it_answers() -> None:
    silent = [module.path for module in modules() if not _first_sentence(module)]

    assert not silent, shown(silent)


def test_an_init_file_holds_a_docstring_only() -> None:
    busy = [
        module.path
        for module in modules()
        if module.path.endswith("__init__.py") and (len(module.tree.body) != 1 or not ast.get_docstring(module.tree))
    ]

    assert not busy, shown(busy)


def test_every_module_with_code_postpones_its_annotations() -> None:
    without = [
        module.path
        for module in modules()
        if not module.path.endswith("__init__.py") and "\nfrom __future__ import annotations\n" not in module.text
    ]

    assert not without, shown(without)


def test_no_import_closes_a_cycle_not_even_one_inside_a_function() -> None:
    graph = grimp.build_graph("console", exclude_type_checking_imports=True, cache_dir=None)
    arrows = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}

    found = _cycle(arrows)

    assert not found, shown(found)


def test_the_search_for_cycles_finds_one() -> None:
    assert set(_cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == {"a", "b", "c"}


def _first_sentence(module: Module) -> str | None:
    """The docstring's first paragraph when it reads as one sentence or more."""
    docstring = ast.get_docstring(module.tree)
    if not docstring:
        return None
    paragraph = docstring.partition("\n\n")[0].strip()
    return paragraph if _SENTENCE_END.search(paragraph) or paragraph.endswith(":") else None


def _cycle(arrows: dict[str, set[str]]) -> list[str]:
    try:
        graphlib.TopologicalSorter(arrows).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []
