"""HubSpot as its search and its associations answer: companies, contacts, a ticket and notes, in pages of three."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked


def _record(number: int, **properties: object) -> dict[str, Any]:
    at = f"2026-11-{1 + number % 20:02}T10:00:00.000Z"
    return {"id": str(number), "properties": properties, "createdAt": "2026-10-01T10:00:00.000Z", "updatedAt": at}


RECORDS: dict[str, list[Any]] = {
    "companies": [_record(101, name="North GmbH", domain="north.example", numberofemployees="12")],
    "contacts": [
        _record(200 + n, firstname="C", lastname=str(n), email=f"c{n}@north.example", associatedcompanyid="101")
        for n in range(1, 8)
    ],
    "tickets": [_record(301, subject="Broken", content="It is broken.\n<b>not HTML</b>", hs_pipeline_stage="1")],
    "notes": [
        _record(401, hs_note_body="<p>Likes tea</p><script>bad()</script>", hs_timestamp="2026-11-05T10:00:00Z"),
        _record(402, hs_note_body="Pays late", hs_timestamp="2026-11-06T10:00:00Z"),
    ],
}
TO = {("notes", "401", "contacts"): 201, ("notes", "402", "companies"): 101, ("tickets", "301", "contacts"): 202}


def answer(path: str, _query: Mapping[str, str], asked: Asked) -> Any:
    return _answer(RECORDS, 3, path, asked)


def poisoned(bad: Any) -> Any:
    if isinstance(bad, dict) and "updated_at" in bad:
        bad = {**bad, "updatedAt": bad["updated_at"]}
    people = [_record(1_000 + n, firstname="C", lastname=str(n)) for n in range(499)]
    return lambda path, _query, asked: _answer({"contacts": [*people[:250], bad, *people[250:]]}, 200, path, asked)


def _answer(records: Mapping[str, list[Any]], size: int, path: str, asked: Asked) -> Any:
    if "/associations/" in path:
        kind, number, other = path.split("/")[-4], path.split("/")[-3], path.split("/")[-1]
        there = TO.get((kind, number, other))
        return {"results": [{"toObjectId": there, "associationTypes": []}] if there else []}
    filters = json.loads(asked.body)["filterGroups"][0]["filters"]
    after = filters[1]["value"]
    everything = records.get(path.split("/")[-2], [])
    ids = [one.get("id") if isinstance(one, dict) else None for one in everything]
    start = ids.index(after) + 1 if after in ids else 0
    more = {"paging": {"next": {"after": str(size)}}} if start + size < len(everything) else {}
    return {"total": len(everything) - start, "results": everything[start : start + size], **more}


# One company, seven contacts, one ticket, two notes.
SET = AnswerSet("hubspot", answer, records=1 + 7 + 1 + 2, poisoned=poisoned)
