"""Apple's feed of reviews as it is described: the app itself first, holes between pages, one entry without a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked


def review(number: int, *, stars: int = 4) -> dict[str, Any]:
    return {
        "id": {"label": str(10_000 + number)}, "author": {"name": {"label": f"nick {number}"}}, "im:rating": {"label": str(stars)},
        "im:version": {"label": "5.0.2"}, "title": {"label": f"Title {number}"}, "content": {"label": f"Good {number}", "attributes": {"type": "text"}},
        "updated": {"label": f"2026-{10 - number // 20:02}-{20 - number % 20:02}T04:00:00-07:00"},
    }  # fmt: skip


APP = {"id": {"label": "https://apps.apple.com/us/app/id42"}, "im:name": {"label": "Console"}}
# Page by page; the second of the first country is a hole, the only review of the other is no list.
PAGES: dict[str, list[Any]] = {
    "us": [[APP, *map(review, range(3))], None, list(map(review, range(3, 6)))],
    "de": [review(30, stars=1)],
}


def answering(pages: Mapping[str, list[Any]]) -> Any:
    def answer(path: str, _query: Mapping[str, str], _asked: Asked) -> Any:
        country, _, _, page, app, *_rest = path.strip("/").split("/")
        assert app == "id=42"
        number = int(page.removeprefix("page="))
        found = pages[country][number - 1] if number <= len(pages[country]) else None
        return {
            "feed": {"author": {"name": {"label": "iTunes Store"}}, **({"entry": found} if found is not None else {})}
        }

    return answer


SET = AnswerSet("app-store", answering(PAGES), records=7, settings={"app_id": "42", "countries": "us, de"})
