"""Where something stands in JSON: ``a.b``, ``a.0``, ``a.-1`` (the last), ``items.*.name``; ``^`` is the record around, ``.`` all of it, ``@parent`` the list's part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
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
    ups, steps = _parsed(path)
    at: Scope | None = scope
    for _ in range(ups):
        at = at.around if at else None
    if at is None:
        return []
    places = [at.record]
    for step in steps:
        places = [one for place in places for one in _inside(place, step)]
    return [one for one in places if one is not None]


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


@lru_cache(maxsize=4096)
def _parsed(path: str) -> tuple[int, tuple[str, ...]]:
    """How many records up, and the steps down from there; taken apart once, followed for every record."""
    ups, rest = 0, path
    while rest.startswith("^"):
        ups += 1
        rest = rest[1:].removeprefix(".")
    return ups, tuple(step for step in rest.split(".") if step)


def _inside(place: Any, step: str) -> Iterable[Any]:
    if isinstance(place, dict):
        if step == "*":
            return place.values()
        return (place[step],) if step in place else ()
    if not isinstance(place, list):
        return ()
    if step == "*":
        return place
    if step == LAST:
        return place[-1:]
    return place[int(step) : int(step) + 1] if step.isdigit() else ()
