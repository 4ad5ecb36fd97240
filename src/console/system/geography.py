"""What places are called and where they lie: countries and time zones that ship with the program, and who owns an IP address.

The bundled file tells the country of an address. A teammate can put city data (any ``*.mmdb`` in MaxMind's shape) into the
folder ``geo`` of the workspace; it is asked first. Nothing leaves the computer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.system.paths import resources

FOLDER = "geo"
_BUNDLED = "geo-whois-asn-country.mmdb"
_ALIASES = {"usa": "US", "u.s.a.": "US", "united states of america": "US", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
            "great britain": "GB", "deutschland": "DE", "españa": "ES", "italia": "IT", "czech republic": "CZ", "the netherlands": "NL",
            "holland": "NL", "korea": "KR", "republic of korea": "KR", "russian federation": "RU", "viet nam": "VN", "türkiye": "TR"}  # fmt: skip
_SEASONS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on earth. ``time_zone`` is empty where it is not sure; ``is_city``: nearer than the country's middle."""

    city: str
    country: str
    latitude: float
    longitude: float
    time_zone: str
    is_city: bool


@dataclass(frozen=True, slots=True)
class _Country:
    name: str
    at: tuple[float, float]
    zones: tuple[str, ...]


class Geography:
    """Reads the files; may be asked from any thread."""

    def __init__(self, workspace: Path) -> None:
        added = sorted((workspace / FOLDER).glob("*.mmdb")) if (workspace / FOLDER).is_dir() else []
        self._files = (*added, resources() / FOLDER / _BUNDLED)

    def spot_of_ip(self, ip: str) -> Spot | None:
        """Where a public address is used, None where no file knows."""
        for file in self._files:
            found = _looked_up(file, ip)
            spot = _spot(found) if found else None
            if spot is not None:
                return spot
        return None


def spot_called(city: str, country: str, time_zone: str) -> Spot | None:
    """Where a place lies that a source names: at the time zone's city, where that is in the country, else at its middle."""
    code = _code_of(country)
    _, zones = _world()
    found = _countries().get(code) if code else None
    if time_zone in zones and (found is None or time_zone in found.zones or not country):
        return Spot(city, found.name if found else country, *zones[time_zone], time_zone, is_city=True)
    if found is None:
        return None
    zone = time_zone or _only_zone(found.zones)
    return Spot(city, found.name, *found.at, zone, is_city=False)


def zone_at(latitude: float, longitude: float) -> str:
    """The time zone of a point, empty at sea. The first call takes 0.3 s and holds up every thread: never in a window's process."""
    import tzfpy

    found = tzfpy.get_tz(longitude, latitude)
    return found if is_zone(found) else ""


def is_zone(name: str) -> bool:
    """Whether this computer knows a time zone of this name."""
    try:
        return bool(name) and ZoneInfo(name).key == name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _looked_up(file: Path, ip: str) -> Mapping[str, Any]:
    import maxminddb

    try:
        found = _reader(file).get(ip)
    except (OSError, ValueError, maxminddb.InvalidDatabaseError):
        return {}  # IPv6 in a file of IPv4 only, or no file of this kind: as good as not known
    return cast("Mapping[str, Any]", found) if isinstance(found, dict) else {}


@cache
def _reader(file: Path) -> Any:
    import maxminddb

    return maxminddb.open_database(str(file))


def _spot(found: Mapping[str, Any]) -> Spot | None:
    """A record of either shape: flat, as DB-IP's and the bundled one are, or nested, as MaxMind's are."""
    code = str(found.get("country_code") or _inner(found, "country", "iso_code"))
    city = str(found.get("city") if isinstance(found.get("city"), str) else _named(found.get("city")))
    country = _countries().get(code.upper())
    where = _point(found)
    zone = str(found.get("timezone") or found.get("time_zone") or _inner(found, "location", "time_zone"))
    if country is None:
        return None
    if where is not None:
        return Spot(city, country.name, *where, zone if is_zone(zone) else "", is_city=True)
    return Spot(city, country.name, *country.at, _only_zone(country.zones), is_city=False)


def _point(found: Mapping[str, Any]) -> tuple[float, float] | None:
    north = found.get("latitude", _inner(found, "location", "latitude"))
    east = found.get("longitude", _inner(found, "location", "longitude"))
    try:
        return float(north), float(east)
    except (TypeError, ValueError):
        return None


def _inner(found: Mapping[str, Any], outer: str, inner: str) -> Any:
    part = found.get(outer)
    return part.get(inner, "") if isinstance(part, dict) else ""


def _named(part: object) -> str:
    names = part.get("names") if isinstance(part, dict) else None
    return str(names.get("en", "")) if isinstance(names, dict) else ""


def _code_of(country: str) -> str:
    name = country.strip()
    if name.upper() in _countries():
        return name.upper()
    return _codes().get(name.casefold(), "")


def _only_zone(zones: tuple[str, ...]) -> str:
    """The zone of a country where all of it keeps the same time, else none."""
    known = [zone for zone in zones if is_zone(zone)]
    offsets = {tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in _SEASONS) for zone in known}
    return known[0] if len(offsets) == 1 else ""


@cache
def _codes() -> dict[str, str]:
    return {country.name.casefold(): code for code, country in _countries().items()} | _ALIASES


@cache
def _countries() -> dict[str, _Country]:
    return _world()[0]


@cache
def _world() -> tuple[dict[str, _Country], dict[str, tuple[float, float]]]:
    content = json.loads((resources() / FOLDER / "countries.json").read_text(encoding="utf-8"))
    countries = {
        code: _Country(one["name"], (one["at"][0], one["at"][1]), tuple(one["zones"]))
        for code, one in content["countries"].items()
    }
    return countries, {zone: (at[0], at[1]) for zone, at in content["zones"].items()}
