"""A dossier as one JSON document: stable names, times in ISO 8601 (UTC), written piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from console.domain.dossier import Content, Dossier, Item, Part, Shape


def pieces(dossier: Dossier) -> Iterator[str]:
    """The document, piece by piece."""
    about = {
        "format": "support-console dossier 1",
        "customer_id": str(dossier.customer_id),
        "customer": dossier.customer,
        "made_by": dossier.made_by,
        "made_at": _content(dossier.made_at),
        "sources": dossier.sources,
        "remarks": dossier.remarks,
    }
    yield json.dumps(about, ensure_ascii=False, indent=1).removesuffix("\n}")
    for part in dossier.parts:
        yield f",\n{json.dumps(part.name)}: "
        yield from _part(part)
    yield "\n}\n"


def _part(part: Part) -> Iterator[str]:
    if part.shape is Shape.FACTS:
        for item in part.items:
            yield from _item(item)
        return
    yield "["
    for place, item in enumerate(part.items):
        yield ",\n" if place else "\n"
        yield from _item(item)
    yield "]"


def _item(item: Item) -> Iterator[str]:
    said: dict[str, object] = {one.name: _content(one.content) for one in item.fields}
    if item.text is not None:
        said["text"] = item.text
    yield json.dumps(said, ensure_ascii=False).removesuffix("}")
    for place, part in enumerate(item.parts):
        yield f"{', ' if said or place else ''}{json.dumps(part.name)}: "
        yield from _part(part)
    yield "}"


def _content(content: Content) -> object:
    match content:
        case datetime():
            return content.astimezone(UTC).isoformat()
        case tuple():
            return list(content)
        case _:
            return content
