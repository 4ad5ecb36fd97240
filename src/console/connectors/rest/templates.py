"""Templates: texts with ``{names}`` in braces, and bodies made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from console.connectors.rest.paths import Scope, found_at

_NAME = re.compile(r"\{([a-z_][A-Za-z0-9_.@*-]*)\}")
_WHOLE = re.compile(r"\{([a-z_][A-Za-z0-9_.@*-]*)\}\Z")
ABSENT, NULL = object(), object()
_ADDED, _WITHOUT, _AMONG = "added_to", "taken_from", "among"


def names_in(template: object) -> frozenset[str]:
    """All names that a template asks for, wherever in it they stand."""
    if isinstance(template, str):
        return frozenset(_NAME.findall(template))
    if isinstance(template, Mapping):
        return frozenset().union(*(names_in(part) for pair in template.items() for part in pair))
    if isinstance(template, Iterable):
        return frozenset().union(*(names_in(part) for part in template))
    return frozenset()


def path_of(template: str, values: Mapping[str, Any]) -> str:
    """A path with its names filled in; what is filled in cannot leave its place in the path."""
    return _NAME.sub(lambda found: _quoted(_at(values, found[1])), template)


def text_of(template: str, values: Mapping[str, Any]) -> str:
    """A text with its names filled in; what is unknown is empty."""
    return _NAME.sub(lambda found: _text(_at(values, found[1])), template)


def filled(template: Any, values: Mapping[str, Any]) -> Any:
    """A body with its names filled in. A text that is one name alone takes the value's own type.

    Where the value is None or unknown, the name in an object or the place in a list is left out; ``NULL`` is JSON's null. An object
    ``{added_to: "{current.tags}", value: "{tag}"}`` is that list with the value; ``taken_from`` is it without. An object
    ``{among: "{current.fields}", "{name}": "{value}"}`` is that object with what stands beside it.
    """
    if isinstance(template, str):
        if whole := _WHOLE.match(template):
            found = _at(values, whole[1])
            return ABSENT if found is None else None if found is NULL else found
        return text_of(template, values)
    if isinstance(template, Mapping):
        if _ADDED in template or _WITHOUT in template:
            return _changed_list(template, values)
        kept = filled(template[_AMONG], values) if _AMONG in template else {}
        pairs = (
            (text_of(str(name), values), filled(part, values)) for name, part in template.items() if name != _AMONG
        )
        found = {name: part for name, part in pairs if part is not ABSENT}
        return {**kept, **found} if isinstance(kept, Mapping) else found
    if isinstance(template, list):
        parts = (filled(part, values) for part in template)
        return [part for part in parts if part is not ABSENT]
    return template


def params_of(template: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of an address; those whose value is unknown are left out."""
    found = filled(dict(template), values)
    return {name: _text(value) if isinstance(value, bool) else value for name, value in found.items()}


def _changed_list(template: Mapping[str, Any], values: Mapping[str, Any]) -> list[Any]:
    is_added = _ADDED in template
    present = filled(template[_ADDED if is_added else _WITHOUT], values)
    kept = list(present) if isinstance(present, list) else []
    value = filled(template.get("value", ""), values)
    if is_added:
        return kept if value in kept else [*kept, value]
    return [one for one in kept if one != value]


def _at(values: Mapping[str, Any], name: str) -> Any:
    """What stands at ``a.b``; with a ``*`` in it all of them, as a list."""
    found = found_at(Scope(values), name)
    return found if "*" in name else next(iter(found), None)


def _quoted(value: Any) -> str:
    """As one step of a path: ``..`` would leave it, and httpx and servers would follow."""
    text = quote(_text(value), safe="")
    return text.replace(".", "%2E") if text.strip(".") == "" else text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or value is NULL else str(value)
