"""A shop behind a manifest of a teammate's own ("Generic REST"): every kind of record that a manifest can make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.connectors.contract.answers import AnswerSet
from tests.connectors.hostile_server import Asked

MANIFEST = """\
manifest: 1
name: shop
title: Shop
brings: Everything
tried: Tried against the tests' own server.
fields:
  - {name: base_url, label: Address, kind: url}
  - {name: token, label: Key, kind: secret}
address: "{base_url}"
sign_in: {kind: bearer}
check: {path: me, sentence: "Signed in as {name}."}
lists:
  labels: {path: labels, key: id}
streams:
  - name: companies
    path: companies
    snapshot: true
    map: {as: company, id: id, name: name, domains: domain, properties: {industry: industry}}
  - name: customers
    path: customers
    records: items
    params: {since: "{since}"}
    cursor: {field: updated_at, look_back: 1h, order: ascending}
    paging: {kind: cursor, param: after, at: next, size: 3, size_param: limit}
    map:
      as: customer
      id: id
      emails: email
      companies: company
      at: updated_at
      tags: {path: labels.*, lookup: labels, then: name}
      properties: {name: name, seats: {path: seats, kind: number}, seen: {path: seen, kind: datetime, time: unix}}
      all_of: {path: custom, prefix: shop_}
  - name: chats
    path: chats
    records: items
    cursor: {field: updated_at}
    paging: {kind: page, param: page, size: 2}
    map:
      - as: conversation
        id: id
        channel: chat
        subject: subject
        customer: customer
        closed: {path: state, is: closed}
        messages:
          - {id: {text: first}, at: created_at, html: body, by: {customer: {path: customer, exists: true}}}
          - records: answers
            id: id
            at: at
            text: text
            name: name
            by: {teammate: {path: role, is: [staff]}, bot: {path: role, is: bot}}
            note: {path: private, is: "true"}
  - name: orders
    path: orders
    cursor: {field: at}
    map: {as: event, id: id, name: {text: ordered}, at: {path: at, time: unix}, customer: customer, properties: {amount: amount}}
"""
COMPANIES = [{"id": "north", "name": "North GmbH", "domain": "north.example", "industry": "Ships"}]
CUSTOMERS = [
    {"id": n, "email": f"c{n}@north.example", "company": "north", "updated_at": f"2026-11-{n + 1:02}T10:00:00Z",
     "labels": [1], "name": f"Customer {n}", "seats": n, "seen": 1_790_000_000 + n, "custom": {"colour": "blue", "sizes": ["s", "m"]}}
    for n in range(1, 8)
]  # fmt: skip
CHATS = [
    {"id": f"t{n}", "subject": f"Chat {n}", "customer": n, "state": "closed" if n == 2 else "open",
     "created_at": f"2026-11-1{n}T10:00:00Z", "updated_at": f"2026-11-1{n}T12:00:00Z", "body": f"<p>Hello {n}</p><script>bad()</script>",
     "answers": [
         {"id": n * 10, "at": f"2026-11-1{n}T11:00:00Z", "text": "Hi", "name": "Mia", "role": "staff"},
         {"id": n * 10 + 1, "at": f"2026-11-1{n}T11:30:00Z", "text": "Between us", "name": "Mia", "role": "staff", "private": True}]}
    for n in range(1, 4)
]  # fmt: skip
ORDERS = [{"id": n, "customer": n, "at": 1_790_000_000 + n, "amount": n * 10} for n in range(1, 3)]


def answer(path: str, query: Mapping[str, str], _asked: Asked) -> Any:
    match path:
        case "/me":
            return {"name": "Shop"}
        case "/labels":
            return [{"id": 1, "name": "vip"}]
        case "/companies":
            return COMPANIES
        case "/customers":
            return _customers(CUSTOMERS, query)
        case "/chats":
            start = int(query["page"]) * 2 - 2
            return {"items": CHATS[start : start + 2]}
        case _:
            return ORDERS


def poisoned(bad: Any) -> Any:
    people = [{"id": n, "updated_at": "2026-11-01T10:00:00Z", "name": f"C{n}"} for n in range(499)]

    def answering(path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        everybody = [*people[:250], bad, *people[250:]]
        return (
            _customers(everybody, {**query, "limit": "100"})
            if path == "/customers"
            else {"items": []}
            if path == "/chats"
            else []
        )

    return answering


def _customers(everybody: list[Any], query: Mapping[str, str]) -> Any:
    since = query.get("since", "")
    found = [one for one in everybody if not isinstance(one, dict) or str(one.get("updated_at", since)) >= since]
    start, size = int(query.get("after", "0")), int(query["limit"])
    return {"items": found[start : start + size], "next": start + size if start + size < len(found) else None}


# One company, seven customers, three chats with a note each, two orders.
SET = AnswerSet("rest", answer, records=1 + 7 + 6 + 2, settings={"manifest": MANIFEST}, poisoned=poisoned)
