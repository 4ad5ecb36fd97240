"""Where a customer is: a source's words first, else the newest public address of a login, by the day that is asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from tests.store.world import START, World, text

from console.domain.places import Place
from console.domain.records import CustomerRecord, EventRecord
from console.domain.values import Value, ValueKind
from console.store.places import place_of
from console.store.profiles import profile, profile_at
from console.system.geography import Geography

LONDON, TEXAS, PRIVATE = "81.2.69.142", "8.8.8.8", "192.168.7.7"
ANN = "ann@x.example"


def place(world: World, then: datetime | None = None) -> Place | None:
    key, geography = world.customer(ANN), Geography(Path("there is no such folder"))
    with world.workspace.database.read() as connection:
        shown = profile(connection, key, now=world.at) if then is None else profile_at(connection, key, then)
        return place_of(connection, shown, geography)


def login(number: int, ip: str, hours: int) -> EventRecord:
    return EventRecord(f"e{number}", "Logged in", START + timedelta(hours=hours), "1", metadata={"ip": text(ip)})


def test_what_a_source_says_goes_before_any_address(world: World) -> None:
    said = {"location.city": text("Lyon"), "location.country": text("France"), "ip": text(LONDON)}
    world.take(CustomerRecord("1", (ANN,), said))
    found = place(world)
    assert found is not None
    assert (found.city, found.country, found.time_zone, found.is_from_ip) == ("Lyon", "France", "Europe/Paris", False)
    assert found.is_approximate


def test_the_newest_public_address_of_a_login_tells_the_country_and_of_another_day_the_one_of_then(
    world: World,
) -> None:
    world.take(CustomerRecord("1", (ANN,)), login(1, LONDON, 1), login(2, TEXAS, 5), login(3, PRIVATE, 6))
    now, then, before = (
        place(world),
        place(world, START + timedelta(hours=2)),
        place(world, START + timedelta(minutes=30)),
    )
    assert now is not None
    assert then is not None
    assert (now.country, now.time_zone, now.is_from_ip, now.at) == (
        "United States",
        "",
        True,
        START + timedelta(hours=5),
    )
    assert (then.country, then.time_zone) == ("United Kingdom", "Europe/London")
    assert before is None


def test_coordinates_are_exact_and_their_time_zone_is_still_to_be_looked_up(world: World) -> None:
    degrees = {"location.latitude": "45.76", "location.longitude": "4.84"}
    said = {name: Value(ValueKind.NUMBER, Decimal(number)) for name, number in degrees.items()}
    world.take(CustomerRecord("1", (ANN,), {**said, "location.city": text("Lyon")}))
    found = place(world)
    assert found is not None
    assert (found.latitude, found.longitude, found.is_approximate, found.is_zone_open) == (45.76, 4.84, False, True)


def test_nobody_is_anywhere_without_a_word_or_a_login(world: World) -> None:
    world.take(CustomerRecord("1", (ANN,), {"ip": text(PRIVATE)}), login(1, "not an address", 1))
    assert place(world) is None
