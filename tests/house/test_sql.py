"""SQL stands in the store alone: whoever else wants to know something calls a function of it by its name."""

from __future__ import annotations

from tests.house.reading import SOURCE


def test_no_statement_is_sent_from_outside_the_store() -> None:
    senders = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "exec_driver_sql(" in path.read_text("utf-8")
    }

    assert senders
    assert {one for one in senders if not one.startswith("store/")} == set()
