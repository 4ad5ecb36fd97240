"""Values that a property has: all of few, and of many those that begin as it is typed, in any letters."""

from __future__ import annotations

from tests.store.world import World, customer

from console.domain.records import CustomerRecord, OwnerKind
from console.domain.values import Value, ValueKind
from console.store.property_values import values_of


def offered(world: World, name: str, begins: str = "", limit: int = 60) -> tuple[str, ...]:
    with world.workspace.database.read() as connection:
        return values_of(connection, OwnerKind.CUSTOMER, name, begins, limit)


def test_each_value_is_offered_once_by_the_alphabet(world: World) -> None:
    said = ("Team", "enterprise", "Team", "Basic")
    world.take(
        *(customer(f"c{place}", plan=plan) for place, plan in enumerate(said)),
        CustomerRecord("c9", (), {"colours": Value(ValueKind.CHOICES, ("red", "blue"))}),
    )
    assert offered(world, "plan") == ("Basic", "enterprise", "Team")
    assert offered(world, "colours") == ("blue", "red")
    assert offered(world, "nothing of that name") == ()


def test_of_too_many_those_are_offered_that_begin_as_it_is_typed_in_any_letters(world: World) -> None:
    cities = ("Aachen", "Berlin", "Bern", "berlin", "Zwolle", "BERGEN")
    world.take(*(customer(f"c{place}", city=city) for place, city in enumerate(cities)))
    assert offered(world, "city", "ber", 4) == ("BERGEN", "Berlin", "berlin", "Bern")
    assert offered(world, "city", "zw", 4) == ("Zwolle",)
