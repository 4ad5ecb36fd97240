"""The lock files pin what pyproject.toml asks for, with hashes, and both pin the same."""

from __future__ import annotations

import re
import tomllib
from functools import cache

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.house.reading import ROOT, shown

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


@cache
def pins(lock: str) -> dict[str, str]:
    """Distribution name → pinned version."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {canonicalize_name(name): version for name, version in _PIN.findall(text)}


@cache
def asked_for(*extras: str) -> tuple[Requirement, ...]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return tuple(Requirement(line) for line in lines)


@pytest.mark.parametrize(("lock", "extras"), [("requirements.lock", ()), ("requirements-test.lock", ("test",))])
def test_every_dependency_is_pinned_to_a_version_it_allows(lock: str, extras: tuple[str, ...]) -> None:
    wrong = [
        f"{requirement} but pinned {pins(lock).get(canonicalize_name(requirement.name))}"
        for requirement in asked_for(*extras)
        if not requirement.specifier.contains(pins(lock).get(canonicalize_name(requirement.name), "0"))
    ]

    assert not wrong, shown(wrong)


def test_the_test_lock_holds_the_run_lock_whole() -> None:
    both = pins("requirements-test.lock")

    assert {name: both.get(name) for name in pins("requirements.lock")} == pins("requirements.lock")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_pin_has_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert len(re.findall(r"^[A-Za-z0-9._-]+==.*\\\n +--hash=sha256:", text, re.MULTILINE)) == len(pins(lock)) > 0
