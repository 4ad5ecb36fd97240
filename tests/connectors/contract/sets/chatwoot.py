"""Chatwoot as its documentation tells: three contacts a page, the latest activity first, messages backwards by their id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked

SIZE = 3
START = 1_763_000_000  # 2025-11-13


def contact(number: int) -> dict[str, Any]:
    return {
        "id": number, "name": f"Customer {number}", "email": f"c{number}@example.com", "phone_number": f"+4930123456{number}",
        "identifier": None, "blocked": False, "custom_attributes": {"plan": f"plan {number}"}, "created_at": START,
        "additional_attributes": {"city": "Ulm", "country": "Germany", "company_name": "Sommer AG", "created_at_ip": "203.0.113.7"},
        "last_activity_at": START + number * 1_000 if number > 1 else None,
    }  # fmt: skip


def message(number: int, said: int, kind: int, **more: Any) -> dict[str, Any]:
    sender = {
        "type": "contact" if kind == 0 else "user",
        "name": "Ari" if kind == 0 else "Tom",
        "email": "ari@example.com",
    }
    return {
        "id": number * 100 + said, "content": f"Line {said}", "message_type": kind, "private": False,
        "created_at": START + number * 1_000 + said, "sender": sender, **more,
    }  # fmt: skip


def conversation(number: int) -> dict[str, Any]:
    return {
        "id": number, "status": "resolved" if number == 2 else "open", "labels": ["billing"], "inbox_id": 4, "priority": None,
        "last_activity_at": START + number * 1_000, "custom_attributes": {"order": number},
        "meta": {"sender": {"id": number}, "channel": "Channel::Email" if number == 3 else "Channel::WebWidget"},
        "additional_attributes": {"mail_subject": "Invoice"} if number == 3 else {},
    }  # fmt: skip


CONTACTS = [contact(number) for number in range(1, 9)]
CONVERSATIONS = [conversation(number) for number in range(1, 5)]
MESSAGES = {
    number: [
        message(number, 1, 0), message(number, 2, 1), message(number, 3, 2, content="Tom took this"),
        message(number, 4, 1, private=True, content="He is right"), message(number, 5, 3, sender=None, content="Thank you"),
    ]
    for number in range(1, 5)
}  # fmt: skip


def answering(contacts: list[Any], conversations: list[Any], messages: Mapping[int, list[Any]]) -> Any:
    def answer(path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        place = path.removeprefix("/api/v1/accounts/7/").split("/")
        if place[-1] == "messages":
            before = int(query.get("before", 10**9))
            return {"payload": [one for one in messages[int(place[1])] if one["id"] < before][-SIZE:]}
        found = contacts if place == ["contacts"] else conversations
        found = sorted(
            found, key=lambda one: (one.get("last_activity_at") or 0) if isinstance(one, dict) else 0, reverse=True
        )
        size = 500 if len(found) > 100 else SIZE
        page = found[(int(query["page"]) - 1) * size :][:size]
        return (
            {"payload": page, "meta": {"count": len(found)}} if place == ["contacts"] else {"data": {"payload": page}}
        )

    return answer


def poisoned(bad: Any) -> Any:
    many = [contact(number) for number in range(2, 501)]
    return answering([*many[:250], bad, *many[250:]], [], {})


SET = AnswerSet(
    "chatwoot", answering(CONTACTS, CONVERSATIONS, MESSAGES), records=16, settings={"account": "7"}, poisoned=poisoned
)
