"""Where a customer is, from what the workspace knows: a source's words, else the address of the last login."""

from __future__ import annotations

import json
from datetime import datetime

from console.domain.customer_figures import SESSION_EVENTS
from console.domain.places import IP_KEYS, Place, Sighting, coordinates_of, is_public, sighting_of
from console.domain.profile_view import Location, Profile
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros, moment
from console.store.own_clock import time_of
from console.system.geography import Geography, is_zone, spot_called

_LOGINS = f"""SELECT e.metadata, e.at, s.name FROM events e LEFT JOIN sources s ON s.id = e.source_id
WHERE e.owner_id = ? AND e.name IN (SELECT DISTINCT name FROM events WHERE owner_id = ? AND lower(name) IN {IN_LIST})
AND e.at <= ? ORDER BY e.at DESC LIMIT 20"""


def place_of(connection: Connection, profile: Profile, geography: Geography) -> Place | None:
    """The place of a profile, on its day where it is of another day; None where nobody knows."""
    location = profile.location
    if location is not None and (location.city or location.country):
        return _said(location, coordinates_of(profile.properties))
    seen = _sighting(connection, profile)
    spot = geography.spot_of_ip(seen.ip) if seen is not None else None
    if seen is None or spot is None:
        return None
    zone = location.time_zone if location is not None and is_zone(location.time_zone) else spot.time_zone
    is_open = spot.is_city and not zone
    return Place(
        spot.city, spot.country, zone, spot.latitude, spot.longitude, seen.origin, seen.at,
        is_from_ip=True, is_approximate=True, is_zone_open=is_open,
    )  # fmt: skip


def _said(location: Location, exact: tuple[float, float] | None) -> Place:
    zone = location.time_zone if is_zone(location.time_zone) else ""
    spot = spot_called(location.city, location.country, zone)
    north, east = exact or ((spot.latitude, spot.longitude) if spot is not None else (None, None))
    country = spot.country if spot is not None else location.country
    zone = zone or (spot.time_zone if spot is not None else "")
    return Place(
        location.city, country, zone, north, east, location.origin, location.since,
        is_from_ip=False, is_approximate=exact is None, is_zone_open=exact is not None and not zone,
    )  # fmt: skip


def _sighting(connection: Connection, profile: Profile) -> Sighting | None:
    """The newest of the address that a property says and those of the latest logins."""
    said = sighting_of(profile.properties)
    logged = _login(connection, profile, time_of(connection, profile.as_of))
    return max((one for one in (said, logged) if one is not None), key=lambda one: one.at, default=None)


def _login(connection: Connection, profile: Profile, end: datetime) -> Sighting | None:
    rows = connection.exec_driver_sql(_LOGINS, (profile.id, profile.id, listed(SESSION_EVENTS), micros(end))).fetchall()
    for metadata, at, source in rows:
        held = json.loads(metadata)
        # A value of ours stands there with its kind, one that a source gave as it is alone.
        words = (held[key][-1] if isinstance(held[key], list) else held[key] for key in IP_KEYS if held.get(key))
        ip = next((word for word in map(str, words) if is_public(word)), None)
        if ip is not None:
            return Sighting(ip.strip(), moment(at), source or "")
    return None
