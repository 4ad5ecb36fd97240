"""Intercom's own description of its API (2.16), read from beside the checkout, as schemas that answers and requests are held to."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

DESCRIPTION = Path(__file__).resolve().parents[3] / "shared" / "specs" / "intercom-2.16.yaml"
_METHODS = frozenset({"get", "post", "put", "delete", "patch"})


@dataclass(frozen=True, slots=True)
class Operation:
    """One endpoint: its path as in the description, and what it says of requests and answers."""

    method: str
    path: str
    pattern: re.Pattern[str]
    described: Mapping[str, Any]

    def answer_schema(self, status: int) -> Mapping[str, Any] | None:
        return _schema_in(self.described.get("responses", {}).get(str(status), {}))

    def request_schema(self) -> Mapping[str, Any] | None:
        return _schema_in(self.described.get("requestBody", {}))


@dataclass(frozen=True, slots=True)
class Description:
    """The whole description, with its schemas as JSON Schema."""

    operations: tuple[Operation, ...]
    schemas: Mapping[str, Any]

    def operation(self, method: str, path: str) -> Operation:
        """Who serves a path: the one with the fewest ids in it. Raises KeyError where nobody does."""
        fitting = [one for one in self.operations if one.method == method.lower() and one.pattern.fullmatch(path)]
        if not fitting:
            raise KeyError(f"{method} {path} is not described")
        return min(fitting, key=lambda one: one.path.count("{"))

    def faults(self, schema: Mapping[str, Any], value: Any) -> list[str]:
        """Where a value does not keep to a schema."""
        from jsonschema import Draft202012Validator

        whole = {**as_json_schema(schema), "components": {"schemas": self.schemas}}
        found = Draft202012Validator(whole).iter_errors(value)
        return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in found]


@functools.cache
def description() -> Description:
    """The description; skips the test where it does not lie beside the checkout."""
    if not DESCRIPTION.exists():
        pytest.skip("needs Intercom's description beside the checkout: ../shared/specs/intercom-2.16.yaml")
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    whole = yaml.load(DESCRIPTION.read_text(encoding="utf-8"), Loader=loader)
    schemas = {name: as_json_schema(one) for name, one in whole["components"]["schemas"].items()}
    return Description(tuple(_operations(whole["paths"])), schemas)


def as_json_schema(schema: Any) -> Any:
    """OpenAPI 3.0 as JSON Schema: ``nullable`` is a type of its own there, and examples say nothing."""
    if isinstance(schema, list):
        return [as_json_schema(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {
        name: as_json_schema(value) for name, value in schema.items() if name not in {"example", "examples", "nullable"}
    }
    if schema.get("nullable") is not True or "$ref" in schema:
        return made
    return {"anyOf": [made, {"type": "null"}]}


def _operations(paths: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in paths.items():
        pattern = re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path)))
        for method, described in methods.items():
            if method in _METHODS:
                yield Operation(method, path, pattern, described)


def _schema_in(described: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return described.get("content", {}).get("application/json", {}).get("schema")
