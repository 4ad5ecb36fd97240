"""Rows as lines of JSON: times as ISO 8601, JSON columns as JSON, bytes as text where they are text."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping

from console.domain.records import MailRecord
from console.store.connection import Row
from console.store.moments import moment

_JSON = frozenset(
    (
        "settings",
        "own_addresses",
        "recipients",
        "warnings",
        "metadata",
        "choices",
        "counts",
        "plan",
        "body",
        "step",
        "base",
        "theirs",
    )
)
_TIMES = frozenset(("at", "since", "until", "source_time", "first_seen", "last_seen", "waiting_since", "snoozed_until"))
_SECRETS = frozenset({("sources", "secret")})
_SECRET_SETTING = "secret:"  # before the key of a source: its password, where no keyring holds it (wiring.opening)


def json_line(table: str, row: Row, extra: Mapping[str, object]) -> str:
    """One row as JSON without a line break; ``extra`` says what stands in files instead of in the row."""
    shown: dict[str, object] = {}
    for column, value in row.by_name().items():
        if (table, column) in _SECRETS or (column == "raw" and "raw_file" in extra):
            continue
        shown[column] = _plain(column, value)
    return json.dumps(shown | dict(extra), ensure_ascii=False, separators=(",", ":"))


def is_secret(table: str, row: Row) -> bool:
    """Whether the whole row is a secret: the journal keeps passwords of sources where there is no keyring."""
    return table == "settings" and str(row.name).startswith(_SECRET_SETTING)


def mail_of(row: Row) -> bytes | None:
    """The mail that a row of ``records`` holds, None where it is another kind of record."""
    return zlib.decompress(row.raw) if row.kind == MailRecord.__name__ else None


def _plain(column: str, value: object) -> object:
    if isinstance(value, bytes):
        return value.hex() if column == "hash" else _raw(zlib.decompress(value))
    if isinstance(value, int) and not isinstance(value, bool) and (column in _TIMES or column.endswith("_at")):
        return moment(value).isoformat()
    if column in _JSON and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _raw(content: bytes) -> object:
    """JSON as JSON, text as text, anything else in base64."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode("ascii")}
    try:
        return json.loads(text)
    except ValueError:
        return text
