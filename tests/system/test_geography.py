"""Places offline: countries of addresses, names of countries, time zones; and city data that a teammate puts there."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.system.geography import Geography, is_zone, spot_called, zone_at


def test_an_address_tells_its_country(tmp_path: Path) -> None:
    spot = Geography(tmp_path).spot_of_ip("81.2.69.142")
    assert spot is not None
    assert (spot.country, spot.city, spot.time_zone, spot.is_city) == ("United Kingdom", "", "Europe/London", False)


def test_a_country_with_several_times_of_day_has_no_time_zone(tmp_path: Path) -> None:
    spot = Geography(tmp_path).spot_of_ip("2001:4860:4860::8888")
    assert spot is not None
    assert (spot.country, spot.time_zone) == ("United States", "")


@pytest.mark.parametrize("ip", ["", "no address", "999.1.1.1", "::ffff:0:0:zz"])
def test_what_is_no_address_is_no_place(tmp_path: Path, ip: str) -> None:
    assert Geography(tmp_path).spot_of_ip(ip) is None


def test_a_broken_city_file_leaves_the_bundled_one_in_use(tmp_path: Path) -> None:
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "city.mmdb").write_bytes(b"this is no database")
    spot = Geography(tmp_path).spot_of_ip("81.2.69.142")
    assert spot is not None
    assert spot.country == "United Kingdom"


@pytest.mark.parametrize(
    ("country", "name"), [("France", "France"), ("fr", "France"), ("USA", "United States"), ("Deutschland", "Germany")]
)
def test_countries_are_known_by_name_code_and_what_people_say(country: str, name: str) -> None:
    spot = spot_called("", country, "")
    assert spot is not None
    assert spot.country == name


def test_a_time_zone_in_the_country_is_nearer_than_the_middle_of_the_country() -> None:
    near, middle = spot_called("Lyon", "France", "Europe/Paris"), spot_called("Lyon", "France", "")
    foreign = spot_called("Lyon", "France", "Asia/Tokyo")
    assert near is not None
    assert middle is not None
    assert foreign is not None
    assert (round(near.latitude), round(near.longitude)) == (49, 2)
    assert near.is_city
    assert not middle.is_city
    assert foreign.latitude == middle.latitude


def test_a_country_nobody_knows_is_no_place() -> None:
    assert spot_called("", "Atlantis", "") is None


def test_a_point_tells_its_time_zone() -> None:
    assert zone_at(45.76, 4.84) == "Europe/Paris"
    assert is_zone("Europe/Paris")
    assert not is_zone("../../etc/passwd")
