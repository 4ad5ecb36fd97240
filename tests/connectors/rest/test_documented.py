"""docs/connectors.md says everything that a manifest can say, and what it shows is right."""

from __future__ import annotations

import ast
import re

import yaml
from tests.house.reading import ROOT, modules, shown

from console.connectors.rest.manifest import PagingKind
from console.connectors.rest.times import TimeForm
from console.domain.outbox import WriteKind

PAGE = (ROOT / "docs" / "connectors.md").read_text(encoding="utf-8")
_READS = {
    "text",
    "part",
    "parts",
    "texts",
    "flag",
    "number",
    "span",
    "choice",
    "section",
    "plain_by_name",
    "text_by_name",
}
_PICKS = {"pick_in", "picks_by_name", "tests_in", "request_in"}
_WORD = re.compile(r"[a-z_]+")


def names_that_are_read() -> dict[str, str]:
    """Every name that the reader of manifests asks for, with where it does."""
    found: dict[str, str] = {}
    for module in modules("src/console/connectors/rest"):
        if "/reading" not in module.path:
            continue
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            position = 0 if called in _READS else 1 if called in _PICKS else None
            argument = node.args[position] if position is not None and len(node.args) > position else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found[argument.value] = module.at(node)
    return found


def test_every_name_that_a_manifest_may_hold_is_documented() -> None:
    documented = set(_WORD.findall(PAGE))
    names = names_that_are_read()

    missing = [f"{where} {name}" for name, where in names.items() if name not in documented]

    assert len(names) > 60
    assert not missing, shown(missing)


def test_every_kind_that_a_manifest_may_name_is_documented() -> None:
    kinds = [*PagingKind, *WriteKind, *(form for form in TimeForm if form is not TimeForm.AUTO)]

    assert not [kind.value for kind in kinds if not re.search(rf"\b{kind.value}\b", PAGE)]


def test_every_example_is_yaml() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)

    assert len(examples) == 4
    for example in examples:
        assert isinstance(yaml.safe_load(example.replace("map: …", "map: {}")), dict)
