"""Exports of surveys as pages of records: the task that reads what Delighted gave its customers as CSV or JSON when it closed.

A row becomes the record that Delighted's API would have given, and goes the way of its manifest: one mapping for both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from console.connectors.errors import SourceError
from console.connectors.http_json import NotJsonError, parsed
from console.connectors.rest.bundled import bundled_manifest
from console.connectors.rest.mapping import Taken, records_of
from console.connectors.rest.paths import Scope
from console.connectors.survey_kinds import JSON_ENDINGS, NEEDED, places_of
from console.connectors.table_reading import Table, layout_of
from console.connectors.table_rows import MOST_BYTES, Row, is_blank, text_of
from console.domain.records import Page, Record, Rejected

STREAM = "responses"
ROWS_A_PAGE = 500
_KEYS = "delighted:export"


def pages(arguments: Mapping[str, Any]) -> Iterator[Page]:
    """Answers of all ``paths``, at most 500 a page. Raises SourceError where a file is no such export."""
    maps = bundled_manifest("delighted").streams[0].maps
    records: list[Record] = []
    rejected: list[Rejected] = []
    done = 0
    for path in map(Path, arguments["paths"]):
        for number, raw in _answers(path):
            done += 1
            found, refused = records_of(maps, Taken(Scope(raw)), _KEYS)
            records += found
            rejected += [Rejected(f"{path.name}:{number}", one.reason, one.raw) for one in refused]
            if done % ROWS_A_PAGE == 0:
                yield Page(STREAM, tuple(records), rejected=tuple(rejected), done=done)
                records, rejected = [], []
    yield Page(STREAM, tuple(records), rejected=tuple(rejected), is_last=True, done=done, total=done)


def _answers(path: Path) -> Iterator[tuple[int, Any]]:
    """Every answer as the API would give it, with the number of its row or place."""
    if path.suffix.lower() in JSON_ENDINGS:
        yield from enumerate(_from_json(path), start=1)
    else:
        yield from _from_table(path)


def _from_json(path: Path) -> Iterator[Any]:
    content = _content(path)
    if path.suffix.lower() == ".json":
        whole = _parsed(content, path)
        inside = whole.get("survey_responses") if isinstance(whole, dict) else whole
        if not isinstance(inside, list):
            raise SourceError(f"“{path.name}” holds no list of answers.", "Choose the file that Delighted exported.")
        yield from inside
        return
    for line in content.splitlines():
        if line.strip():
            yield _parsed(line, path)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(f"“{path.name}” is too large.", "Split it into several files.")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"“{path.name}” cannot be read.", "Check that it is there and that you may read it."
        ) from error


def _parsed(content: bytes, path: Path) -> Any:
    try:
        return parsed(content.removeprefix(b"\xef\xbb\xbf"))
    except NotJsonError as error:
        what = f"“{path.name}” is no JSON that can be used: {error}."
        raise SourceError(what, "Choose the file that Delighted exported.") from None


def _from_table(path: Path) -> Iterator[tuple[int, Any]]:
    header: list[str] | None = None
    for row in Table(path, layout_of(path)):
        if row.problem or is_blank(row.cells):
            continue
        if header is None:
            header = [text_of(cell).strip() for cell in row.cells]
            if any(name not in places_of(header) for name in NEEDED):
                raise SourceError(
                    f"“{path.name}” has no columns of scores, comments and times.",
                    "Choose the file that Delighted exported.",
                )
            continue
        yield row.number, _answer(header, row)


def _answer(header: Sequence[str], row: Row) -> dict[str, Any]:
    cells = [text_of(cell).strip() for cell in row.cells]
    places = places_of(header)
    said = {name: cells[place] for name, place in places.items() if place < len(cells) and cells[place]}
    others = {
        name: cells[place] for place, name in enumerate(header) if place < len(cells) and place not in places.values()
    }
    at = said.get("created_at", "")
    email = said.get("email", "")
    mark = hashlib.sha256("\x1f".join((email, at, said.get("score", ""), said.get("comment", ""))).encode()).hexdigest()
    person = {"id": email.lower(), "email": email, "name": said.get("name"), "phone_number": said.get("phone")}
    return {
        "id": said.get("id", mark[:24]),
        "survey_type": _type(said.get("survey_type", "")),
        "score": said.get("score"),
        "comment": said.get("comment"),
        "permalink": said.get("permalink"),
        "created_at": at,
        "updated_at": said.get("updated_at", at),
        "person": person if email else None,
        "person_properties": {name: value for name, value in others.items() if name and value},
        "tags": [tag.strip() for tag in said.get("tags", "").split(",") if tag.strip()],
        "notes": [{"text": said["notes"], "created_at": at}] if "notes" in said else [],
    }


def _type(written: str) -> str | None:
    """Exports write the scale out: "NPS", "Net Promoter Score", "CSAT 5"."""
    short = written.lower()
    for name, words in {"nps": ("nps", "promoter"), "csat": ("csat", "satisfaction"), "ces": ("ces", "effort")}.items():
        if any(word in short for word in words):
            return name
    return short or None
