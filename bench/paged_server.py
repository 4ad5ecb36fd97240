"""A help desk of the benchmarks: customers and conversations as pages of JSON, from a loopback address, made as they are asked for.

python -m bench.paged_server CUSTOMERS MESSAGES        says its port, serves until stdin closes
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from typing_extensions import override

MESSAGES_A_TALK = 10
CUSTOMERS_A_PAGE, TALKS_A_PAGE = 200, 50
_DAY_ZERO = datetime(2025, 10, 9, tzinfo=UTC)
_SECONDS_BETWEEN = 37
_TEXT = (
    "The export of last week stops at row 4,812 and the file that comes is empty. Could you have a look at it, please? "
)
_PLANS = ("free", "team", "pro", "enterprise")

MANIFEST = """\
manifest: 1
name: desk
title: Help desk of the benchmarks
brings: Customers and conversations
tried: Tried against itself.
fields:
  - {name: base_url, label: Address, kind: url}
  - {name: token, label: Key, kind: secret}
address: "{base_url}"
sign_in: {kind: bearer}
check: {path: me, sentence: "It answers."}
streams:
  - name: customers
    path: customers
    records: items
    paging: {kind: page, param: page, more: more, total: total}
    map:
      as: customer
      id: id
      emails: email
      at: updated_at
      properties: {name: name, plan: plan, seats: {path: seats, kind: number}}
  - name: conversations
    path: conversations
    records: items
    paging: {kind: page, param: page, more: more, total: total}
    map:
      as: conversation
      id: id
      channel: chat
      subject: subject
      customer: customer_id
      messages:
        - records: parts
          id: id
          at: at
          text: body
          by:
            teammate: {path: by, is: [teammate]}
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """What there is: so many customers, and messages in conversations of ten."""

    customers: int
    messages: int

    @property
    def talks(self) -> int:
        return self.messages // MESSAGES_A_TALK

    def page(self, what: str, number: int) -> Mapping[str, object]:
        """A page of either list, the first one is 1."""
        total, size, made = (
            (self.customers, CUSTOMERS_A_PAGE, _customer) if what == "customers" else (self.talks, TALKS_A_PAGE, self._talk)
        )  # fmt: skip
        start = (number - 1) * size
        items = [made(place) for place in range(start, min(start + size, total))]
        return {"items": items, "total": total, "more": start + size < total}

    def _talk(self, number: int) -> Mapping[str, object]:
        first = number * MESSAGES_A_TALK
        parts = [
            {
                "id": first + n,
                "at": _at(first + n),
                "by": "teammate" if n % 3 == 2 else "customer",
                "body": _TEXT * (1 + n % 3),
            }
            for n in range(MESSAGES_A_TALK)
        ]
        customer = f"c{number % max(1, self.customers)}"
        return {"id": f"t{number}", "subject": f"Export {number} stops", "customer_id": customer, "parts": parts}


def _customer(number: int) -> Mapping[str, object]:
    return {
        "id": f"c{number}", "email": f"customer{number}@example.com", "name": f"Customer {number}", "plan": _PLANS[number % 4],
        "seats": number % 90 + 1, "updated_at": _at(number),
    }  # fmt: skip


def _at(number: int) -> str:
    day, second = divmod(number * _SECONDS_BETWEEN, 86_400)
    return f"{_DAY_ZERO + timedelta(days=day, seconds=second):%Y-%m-%dT%H:%M:%SZ}"


def server_of(desk: Desk) -> ThreadingHTTPServer:
    """A server on a free port of this machine; the caller has it serve and closes it."""

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            what = asked.path.rpartition("/")[2]
            number = int(parse_qs(asked.query).get("page", ["1"])[0])
            content = desk.page(what, number) if what in ("customers", "conversations") else {"name": "bench"}
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Nothing: a line for each page would be timed as well."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Answering)


def main(arguments: Sequence[str]) -> None:
    """Serve until whoever started this closes its end of the pipe."""
    server = server_of(Desk(int(arguments[0]), int(arguments[1])))
    Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main(sys.argv[1:])
