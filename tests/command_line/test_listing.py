"""Lists from a script: another order, other columns, the same filters as the directory."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command_line.desk import Desk, plain_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return plain_desk(tmp_path)


def test_lists_come_in_any_order_with_any_columns(desk: Desk) -> None:
    by_money, chosen, companies, plain, conversations, nonsense = desk.run(
        ["list", "customers", "--sort", "mrr", "--descending", "--json"],
        ["list", "customers", "--columns", "name,mrr,place,tags", "--filter", "plan=Pro or name:ben", "--json"],
        ["list", "companies", "--sort", "members", "--descending", "--columns", "name,members", "--json"],
        ["list", "customers", "--sort", "last_seen", "--limit", "1", "--columns", "name,company"],
        ["list", "conversations", "--sort", "name"],
        ["list", "customers", "--columns", "name,shoe size"],
    )

    assert by_money.document[0]["name"] == "Ada Berg"
    assert set(by_money.document[0]) == {
        "id",
        "name",
        "email",
        "company",
        "conversations",
        "first_seen",
        "last_seen",
        "tags",
    }
    ada = next(row for row in chosen.document if row["name"] == "Ada Berg")
    assert {name: ada[name] for name in ("mrr", "place", "tags")} == {
        "mrr": 1200,
        "place": "Lyon, France",
        "tags": ["beta"],
    }
    assert [(row["name"], row["members"]) for row in companies.document] == [("Harbor", 2), ("North Peak", 1)]
    assert len(plain.out.splitlines()) == 1
    assert (conversations.code, nonsense.code) == (1, 1)
    assert "no column “shoe size”" in nonsense.err
