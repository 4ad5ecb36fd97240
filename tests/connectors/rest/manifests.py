"""Small manifests for the tests of the engine, built of one stream."""

from __future__ import annotations

HEAD = """\
manifest: 1
name: shop
title: Shop
brings: Everything
tried: Tried against the tests' own servers.
fields:
  - {name: base_url, label: Address, kind: url}
  - {name: token, label: Key, kind: secret}
address: "{base_url}"
sign_in: {kind: bearer}
check: {path: me, sentence: "Signed in as {name}.", facts: {Region: region}}
"""

CUSTOMERS = """
    map:
      as: customer
      id: id
      emails: email
      at: updated_at
      properties: {name: name, plan: plan.name, seats: {path: seats, kind: number}}
      tags: tags.*.name
"""


def with_streams(streams: str, more: str = "") -> str:
    """A whole manifest with these streams (YAML, indented by two)."""
    return f"{HEAD}{more}streams:\n{streams}"


def customers(*lines: str) -> str:
    """One stream of customers, with further lines of its own."""
    return "  - name: customers\n    path: customers\n" + "".join(f"    {line}\n" for line in lines) + CUSTOMERS
