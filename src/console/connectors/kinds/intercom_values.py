"""What stands in Intercom's JSON, taken out with its type checked: a wrong one is a RecordError, never data."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from console.connectors.errors import RecordError
from console.connectors.mail_text import scrub
from console.domain.values import Value, ValueKind

Json = Mapping[str, Any]

LONGEST_ID = 200
_LONGEST_TEXT = 20_000
_LATEST_SECONDS = 253_402_300_799  # the last second of the year 9999
# Ids become parts of addresses: nothing in one may lead elsewhere.
_ID = re.compile(r"(?!\.+$)[A-Za-z0-9._:@+=~-]+")
_MARKUP = re.compile(r"<[^<>]{0,2000}>")
_KINDS = {
    "string": ValueKind.STRING,
    "integer": ValueKind.NUMBER,
    "float": ValueKind.NUMBER,
    "boolean": ValueKind.BOOLEAN,
    "date": ValueKind.DATETIME,
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """What Intercom says of an attribute: ``kind``, its choices, whether the API may write it, and whether whole numbers only."""

    name: str
    kind: ValueKind
    choices: tuple[str, ...] = ()
    is_writable: bool = True
    is_whole: bool = False
    is_custom: bool = False


def an_object(raw: object, what: str) -> Json:
    """``raw``, where it is an object. Raises RecordError."""
    if not isinstance(raw, Mapping):
        raise RecordError(f"{what} is not an object.")
    return raw


def part_of(raw: Json, name: str) -> Json:
    """The object called ``name``, empty where there is none. Raises RecordError where it is something else."""
    found = raw.get(name)
    return {} if found is None else an_object(found, name)


def list_of(raw: Json, name: str) -> Sequence[Any]:
    """The list called ``name``, empty where there is none. Raises RecordError."""
    found = raw.get(name)
    if found is None:
        return ()
    if not isinstance(found, list):
        raise RecordError(f"{name} is not a list.")
    return found


def objects_in(raw: Json, name: str) -> tuple[Json, ...]:
    """The objects of the list called ``name``, none where there is no such list. Raises RecordError."""
    return tuple(an_object(one, f"One of {name}") for one in list_of(raw, name))


def key_of(raw: Json, name: str = "id") -> str:
    """An id as text; Intercom writes some as numbers. Raises RecordError where there is none."""
    found = raw.get(name)
    if (
        isinstance(found, bool)
        or not isinstance(found, (str, int))
        or not str(found).strip()
        or len(str(found)) > LONGEST_ID
    ):
        raise RecordError(f"{name} is missing or no id.")
    if not _ID.fullmatch(str(found)):
        raise RecordError(f"{name} holds signs that no id has.")
    return str(found)


def key_or_none(raw: Json, name: str) -> str | None:
    """An id as text, None where it is absent."""
    return None if raw.get(name) in (None, "", 0) else key_of(raw, name)


def text_of(raw: Json, name: str) -> str:
    """A text as it came, scrubbed; empty where there is none. Raises RecordError."""
    found = raw.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise RecordError(f"{name} is not a text.")
    return scrub(found)


def line_of(raw: Json, name: str) -> str:
    """A text of one line with its HTML taken off (Intercom really gives names like ``Phone &amp; SMS``). Raises RecordError."""
    return plain_line(text_of(raw, name))


def plain_line(text: str) -> str:
    """One line without markup and references."""
    return scrub(" ".join(html.unescape(_MARKUP.sub(" ", text) if "<" in text else text).split()))


def moment_of(raw: Json, name: str) -> datetime | None:
    """A time in seconds since 1970 (UTC), None where there is none. Raises RecordError."""
    found = raw.get(name)
    if found is None or found == 0:
        return None
    return moment(found, name)


def moment(found: object, name: str) -> datetime:
    """Seconds since 1970 as aware UTC. Raises RecordError for anything else."""
    if isinstance(found, str) and found.isdigit():
        found = int(found)
    if isinstance(found, bool) or not isinstance(found, (int, float)) or not 0 <= found <= _LATEST_SECONDS:
        raise RecordError(f"{name} is not a time.")
    return datetime.fromtimestamp(int(found), UTC)


def known_moment(raw: Json, name: str) -> datetime:
    """A time that every such object has. Raises RecordError."""
    found = moment_of(raw, name)
    if found is None:
        raise RecordError(f"{name} is missing.")
    return found


def value_of(name: str, found: object, attribute: Attribute | None = None) -> Value | None:
    """A value of an attribute; None where Intercom says nothing. What does not fit its definition keeps its own type.

    Raises RecordError for what no property can hold (objects, texts beyond 20,000 characters).
    """
    kind = attribute.kind if attribute else None
    match found:
        case None | "":
            return None
        case bool():
            return Value(ValueKind.BOOLEAN, found)
        case int() | float() if kind is ValueKind.DATETIME or (kind is None and name.endswith("_at")):
            return Value(ValueKind.DATETIME, moment(found, name))
        case int() | float():
            return Value(ValueKind.NUMBER, Decimal(str(found)))
        case str():
            return _text_value(name, found, kind)
        case list():
            return _list_value(name, found)
        case _:
            # References to custom objects: nothing that a property could show.
            return None


def _text_value(name: str, found: str, kind: ValueKind | None) -> Value | None:
    text = scrub(html.unescape(found)).strip()
    if len(text) > _LONGEST_TEXT:
        raise RecordError(f"{name} has more than {_LONGEST_TEXT:,} characters.")
    if not text:
        return None
    if kind is ValueKind.BOOLEAN and text.lower() in {"true", "false"}:
        return Value(ValueKind.BOOLEAN, text.lower() == "true")
    return Value(ValueKind.CHOICE if kind is ValueKind.CHOICE else ValueKind.STRING, text)


def _list_value(name: str, found: list[Any]) -> Value | None:
    texts = {plain_line(one) for one in found if isinstance(one, str)} - {""}
    if any(len(one) > _LONGEST_TEXT for one in texts):
        raise RecordError(f"{name} has more than {_LONGEST_TEXT:,} characters.")
    return Value(ValueKind.CHOICES, tuple(sorted(texts))) if texts else None


def attribute_of(raw: Json) -> Attribute | None:
    """The definition of an attribute; None for archived ones and for types that no property has. Raises RecordError."""
    kind = _KINDS.get(text_of(raw, "data_type"))
    name = text_of(raw, "name")
    if kind is None or not name or raw.get("archived") is True:
        return None
    choices = tuple(plain_line(one) for one in list_of(raw, "options") if isinstance(one, str))
    return Attribute(
        name,
        ValueKind.CHOICE if choices and kind is ValueKind.STRING else kind,
        choices,
        is_writable=raw.get("api_writable") is True,
        is_whole=text_of(raw, "data_type") == "integer",
        is_custom=raw.get("custom") is True,
    )
