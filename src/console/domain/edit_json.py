"""Edits as JSON: what the journal writes, and reads back after a year."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, cast, get_args, get_type_hints

from console.domain.edits import Edit, Owner, Several
from console.domain.records import OwnerKind
from console.domain.values import Value, ValueKind, restored, stored

_KINDS: Mapping[str, type] = {kind.__name__: kind for kind in get_args(Edit)}


def to_json(edit: Edit) -> str:
    """The edit as JSON text; ``from_json`` gives the same edit back."""
    return json.dumps(_dumped(edit), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Edit:
    """The edit that ``to_json`` wrote. Raises ValueError on a kind that this version does not know."""
    return _loaded(json.loads(text))


def _dumped(edit: Edit) -> dict[str, object]:
    body: dict[str, object] = {"do": type(edit).__name__}
    for field in fields(edit):
        body[field.name] = _plain(getattr(edit, field.name))
    return body


def _plain(value: object) -> object:
    match value:
        case Owner(kind=kind, id=key):
            return [kind.value, key]
        case Value(kind=kind):
            return [kind.value, stored(value)]
        case datetime():
            return value.isoformat()
        case tuple():
            return [_dumped(one) if type(one) in _KINDS.values() else one for one in value]  # pyright: ignore[reportArgumentType]  # the test above narrows it
        case _:
            return value


def _loaded(body: Mapping[str, object]) -> Edit:
    name = str(body.get("do"))
    kind = _KINDS.get(name)
    if kind is None:
        raise ValueError(f"Edits of the kind “{name}” come from a newer version; update the console first")
    hints = get_type_hints(kind)
    arguments: dict[str, Any] = {key: _revived(hints[key], value) for key, value in body.items() if key != "do"}
    if kind is Several:
        arguments["edits"] = tuple(_loaded(one) for one in body["edits"])  # pyright: ignore[reportGeneralTypeIssues]  # JSON enters here
    return cast("Edit", kind(**arguments))


_REVIVE: Mapping[object, Callable[..., object]] = {
    Owner: lambda pair: Owner(OwnerKind(pair[0]), int(pair[1])),
    Value: lambda pair: restored(ValueKind(pair[0]), pair[1]),
    datetime: datetime.fromisoformat,
    ValueKind: ValueKind,
    OwnerKind: OwnerKind,
}


def _revived(hint: object, value: object) -> object:
    if isinstance(value, list) and hint not in _REVIVE:
        return tuple(value)
    return _REVIVE[hint](value) if hint in _REVIVE else value
