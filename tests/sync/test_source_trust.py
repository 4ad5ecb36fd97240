"""The order of trust among integrations: decided before the time of synchronisation, followed in steps, taken back by undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sync.scripted import Desk, Script, pages, people

from console.domain.edits import SetProperty, TrustSources, Undo
from console.domain.edits_of_profiles import Owner
from console.domain.records import OwnerKind, Page
from console.domain.values import Value, ValueKind
from console.store.health import doctor
from console.store.outcomes import outcome

_PLANS = """SELECT w.text, count(*) FROM winners w JOIN properties p ON p.id = w.property_id WHERE p.name = 'plan'
    GROUP BY w.text ORDER BY w.text"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A says pro of seven hundred customers, and later B says free of them."""
    scripts = {
        "A": Script(pages(Page("people", people(700), "1"))),
        "B": Script(pages(Page("people", people(700, plan="free"), "1"))),
    }
    made = Desk(tmp_path / "workspace", scripts)
    made.run("A")
    made.run("B")
    yield made
    made.workspace.close()


def _broken(desk: Desk) -> list[str]:
    return [one.sentence for one in doctor(desk.workspace) if one.severity.value == "broken"]


def test_without_an_order_the_latest_sync_wins_and_with_one_the_trusted_source(desk: Desk) -> None:
    assert desk.rows(_PLANS) == [("free", 700)]

    ordered = desk.keep(TrustSources((desk.source("A"), desk.source("B"))))
    desk.run("nobody")

    assert desk.rows(_PLANS) == [("pro", 700)]
    assert (desk.row("A").trust, desk.row("B").trust) == (2, 1)
    assert _broken(desk) == []
    desk.keep(Undo(ordered))
    desk.run("nobody")
    assert desk.rows(_PLANS) == [("free", 700)]
    assert desk.count("claims", "trust <> 0") == 0


def test_what_comes_in_later_ranks_by_the_order_and_what_is_said_by_hand_beats_it(desk: Desk) -> None:
    desk.keep(TrustSources((desk.source("A"),)))
    desk.run("nobody")
    desk.scripts["B"].pull = pages(Page("people", people(1, plan="team"), "2"))
    desk.run("B")
    assert desk.rows(_PLANS) == [("pro", 700)]

    customer = int(str(desk.rows("SELECT id FROM customers WHERE name = 'Customer 0'")[0][0]))
    desk.keep(SetProperty(Owner(OwnerKind.CUSTOMER, customer), "plan", Value(ValueKind.STRING, "hand")))
    desk.run("nobody")

    assert desk.rows(_PLANS) == [("hand", 1), ("pro", 699)]
    assert _broken(desk) == []


def test_an_order_that_changes_while_claims_follow_the_former_one_is_followed_from_the_beginning(desk: Desk) -> None:
    desk.keep(TrustSources((desk.source("A"),)))
    process = desk.process(names=frozenset("nobody"))
    process.writer.fold()
    process.chores.step()
    desk.keep(TrustSources((desk.source("B"), desk.source("A"))))
    desk.run("nobody")

    assert desk.rows(_PLANS) == [("free", 700)]
    trusts = "SELECT DISTINCT origin_key, trust FROM claims ORDER BY trust"
    assert desk.rows(trusts) == [(f"source:{desk.source('A')}", 1), (f"source:{desk.source('B')}", 2)]


def test_a_source_that_is_not_there_or_named_twice_is_refused(desk: Desk) -> None:
    twice = desk.keep(TrustSources((desk.source("A"), desk.source("A"))))
    desk.run("nobody")

    with desk.workspace.database.read() as connection:
        found = outcome(connection, twice)
    assert found is not None
    assert "named twice" in found.reason
