"""What an export of survey answers looks like: the names in its head, whatever the file is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

_HEAD_BYTES = 16_384
JSON_ENDINGS = frozenset((".json", ".jsonl", ".ndjson"))
_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("response id", "survey response id", "id"),
    "score": ("score", "rating"),
    "comment": ("comment", "comments"),
    "survey_type": ("survey type", "metric", "type"),
    "email": ("person email", "email", "e-mail", "email address"),
    "name": ("person name", "name"),
    "phone": ("person phone number", "person phone", "phone number", "phone"),
    "created_at": ("responded at", "created at", "response date", "timestamp", "date"),
    "updated_at": ("updated at",),
    "permalink": ("permalink", "response permalink"),
    "tags": ("tags",),
    "notes": ("notes",),
}
NEEDED = ("score", "comment", "created_at")
_TELLING = ("id", "survey_type", "permalink")


def is_survey_export(path: Path) -> bool:
    """Whether a file looks like an export of survey answers: by its first names, whatever its own name. False where it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return False
    if path.suffix.lower() in JSON_ENDINGS:
        return b'"score"' in head and (b'"person"' in head or b'"survey_type"' in head)
    first = head.decode("utf-8-sig", "replace").partition("\n")[0]
    places = places_of([cell.strip().strip('"') for cell in first.replace(";", ",").replace("\t", ",").split(",")])
    return all(name in places for name in NEEDED) and any(name in places for name in _TELLING)


def places_of(header: Sequence[str]) -> dict[str, int]:
    """Where each thing stands, by the first of its names that is there."""
    known = {name.replace("_", " ").casefold(): place for place, name in reversed(list(enumerate(header)))}
    found = {}
    for name, written in _NAMES.items():
        place = next((known[one] for one in written if one in known), None)
        if place is not None:
            found[name] = place
    return found
