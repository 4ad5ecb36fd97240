"""What customers of the sample did in the product: how often, when, and with which particulars."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from console.connectors.kinds.sample.claims import euro, moment, number, of_kind, text, yes
from console.connectors.kinds.sample.material import chance, phrase, pick
from console.connectors.kinds.sample.moments import MONTHS_BACK, ago, some_moment
from console.connectors.kinds.sample.people import PLANS, Person, people
from console.domain.records import EventRecord
from console.domain.values import Value, ValueKind

LOGGED_IN = "Logged in"
# How many there are for each login.
_SHARE_BY_NAME = {
    "Exported report": 0.13,
    "Created dashboard": 0.06,
    "Shared dashboard": 0.05,
    "Ran query": 0.17,
    "Invited teammate": 0.03,
    "Connected source": 0.02,
    "Viewed pricing": 0.03,
    "Changed plan": 0.008,
    "Enabled SSO": 0.004,
    "Deleted dashboard": 0.01,
}
_HERO_COUNTS = {
    "Exported report": 23,
    "Invited teammate": 6,
    "Created dashboard": 11,
    "Connected source": 3,
    "Changed plan": 2,
}
_SEEN_LAST_DAYS = {
    "etienne@northpeak.io": 1,
    "sofia@northpeak.io": 3,
    "karim@northpeak.io": 6,
    "lucie@northpeak.io": 9,
    "marek@northpeak.io": 16,
    "ines.roth@northpeak.io": 19,
    "paul@northpeak.io": 24,
    "theo@northpeak.io": 28,
    "olga@northpeak.io": 31,
    "margaux@northpeak.io": 36,
    "idris@northpeak.io": 48,
    "berenice@northpeak.io": 61,
    "julien@northpeak.io": 75,
}
_ONLINE = ("ariana@northpeak.io", "samuel@okafor-logistics.example", "tomas@herrera.example")
_QUIET_DAYS_BY_COMPANY = {"co-049": 38, "co-042": 75}
"""Nobody of these companies has come for so long: one is slipping away, one is away."""


@functools.lru_cache(maxsize=2)
def events(now: datetime) -> tuple[EventRecord, ...]:
    """All events in the order of time; ids are stable for the same ``now``."""
    found = [event for person in people() if person.logins for event in _of_person(person, now)]
    return tuple(sorted(found, key=lambda event: (event.at, event.external_id)))


@functools.lru_cache(maxsize=2)
def last_login_by_key(now: datetime) -> dict[str, datetime]:
    """When each customer was last seen, by the customer's external id."""
    return {event.customer_id: event.at for event in events(now) if event.customer_id and event.name == LOGGED_IN}


def _of_person(person: Person, now: datetime) -> Iterator[EventRecord]:
    rng = chance("events", person.key)
    newest = _newest(rng, person, now)
    reach = min(MONTHS_BACK, timedelta(days=person.joined_days))
    moments = sorted(min(some_moment(rng, newest, earliest=reach), newest) for _ in range(person.logins - 1))
    logins = [*moments, newest]
    for position, at in enumerate(logins):
        yield _event(person, LOGGED_IN, position, at, rng)
    counts = _HERO_COUNTS if person.key == people()[0].key else _counts(rng, person.logins)
    for name, count in counts.items():
        for position in range(count):
            at = min(now, pick(rng, logins) + timedelta(minutes=rng.randint(1, 50)))
            yield _event(person, name, position, at, rng)


def _newest(rng: random.Random, person: Person, now: datetime) -> datetime:
    """The last login; with more logins it is likelier to be recent."""
    if person.email in _ONLINE:
        return ago(now, 4 + _ONLINE.index(person.email) * 9)
    days = _SEEN_LAST_DAYS.get(person.email)
    if days is None:
        days = int(rng.expovariate(1 / (4 + 260 / (person.logins + 4))))
        if person.company and person.company.key in _QUIET_DAYS_BY_COMPANY:
            days = _QUIET_DAYS_BY_COMPANY[person.company.key] + days % 20
        days = min(person.joined_days - 1, days)
    return ago(now, days * 24 * 60 + rng.randint(190, 400))


def _counts(rng: random.Random, logins: int) -> dict[str, int]:
    return {name: int(logins * share + rng.random()) for name, share in _SHARE_BY_NAME.items()}


def _event(person: Person, name: str, position: int, at: datetime, rng: random.Random) -> EventRecord:
    key = f"{person.key}-{name.lower().replace(' ', '-')}-{position}"
    return EventRecord(key, name, at, customer_id=person.key, metadata=_particulars(rng, name, person, at))


def _particulars(rng: random.Random, name: str, person: Person, at: datetime) -> dict[str, Value]:
    match name:
        case "Logged in":
            return {"browser": text(phrase(rng, "browsers")), "ip": text(person.ip)}
        case "Exported report":
            report = phrase(rng, "reports")
            link = f"https://app.acme.dev/reports/{rng.randint(1000, 9999)}"
            return {
                "report": text(report),
                "rows": number(rng.randint(40, 90_000)),
                "format": text(pick(rng, ("csv", "csv", "xlsx", "pdf"))),
                "link": of_kind(ValueKind.LINK, link),
            }
        case "Invited teammate":
            return {"role": text(pick(rng, ("Viewer", "Editor"))), "accepted": yes(rng.random() < 0.8)}
        case "Changed plan":
            step = rng.randrange(len(PLANS) - 1)
            return {"from": text(PLANS[step]), "to": text(PLANS[step + 1]), "price": euro(90 * (step + 1))}
        case "Ran query":
            return {"seconds": number(f"{rng.random() * 8:.1f}"), "scheduled_for": moment(at)}
        case "Connected source":
            return {"source": text(phrase(rng, "sources"))}
        case "Enabled SSO" | "Viewed pricing":
            return {}
        case _:
            return {"dashboard": text(phrase(rng, "reports"))}
