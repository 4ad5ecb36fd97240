"""``duplicates`` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command_line.desk import Desk, small_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return small_desk(tmp_path_factory.mktemp("desk"))


def test_pairs_come_with_a_reason_until_they_are_called_different(desk: Desk, tmp_path: Path) -> None:
    sheet = tmp_path / "more.csv"
    sheet.write_text("email,name\nann+news@pair.example,Ann Lee\nann@pair.example,Ann Lee\n", encoding="utf-8")
    desk.one("import", str(sheet))

    (pair,) = desk.one("duplicates", "--json").document
    assert {one["email"] for one in pair["customers"]} == {"ann@pair.example", "ann+news@pair.example"}
    assert pair["because"] == ["plus-address", "name-and-domain"]
    assert pair["reason"].startswith("Same mailbox with another ending")

    desk.one("never-merge", "ann@pair.example", "ann+news@pair.example")

    assert desk.one("duplicates", "--json").document == []
