"""Customers who may be one: found by keys, the same for one as for all, and never again once called different."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.store.conftest import opened
from tests.store.test_everything_at_random import empty_files
from tests.store.world import World, customer, text

from console.domain.duplicates import Suggestion
from console.domain.edits import MergeCustomers, NeverMerge
from console.domain.ids import CustomerId
from console.domain.records import CustomerRecord
from console.store.duplicates import LARGEST_GROUP, all_duplicates, duplicates_of


@pytest.fixture
def world(tmp_path: Path):
    with opened(empty_files(), tmp_path / "workspace") as workspace:
        yield World(workspace)


def found(world: World) -> tuple[Suggestion, ...]:
    with world.workspace.database.read() as connection:
        return all_duplicates(connection)


def test_the_same_number_and_a_similar_name_are_found_and_not_after_a_teammate_said_no(world: World) -> None:
    world.take(
        customer("1", "ariana@northpeak.io", name="Ariana Delacroix", phone="+33 4 72 00 00 18"),
        customer("2", "ad@elsewhere.example", name="A. Delacroix", phone="0472000018"),
        customer("3", "bo@northpeak.io", name="Bo Lee"),
    )
    (one,) = found(world)
    assert {one.first, one.second} == {world.customer("ariana@northpeak.io"), world.customer("ad@elsewhere.example")}
    assert one.reason == "Same phone number, similar name"

    world.do(NeverMerge(one.first, one.second))

    assert found(world) == ()
    with world.workspace.database.read() as connection:
        assert duplicates_of(connection, one.first) == ()
    world.take(customer("2", "ad@elsewhere.example", name="A. Delacroix", phone="04 72 00 00 18"))
    assert found(world) == ()


def test_a_merged_customer_is_nobodys_duplicate(world: World) -> None:
    world.take(customer("1", "ann@x.io", name="Ann Lee"), customer("2", "ann+1@x.io", name="Ann Lee"))
    (one,) = found(world)
    world.do(MergeCustomers(one.first, one.second))
    assert found(world) == ()


def test_a_switchboards_number_makes_nobody_a_duplicate(world: World) -> None:
    names = ["Ann Ode", "Bo Pry", "Cy Quo", "Di Roe", "Ed Sun", "Flo Tan", "Gil Urs"][: LARGEST_GROUP + 1]
    world.take(*(customer(name, f"{name[:2]}@x.io".lower(), name=name, phone="+1 415 555 0100") for name in names))
    assert found(world) == ()
    with world.workspace.database.read() as connection:
        assert duplicates_of(connection, world.customer("an@x.io")) == ()


@pytest.mark.parametrize("seed", range(8))
def test_asking_for_one_customer_tells_what_asking_for_all_tells(world: World, seed: int) -> None:
    chance = random.Random(seed)
    names = ["Ann Lee", "A. Lee", "ann lee", "Bo Lee", "Ben Ode", "B. Ode", ""]
    people: list[CustomerRecord] = []
    for number in range(14):
        local, domain = chance.choice(["annl", "annl+1", "bode"]), chance.choice(["x.io", "gmail.com", f"d{number}.io"])
        said = {"name": text(chance.choice(names))} if chance.random() < 0.9 else {}
        said |= {"phone": text(f"+1 415 555 010{chance.randint(0, 4)}")} if chance.random() < 0.4 else {}
        company = (f"o{chance.randint(0, 2)}",) if chance.random() < 0.3 else ()
        people.append(CustomerRecord(str(number), (f"{local}@{domain}",), said, company))
    world.take(*people)
    with world.workspace.database.read() as connection:
        everything = set(all_duplicates(connection))
        keys = [row[0] for row in connection.exec_driver_sql("SELECT id FROM customers WHERE merged_into IS NULL")]
        one_by_one = {pair for key in keys for pair in duplicates_of(connection, CustomerId(key))}
    assert one_by_one == everything
