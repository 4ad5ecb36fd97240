"""Freshdesk as its documentation tells: lists in pages of two by the Link header, tickets by their last change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked

SIZE = 2


def company(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "name": f"Company {number}",
        "domains": [f"company{number}.example"],
        "updated_at": "2026-11-01T10:00:00Z",
        "custom_fields": {"seats": number},
    }


def contact(number: int) -> dict[str, Any]:
    return {
        "id": number, "name": f"Customer {number}", "email": f"c{number}@example.com", "other_emails": [f"other{number}@example.com"],
        "company_id": number if number < 3 else None, "phone": None, "mobile": "+49301234567", "tags": ["vip"],
        "updated_at": f"2026-11-{number % 27 + 1:02}T10:00:00Z", "custom_fields": {"plan": "pro"}, "job_title": "",
    }  # fmt: skip


def ticket(number: int) -> dict[str, Any]:
    return {
        "id": number, "subject": f"Ticket {number}", "description": f"<div>Help {number}</div>", "requester_id": number,
        "status": 5 if number == 2 else 2, "priority": 1, "source": 3 if number == 3 else 1, "tags": ["billing"], "spam": number == 4,
        "type": "Question", "created_at": "2026-11-01T08:00:00Z", "updated_at": f"2026-11-0{number}T09:00:00Z", "custom_fields": {"cf_order": number},
    }  # fmt: skip


def said(number: int) -> list[dict[str, Any]]:
    at = "2026-11-01T09:0{}:00Z"
    return [
        {
            "id": number * 10 + 1,
            "body": "<p>Look here</p>",
            "incoming": False,
            "private": False,
            "user_id": 90,
            "created_at": at.format(1),
        },
        {
            "id": number * 10 + 2,
            "body": "<p>He is right</p>",
            "incoming": False,
            "private": True,
            "user_id": 90,
            "created_at": at.format(2),
        },
        {
            "id": number * 10 + 3,
            "body": "<p>Thanks</p>",
            "incoming": True,
            "private": False,
            "user_id": number,
            "from_email": f"c{number}@example.com",
            "created_at": at.format(3),
        },
    ]


AGENTS = [{"id": 90, "contact": {"name": "Tom", "email": "tom@help.example"}}]


def answering(contacts: list[Any], companies: list[Any], tickets: list[Any]) -> Any:
    by_name = {"contacts": contacts, "companies": companies, "tickets": tickets, "agents": AGENTS}

    def answer(path: str, query: Mapping[str, str], asked: Asked) -> Any:
        place = path.removeprefix("/api/v2/").split("/")
        found = said(int(place[1])) if place[-1] == "conversations" else by_name[place[0]]
        since = query.get("_updated_since" if place[0] == "contacts" else "updated_since")
        if since:
            found = [one for one in found if one["updated_at"] >= since]
        size = 500 if len(found) > 100 else SIZE
        start = (int(query.get("page", "1")) - 1) * size
        there = f"http://{asked.headers['host']}{path}?{urlencode({**query, 'page': start // size + 2})}"
        return 200, found[start : start + size], {"Link": f'<{there}>; rel="next"'} if start + size < len(found) else {}

    return answer


def poisoned(bad: Any) -> Any:
    many = [contact(number) for number in range(3, 502)]
    return answering([*many[:250], bad, *many[250:]], [], [])


SET = AnswerSet(
    "freshdesk",
    answering([contact(n) for n in range(1, 6)], [company(n) for n in range(1, 4)], [ticket(n) for n in range(1, 5)]),
    records=14,
    poisoned=poisoned,
)
