"""Where a customer is: what a source says, else what the address of the last login tells."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from console.domain.profile_view import ShownProperty

IP_PROPERTIES = ("last_login_ip", "last_seen_ip", "ip", "ip_address", "last_ip")
IP_KEYS = ("ip", "ip_address", "remote_ip", "client_ip", "$ip")
"""Under which names the metadata of an event holds the address that it came from."""

LATITUDES, LONGITUDES = ("location.latitude", "latitude"), ("location.longitude", "longitude")


@dataclass(frozen=True, slots=True)
class Sighting:
    """An IP address of a customer, when it was seen (aware UTC) and which source said so."""

    ip: str
    at: datetime
    origin: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a customer is, since when (aware UTC), and who says so. Degrees north and east, None where only words are known.

    ``is_from_ip``: guessed from the address of the last login. ``is_approximate`` holds for all but coordinates of a source.
    ``is_zone_open``: the coordinates would tell the time zone, which nobody has looked up yet.
    """

    city: str
    country: str
    time_zone: str
    latitude: float | None
    longitude: float | None
    origin: str
    at: datetime
    is_from_ip: bool
    is_approximate: bool
    is_zone_open: bool = False


def is_public(ip: str) -> bool:
    """Whether an address belongs to somebody on the internet: private, reserved and documentation ranges are no place."""
    try:
        return ipaddress.ip_address(ip.strip()).is_global
    except ValueError:
        return False


def sighting_of(properties: Iterable[ShownProperty]) -> Sighting | None:
    """The newest public address among the properties."""
    shown = [one for one in properties if one.name in IP_PROPERTIES and one.value is not None]
    found = [
        Sighting(str(one.value.content).strip(), one.winner.source_time or one.winner.since, one.winner.origin.name)
        for one in shown
        if one.value is not None and is_public(str(one.value.content))
    ]
    return max(found, key=lambda one: one.at, default=None)


def coordinates_of(properties: Iterable[ShownProperty]) -> tuple[float, float] | None:
    """Degrees north and east as a source gives them."""
    shown = {one.name: one.value.content for one in properties if one.value is not None}
    pair = [next((shown[name] for name in names if name in shown), None) for names in (LATITUDES, LONGITUDES)]
    north, east = (_degrees(content) for content in pair)
    if north is None or east is None or not (-90 <= north <= 90 and -180 <= east <= 180):
        return None
    return north, east


def _degrees(content: object) -> float | None:
    try:
        return float(content) if isinstance(content, str | Decimal) else None
    except ValueError:
        return None
