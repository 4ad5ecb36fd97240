"""Winners in SQL are the winners of the domain, and by hand, spreadsheet, API and sources rank as promised (P41)."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.seen import check, check_winners
from tests.store.world import RANKS, START, World, customer, text

from console.domain.edits import MaskProperty, MergeCustomers, Owner, RemoveProperty, ReturnToAutomatic, SetProperty
from console.domain.ids import CustomerId
from console.domain.profile import OriginKind
from console.domain.records import OwnerKind
from console.store.refreshing import Touched, refresh

SHEET, API, SOURCE = OriginKind.SPREADSHEET, OriginKind.PUSH_API, OriginKind.SOURCE
ANNA = "anna@example.com"

said = st.tuples(
    st.integers(0, 5),
    st.sampled_from(["plan", "company.size", "company.plan", "größe"]),
    st.integers(1, 3),
    st.sampled_from(["value", "masked", "removed"]),
    st.sampled_from(
        [
            *(("string", value) for value in ("1", "ß", "z", "\U0001f600", "")),
            ("number", "1"),
            ("number", "2"),
            ("choice", "ß"),
        ]
    ),
    st.integers(0, 2),
    st.sampled_from(["source:1", "source:2", "manual"]),
    st.booleans(),
    st.integers(0, 1),
)


@settings(max_examples=40)
@given(st.lists(said, max_size=25))
def test_sql_chooses_the_winners_that_the_domain_chooses(world_of_six: World, claims: list[Any]) -> None:
    world = world_of_six
    with world.workspace.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM claims WHERE origin_name = 'oracle'")
        identities = [row[0] for row in connection.exec_driver_sql("SELECT id FROM identities ORDER BY id").fetchall()]
        property_of = dict(connection.exec_driver_sql("SELECT name, id FROM properties ORDER BY owner_kind").fetchall())
        for place, name, rank, state, (kind, value), at, origin, is_open, trust in claims:
            connection.exec_driver_sql(
                """INSERT INTO claims (identity_id, property_id, rank, state, kind, value, origin_kind, origin_name, origin_key, acted_at,
                   since, until, is_pin, trust) VALUES (?, ?, ?, ?, ?, ?, 'source', 'oracle', ?, ?, 0, ?, 0, ?)""",
                (identities[place], property_of[name], rank, state, kind, value if state == "value" else None, origin, at,
                 None if is_open else 9, trust),
            )  # fmt: skip
        owners = connection.exec_driver_sql("SELECT id FROM customers").fetchall()
        firms = connection.exec_driver_sql("SELECT id FROM companies").fetchall()
        refresh(connection, Touched(customers={row[0] for row in owners}, companies={row[0] for row in firms}))
        check_winners(connection)


spoken = st.lists(
    st.tuples(
        st.integers(0, 5), st.sampled_from(["Acme", "Bolt", ""]), st.sampled_from(["1", "2", "3"]), st.sampled_from(["Helpdesk", "Chat"])
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip
by_hand = st.sampled_from(["set", "mask", "remove", "automatic"])


@settings(max_examples=40)
@given(st.lists(spoken | by_hand, min_size=2, max_size=8))
def test_a_company_whose_members_say_something_new_shows_what_asking_them_all_would(
    world: World, acts: list[Any]
) -> None:
    """Each page looks at the members on it alone; the oracle looks at every claim, and so does a refresh of everything."""
    world.made += 1
    firm = world.made
    for act in acts:
        if isinstance(act, str):
            _by_hand(world, f"Acme {firm}", act)
        else:
            rows = {(one[0], one[3]): one for one in act}.values()
            for source in ("Helpdesk", "Chat"):
                records = [
                    customer(f"{firm} {n}", f"m{n}@{firm}.example", **_about(name and f"{name} {firm}", size))
                    for n, name, size, said_by in rows
                    if said_by == source
                ]
                if records:
                    world.take(*records, source=source)
        check(world)
    _all_again_is_the_same(world)


def _about(firm: str, size: str) -> dict[str, str]:
    return {"company__name": firm, "company__size": size} if firm else {"company__size": size}


def _by_hand(world: World, name: str, act: str) -> None:
    for (key,) in world.rows("SELECT id FROM companies WHERE name = ? AND merged_into IS NULL", name):
        firm = Owner(OwnerKind.COMPANY, int(str(key)))
        match act:
            case "set":
                world.do(SetProperty(firm, "size", text("by hand")))
            case "mask":
                world.do(MaskProperty(firm, "size"))
            case "remove":
                world.do(RemoveProperty(firm, "size"))
            case _:
                world.do(ReturnToAutomatic(firm, "size"))


def _all_again_is_the_same(world: World) -> None:
    shown = world.rows("SELECT * FROM winners ORDER BY owner_id, property_id")
    with world.workspace.database.write() as connection:
        firms = connection.exec_driver_sql("SELECT id FROM companies WHERE merged_into IS NULL").fetchall()
        refresh(connection, Touched(companies={row[0] for row in firms}))
    assert world.rows("SELECT * FROM winners ORDER BY owner_id, property_id") == shown


@pytest.fixture
def world_of_six(world: World) -> World:
    """Four customers of two companies, with the properties that claims are about."""
    names = {"plan": "x", "company__size": "x", "company__plan": "x", "größe": "x"}
    for number, firm in enumerate(["Acme", "Acme", "Bolt", ""]):
        world.take(customer(str(number), f"c{number}@example.com", company__name=firm, **names))
    world.take(customer("c0", "c0@example.com", plan="Free"), source="Chat")
    return world


@pytest.mark.parametrize("order", list(itertools.permutations([SHEET, API, SOURCE])), ids=lambda order: "-".join(order))
def test_a_spreadsheet_beats_the_api_and_the_api_beats_sources_in_any_order(
    world: World, order: tuple[OriginKind, ...]
) -> None:
    for kind in order:
        world.take(customer(ANNA, ANNA, plan=kind.value), source=kind.value, kind=kind)

    assert world.shown(ANNA)["plan"] == "spreadsheet"
    check(world)


@given(
    st.lists(
        st.tuples(st.sampled_from([*RANKS]), st.integers(1, 3), st.integers(0, 50)),
        min_size=1,
        max_size=6,
        unique_by=lambda one: one[:2],
    )
)
@settings(max_examples=30)
def test_the_winner_depends_on_rank_and_time_alone(world: World, sayings: list[tuple[OriginKind, int, int]]) -> None:
    """Oracle: the greatest (rank, time of synchronisation)."""
    address = f"c{world.made}@example.com"
    world.made += 1
    for kind, number, minute in sayings:
        source = f"{kind.value} {number}"
        at = START.replace(minute=minute, second=number)
        world.take(customer(f"{address} {source}", address, plan=f"{source} {minute}"), source=source, kind=kind, at=at)

    best = max(sayings, key=lambda one: (RANKS[one[0]], one[2], one[1]))
    ties = {f"{k.value} {n} {m}" for k, n, m in sayings if (RANKS[k], m, n) == (RANKS[best[0]], best[2], best[1])}
    assert world.shown(address)["plan"] in ties


def test_of_two_sources_the_one_synchronised_last_wins(world: World) -> None:
    world.take(customer("1", ANNA, plan="Pro"), source="Billing")
    world.take(customer("2", ANNA, plan="Free"), source="Chat")

    assert world.shown(ANNA)["plan"] == "Free"
    world.take(customer("1", ANNA, plan="Team"), source="Billing")
    assert world.shown(ANNA)["plan"] == "Team"


def test_a_value_set_by_hand_after_a_spreadsheet_beats_it_and_goes_back_to_automatic(world: World) -> None:
    world.take(customer("1", ANNA, plan="from the source"))
    world.take(customer(ANNA, ANNA, plan="from the sheet"), source="vip.csv", kind=SHEET)
    anna = world.owner(ANNA)
    world.do(SetProperty(anna, "plan", text("by hand")))
    assert world.shown(ANNA)["plan"] == "by hand"

    world.do(ReturnToAutomatic(anna, "plan"))

    assert world.shown(ANNA)["plan"] == "from the sheet"
    check(world)


def test_a_spreadsheet_after_a_value_set_by_hand_beats_it(world: World) -> None:
    world.take(customer("1", ANNA, plan="from the source"))
    world.do(SetProperty(world.owner(ANNA), "plan", text("by hand")))
    world.take(customer(ANNA, ANNA, plan="from the sheet"), source="vip.csv", kind=SHEET)

    assert world.shown(ANNA)["plan"] == "from the sheet"


def test_a_spreadsheet_imported_again_makes_no_new_claim_and_does_not_beat_what_was_said_since(world: World) -> None:
    row = customer(ANNA, ANNA, plan="from the sheet", city="Lyon")
    world.take(row, source="vip.csv", kind=SHEET)
    world.do(SetProperty(world.owner(ANNA), "plan", text("by hand")))
    before = world.rows("SELECT count(*) FROM claims")

    world.take(row, source="vip.csv", kind=SHEET)
    assert world.rows("SELECT count(*) FROM claims") == before
    assert world.shown(ANNA)["plan"] == "by hand"

    world.take(customer(ANNA, ANNA, plan="from the sheet", city="Paris"), source="vip.csv", kind=SHEET)
    assert world.shown(ANNA) | {"plan": "by hand", "city": "Paris"} == world.shown(ANNA)


def test_a_masked_property_is_shown_empty_and_a_removed_one_not_at_all(world: World) -> None:
    world.take(customer("1", ANNA, plan="Pro", city="Lyon"))
    anna = world.owner(ANNA)
    world.do(MaskProperty(anna, "plan"))
    world.do(RemoveProperty(anna, "city"))
    world.take(customer("1", ANNA, plan="Team", city="Nice"))

    assert world.shown(ANNA) == {"plan": None}
    world.do(ReturnToAutomatic(anna, "plan"))
    world.do(ReturnToAutomatic(anna, "city"))
    assert world.shown(ANNA) == {"plan": "Team", "city": "Nice"}
    check(world)


def test_by_hand_on_two_customers_the_later_one_is_shown_after_a_merge_and_both_come_back_after_undo(
    world: World,
) -> None:
    world.take(customer("1", ANNA, plan="a"), customer("2", "ann@example.org", plan="b"))
    one, other = world.owner(ANNA), world.owner("ann@example.org")
    world.do(SetProperty(one, "plan", text("first")))
    world.do(SetProperty(other, "plan", text("second")))
    merge = world.do(MergeCustomers(CustomerId(one.id), CustomerId(other.id)))
    assert world.shown(one.id)["plan"] == "second"

    automatic = world.do(ReturnToAutomatic(one, "plan"))
    assert world.shown(one.id)["plan"] in {"a", "b"}
    world.undo(automatic)
    world.undo(merge)

    assert (world.shown(one.id)["plan"], world.shown(other.id)["plan"]) == ("first", "second")
    check(world)
