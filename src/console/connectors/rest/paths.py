"""Where something stands in JSON: ``a.b``, ``a.0``, ``a.-1`` (the last), ``items.*.name``; ``^`` is the record around, ``.`` all of it, ``@parent`` the list's part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.connectors.errors import RecordError

PARENT, LAST = "@parent", "-1"
_PATH = re.compile(r"\^*\.?|\^*(?:\^\.)?[^.\s^](?:[^.^]*[^.\s^])?(?:\.[^.^]+)*")


@dataclass(frozen=True, slots=True)
class Scope:
    """What paths start from: a record, what is around it (a message's conversation), and lists that were looked up."""

    record: Any
    around: Scope | None = None
    parent: str = ""
    lists: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def inside(self, record: Any) -> Scope:
        return Scope(record, self, self.parent, self.lists)


def is_path(text: str) -> bool:
    """Whether it can be read as a path at all."""
    return text == PARENT or (bool(text) and _PATH.fullmatch(text) is not None)


def found_at(scope: Scope, path: str) -> list[Any]:
    """Everything that stands there, in order, without nulls. A place that does not exist holds nothing."""
    if path == PARENT:
        return [scope.parent] if scope.parent else []
    at: Scope | None = scope
    rest = path
    while rest.startswith("^"):
        at = at.around if at else None
        rest = rest[1:].removeprefix(".")
    if at is None:
        return []
    steps = [step for step in rest.split(".") if step]
    return [one for one in _walk(at.record, steps) if one is not None]


def first_at(scope: Scope, path: str) -> Any:
    """The first thing that stands there, or None."""
    return next(iter(found_at(scope, path)), None)


def list_at(answer: Any, path: str) -> list[Any]:
    """The list of records in an answer; ``a.*`` takes the values of an object. Raises RecordError where there is no list.

    A place that is absent holds no records: some vendors leave the name out of an empty answer.
    """
    if path.endswith("*"):
        return found_at(Scope(answer), path)
    found = first_at(Scope(answer), path)
    if path and isinstance(found, Mapping):
        # JSON made out of XML has one record where others have a list of one.
        return [found]
    if found is None and isinstance(answer, Mapping):
        return []
    if not isinstance(found, list):
        raise RecordError(f"The answer holds no list of records at {path or 'its top'}.")
    return found


def _walk(value: Any, steps: list[str]) -> Iterator[Any]:
    if not steps:
        yield value
        return
    step, *rest = steps
    if step == "*":
        inside = value if isinstance(value, list) else list(value.values()) if isinstance(value, Mapping) else []
        for one in inside:
            yield from _walk(one, rest)
    elif isinstance(value, Mapping) and step in value:
        yield from _walk(value[step], rest)
    elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
        yield from _walk(value[int(step)], rest)
    elif isinstance(value, list) and step == LAST and value:
        yield from _walk(value[-1], rest)
