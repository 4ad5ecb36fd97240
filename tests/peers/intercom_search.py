"""Searching as Intercom says it does: of contacts, times are compared by the day of the workspace's time zone."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from tests.peers.intercom_world import Json

MOST_FILTERS, MOST_NESTED, MOST_PER_PAGE = 15, 2, 150
_DATES = frozenset({"created_at", "updated_at", "signed_up_at", "last_seen_at", "last_replied_at", "last_contacted_at"})


class BadSearch(Exception):
    """What Intercom answers with status 400; its code is the argument."""


@dataclass(frozen=True, slots=True)
class Question:
    """A search as asked: ``zone`` where times are compared by day, None where they are compared by the second."""

    query: Json
    zone: tzinfo | None

    def fits(self, row: Json) -> bool:
        return _fits(row, self.query, self.zone, 1)


def found(rows: Iterable[Json], body: Json, zone: tzinfo | None, default_per_page: int) -> tuple[list[Json], Json, int]:
    """The rows of one page, its ``pages`` object, and how many there are in all. Raises BadSearch."""
    query = body.get("query")
    if not isinstance(query, dict):
        raise BadSearch("parameter_not_found")
    question = Question(query, zone)
    sort = body.get("sort") or {}
    name, order = sort.get("field", "updated_at"), sort.get("order", "descending")
    if order not in {"ascending", "descending"}:
        raise BadSearch("invalid_sort_order")
    fitting = sorted((row for row in rows if question.fits(row)), key=lambda row: (row.get(name) or 0, row["id"]))
    if order == "descending":
        fitting.reverse()
    paging = body.get("pagination") or {}
    per_page = paging.get("per_page", default_per_page)
    if not isinstance(per_page, int) or not 1 <= per_page <= MOST_PER_PAGE:
        raise BadSearch("parameter_invalid")
    start = _start(fitting, name, order, paging.get("starting_after"))
    page, total_pages = fitting[start : start + per_page], -(-len(fitting) // per_page)
    pages: Json = {"type": "pages", "page": start // per_page + 1, "per_page": per_page, "total_pages": total_pages}
    if start + per_page < len(fitting):
        last = page[-1]
        after = base64.b64encode(json.dumps([last.get(name) or 0, last["id"]]).encode()).decode()
        pages["next"] = {"per_page": per_page, "starting_after": after}
    return page, pages, len(fitting)


def _start(rows: list[Json], name: str, order: str, after: str | None) -> int:
    if not after:
        return 0
    try:
        place = tuple(json.loads(base64.b64decode(after)))
    except ValueError:
        raise BadSearch("parameter_invalid") from None
    for index, row in enumerate(rows):
        here = (row.get(name) or 0, row["id"])
        if here > place if order == "ascending" else here < place:
            return index
    return len(rows)


def _fits(row: Json, query: Json, zone: tzinfo | None, depth: int) -> bool:
    operator, value = query.get("operator"), query.get("value")
    if operator in {"AND", "OR"} and "field" not in query:
        if depth > MOST_NESTED or not isinstance(value, list) or len(value) > MOST_FILTERS:
            raise BadSearch("parameter_invalid")
        results = [_fits(row, one, zone, depth + 1) for one in value]
        return all(results) if operator == "AND" else any(results)
    name = query.get("field")
    if not isinstance(name, str):
        raise BadSearch("parameter_not_found")
    if name in _DATES:
        return _fits_time(row.get(name), str(operator), value, zone)
    held = _held(row, name)
    match operator:
        case "=":
            return held == value
        case "!=":
            return held != value
        case "IN":
            return held in value
        case "NIN":
            return held not in value
        case "~":
            return str(value).casefold() in str(held or "").casefold()
        case "^":
            return str(held or "").startswith(str(value))
        case _:
            raise BadSearch("parameter_invalid")


def _fits_time(held: int | None, operator: str, value: Any, zone: tzinfo | None) -> bool:
    if isinstance(value, str) and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadSearch("parameter_invalid")
    if zone is None:
        tests = {"=": lambda a, b: a == b, ">": lambda a, b: a > b, "<": lambda a, b: a < b}
        if operator not in tests:
            raise BadSearch("parameter_invalid")
        return held is not None and tests[operator](held, value)
    if operator not in {"=", ">", "<"}:
        raise BadSearch("parameter_invalid")
    if held is None:
        return False
    here, asked = _day(held, zone), _day(value, zone)
    return {"=": here == asked, ">": here > asked, "<": here < asked}[operator]


def _day(seconds: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()


def _held(row: Json, name: str) -> Any:
    held: Any = row
    for part in name.split("."):
        held = held.get(part) if isinstance(held, dict) else None
    return held
