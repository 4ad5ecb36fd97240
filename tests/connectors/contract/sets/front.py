"""Front as its documentation tells: pages of two by whole addresses, conversations with the latest activity first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked

SIZE = 2
START = 1_763_000_000


def contact(number: int) -> dict[str, Any]:
    return {
        "id": f"crd_{number}", "name": f"Customer {number}", "description": "", "updated_at": START + number + 0.25,
        "handles": [{"handle": f"c{number}@example.com", "source": "email"}, {"handle": "+49301234567", "source": "phone"}],
        "account": {"name": "Sommer AG"} if number % 2 else None, "custom_fields": {"plan": "pro"}, "lists": [{"name": "beta"}],
    }  # fmt: skip


def conversation(number: int) -> dict[str, Any]:
    return {
        "id": f"cnv_{number}", "subject": f"Question {number}", "status": "archived" if number == 2 else "assigned",
        "recipient": {"handle": f"c{number}@example.com", "_links": {"related": {"contact": f"https://acme.api.frontapp.com/contacts/crd_{number}"}}},
        "tags": [{"name": "billing"}], "created_at": START, "custom_fields": {},
        "last_message": {"type": "email", "created_at": START + 1_000 * number + 0.5},
    }  # fmt: skip


def messages(key: str) -> list[dict[str, Any]]:
    who = [{"handle": "ari@example.com", "name": "Ari", "role": "from"}, {"handle": "help@example.com", "role": "to"}]
    author = {"first_name": "Tom", "last_name": "Berg", "email": "tom@help.example"}
    return [
        {
            "id": f"{key}_3",
            "is_inbound": False,
            "is_draft": True,
            "body": "<p>not yet</p>",
            "created_at": START + 9,
            "recipients": who,
            "author": author,
        },
        {
            "id": f"{key}_2",
            "is_inbound": False,
            "is_draft": False,
            "body": "<p>Look here</p>",
            "created_at": START + 8.5,
            "recipients": [],
            "author": author,
        },
        {
            "id": f"{key}_1",
            "is_inbound": True,
            "is_draft": False,
            "body": "<p>Help</p>",
            "text": "Help",
            "created_at": START + 7.5,
            "recipients": who,
            "author": None,
        },
    ]


def comments(key: str) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{key}_c",
            "body": "He is right",
            "posted_at": START + 8.75,
            "author": {"first_name": "Tom", "email": "tom@help.example"},
        }
    ]


def answering(contacts: list[Any], conversations: list[Any]) -> Any:
    def answer(path: str, query: Mapping[str, str], asked: Asked) -> Any:
        place = path.strip("/").split("/")
        match place:
            case ["contacts"]:
                after = float(query.get("q[updated_after]", "0"))
                found = contacts if not after else [one for one in contacts if one["updated_at"] > after]
            case ["conversations"]:
                found = list(reversed(conversations))
            case [_, key, "messages"]:
                found = messages(key)
            case _:
                found = comments(place[1])
        size = 500 if len(found) > 100 else SIZE
        start = int(query.get("page_token", "0"))
        there = f"http://{asked.headers['host']}{path}?{urlencode({**query, 'page_token': start + size})}"
        return {
            "_results": found[start : start + size],
            "_pagination": {"next": there if start + size < len(found) else None},
        }

    return answer


def poisoned(bad: Any) -> Any:
    many = [contact(number) for number in range(1, 500)]
    return answering([*many[:250], bad, *many[250:]], [])


SET = AnswerSet(
    "front",
    answering([contact(n) for n in range(1, 6)], [conversation(n) for n in range(1, 5)]),
    records=13,
    poisoned=poisoned,
)
