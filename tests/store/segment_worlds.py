"""Random workspaces and random rules, for tests of segments."""

from __future__ import annotations

import random
from datetime import timedelta

from tests.store import rows as put
from tests.store.rows import NOW

from console.domain.ids import stable_id
from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, AnyOf, Condition, Not, Rule, Subject, Verb
from console.domain.values import ValueKind
from console.store.claims import define
from console.store.connection import Connection
from console.store.identities import home_of
from console.store.moments import micros
from console.store.refreshing import Touched, refresh
from console.store.schema import workspace as tables

PROPERTIES = {
    "plan": (ValueKind.STRING, ["Pro", "pro", "Free", "Enterprise plus", ""]),
    "tier": (ValueKind.CHOICE, ["Gold", "Silver"]),
    "areas": (ValueKind.CHOICES, ['["EU", "US"]', '["eu"]', "[]"]),
    "mrr": (ValueKind.NUMBER, ["0", "9.5", "300", "1e3"]),
    "spend": (ValueKind.MONEY, ["300 EUR", "300 USD", "12.5 EUR"]),
    "is_beta": (ValueKind.BOOLEAN, ["true", "false"]),
    "renewal": (ValueKind.DATE, ["2026-11-20", "2026-10-21", "2026-12-20", "2026-11-19"]),
    "paid_at": (ValueKind.DATETIME, ["2026-11-20T11:00:00+00:00", "2026-10-21T12:00:00+00:00", "2027-01-01T00:00:00+00:00"]),
    "signed_up_at": (ValueKind.DATETIME, ["2026-11-20T00:00:00+00:00", "2026-11-19T11:59:59+00:00"]),
    "created_at": (ValueKind.DATE, ["2026-11-20", "2025-01-01"]),
}  # fmt: skip
TAGS, EVENTS = ["vip", "Renewal", "vip plus"], ["Exported", "Logged in"]
SOURCES, CHANNELS = ["Helpdesk", "Survey tool"], ["email", "chat"]
_LENGTHS = ["1d", "30d", "60d", "12h", "2w", "1mo"]
_DAYS = ["2026-11-20", "2026-10-21", "today", "2026-11-19T12:00"]
_NUMERIC = (Subject.EVENT_COUNT, Subject.CONVERSATIONS, Subject.OPEN_CONVERSATIONS, Subject.MEMBERS)
_MOMENTS = (
    Subject.FIRST_SEEN, Subject.LAST_SEEN, Subject.SIGNED_UP, Subject.LAST_CONTACTED, Subject.LAST_HEARD,
    Subject.LAST_CONVERSATION, Subject.EVENT_FIRST, Subject.EVENT_LAST,
)  # fmt: skip
_WORDS = {
    Subject.WORDS: ["cust", "firm 1", "x.example", "f"],
    Subject.NAME: ["Customer 1", "Firm 1", "customer", ""],
    Subject.EMAIL: ["c1@x.example", "x.example"],
    Subject.DOMAIN: ["f1.example", "example"],
    Subject.TAG: TAGS,
    Subject.OWN_TAG: TAGS,
    Subject.SOURCE: SOURCES,
    Subject.SEGMENT: ["Given", "Ours", "Active", "slipping away", "New"],
    Subject.FLAG: ["role", "shared"],
    Subject.CHANNEL: CHANNELS,
}


def fill(connection: Connection, chance: random.Random, customers: int = 8, firms: int = 3) -> None:
    """Customers and companies with some of everything that a rule can ask."""
    for key, name in enumerate(SOURCES, 1):
        put.source(connection, key, name)
    define(connection, [(OwnerKind.CUSTOMER, name, kind.value) for name, (kind, _) in PROPERTIES.items()], 0)
    define(
        connection, [(OwnerKind.CUSTOMER, f"company.{name}", kind.value) for name, (kind, _) in PROPERTIES.items()], 0
    )
    people = [_customer(connection, chance, number) for number in range(customers)]
    companies = [_company(connection, chance, number) for number in range(firms)]
    for person in people:
        for firm in chance.sample(companies, chance.choice([0, 1, 1, 2])):
            put.member(connection, person, firm)
        for number in range(chance.choice([0, 0, 1, 2])):
            _talk(connection, chance, person, number)
    for owner in (*people, *companies):
        kind = OwnerKind.CUSTOMER if owner in people else OwnerKind.COMPANY
        for tag in chance.sample(TAGS, chance.choice([0, 0, 1, 2])):
            put.tag(connection, kind, owner, tag)
    refresh(connection, Touched(customers=set(people), companies=set(companies)))
    if chance.random() < 0.5:
        connection.exec_driver_sql("UPDATE customers SET merged_into = ? WHERE id = ?", (people[0], people[-1]))


def _customer(connection: Connection, chance: random.Random, number: int) -> int:
    address = chance.choice([f"c{number}@x.example", f"support@c{number}.example"])
    owner = put.customer(connection, f"Customer {number}", address, source_id=chance.choice([1, 2]))
    (identity,) = connection.exec_driver_sql(
        "SELECT id FROM identities WHERE owner_id = ? AND source_id > 0", (owner,)
    ).one()
    _claims(connection, chance, identity, OwnerKind.CUSTOMER, "")
    _claims(connection, chance, identity, OwnerKind.CUSTOMER, "company.")
    for name in chance.sample(["Given", "Ours"], chance.choice([0, 1])):
        put.put(connection, tables.segments_given, identity_id=identity, name=name, since=0)
    for count in range(chance.choice([0, 0, 1, 4])):
        at = NOW - timedelta(
            days=chance.choice([0, 1, 29, 30, 60, 61]), seconds=chance.choice([0, 0, 1]), minutes=count
        )
        put.put(
            connection, tables.events, id=stable_id("event", str(number), str(count)), source_id=1, external_id=f"{number}/{count}",
            identity_id=identity, owner_id=owner, name=chance.choice(EVENTS), at=micros(at),
        )  # fmt: skip
    return owner


def _company(connection: Connection, chance: random.Random, number: int) -> int:
    owner = put.company(connection, f"Firm {number}")
    home = home_of(OwnerKind.COMPANY, owner)
    put.claim(connection, home, "domain", f"f{number}.example", owner_kind=OwnerKind.COMPANY)
    _claims(connection, chance, home, OwnerKind.COMPANY, "")
    return owner


def _claims(connection: Connection, chance: random.Random, identity: int, kind: OwnerKind, prefix: str) -> None:
    for name in chance.sample(sorted(PROPERTIES), 5):
        value_kind, values = PROPERTIES[name]
        state = chance.choice(["value", "value", "value", "masked"])
        said = chance.choice(values) if state == "value" else None
        put.claim(connection, identity, f"{prefix}{name}", said, kind=value_kind.value, state=state, owner_kind=kind)


def _talk(connection: Connection, chance: random.Random, person: int, number: int) -> None:
    at = NOW - timedelta(days=chance.choice([0, 30, 59, 60, 61]), hours=chance.choice([0, 1]))
    talk = put.conversation(
        connection, f"Talk {person} {number}", "Hello", customer_id=person, at=at, channel=chance.choice(CHANNELS),
        state=chance.choice(["open", "closed"]),
    )  # fmt: skip
    connection.exec_driver_sql("UPDATE conversations SET customer_id = ? WHERE id = ?", (person, talk))
    if chance.random() < 0.5:
        put.message(connection, talk, "Answer", at=at + timedelta(minutes=5), identity_id=None, author_kind="teammate")
    refresh(connection, Touched(conversations={talk}, customers={person}))


def rule(chance: random.Random, owner_kind: OwnerKind, depth: int = 0) -> Rule:
    """Any rule that can be asked of customers or of companies."""
    if depth < 3 and chance.random() < 0.45:
        joined = chance.choice([AllOf, AnyOf])
        found = joined(tuple(rule(chance, owner_kind, depth + 1) for _ in range(chance.choice([0, 1, 2, 2, 3]))))
        return Not(found) if chance.random() < 0.3 else found
    one = condition(chance, owner_kind)
    return Not(one) if chance.random() < 0.25 else one


def condition(chance: random.Random, owner_kind: OwnerKind) -> Condition:
    of_company = owner_kind is OwnerKind.CUSTOMER and chance.random() < 0.25
    asked = OwnerKind.COMPANY if of_company else owner_kind
    absent = (
        {Subject.MEMBERS, Subject.DOMAIN}
        if asked is OwnerKind.CUSTOMER
        else {Subject.EMAIL, Subject.FLAG, Subject.WORDS}
    )
    subject = chance.choice([one for one in Subject if one not in absent] + [Subject.PROPERTY] * 8)
    name, kind, window = "", ValueKind.STRING, ""
    if subject is Subject.PROPERTY:
        name = chance.choice(sorted(PROPERTIES))
        kind = PROPERTIES[name][0]
    elif subject in (Subject.EVENT_COUNT, Subject.EVENT_FIRST, Subject.EVENT_LAST):
        name, window = chance.choice(EVENTS), chance.choice(["", "", "30d"])
    verb, values = _asked(chance, subject, name, kind)
    return Condition(subject, verb, values, name, kind, of_company, window)


def _asked(chance: random.Random, subject: Subject, name: str, kind: ValueKind) -> tuple[Verb, tuple[str, ...]]:
    if chance.random() < 0.1 and subject is not Subject.WORDS:
        return Verb.KNOWN, ()
    if kind is ValueKind.BOOLEAN:
        return Verb.IS, (chance.choice(["yes", "no"]),)
    if kind in (ValueKind.NUMBER, ValueKind.MONEY) or subject in _NUMERIC:
        verb = chance.choice([Verb.IS, Verb.ABOVE, Verb.AT_LEAST, Verb.BELOW, Verb.AT_MOST, Verb.BETWEEN])
        texts = ["0", "1", "2", "9.5", "300"] + (["300 USD", "12.5 EUR"] if kind is ValueKind.MONEY else [])
        return verb, tuple(
            chance.sample(texts, 2 if verb is Verb.BETWEEN else chance.choice([1, 2]) if verb is Verb.IS else 1)
        )
    if kind in (ValueKind.DATE, ValueKind.DATETIME) or subject in _MOMENTS:
        verb = chance.choice([one for one in Verb if one not in (Verb.CONTAINS, Verb.STARTS, Verb.KNOWN)])
        if verb in (Verb.NEWER, Verb.OLDER, Verb.SOONER, Verb.LATER):
            return verb, (chance.choice(_LENGTHS),)
        return verb, tuple(chance.sample(_DAYS, 2 if verb is Verb.BETWEEN else 1))
    texts = [one for one in _WORDS.get(subject, ["pro", "FREE", "EU", "gold", "plus"]) if one]
    if subject is Subject.WORDS:
        return Verb.CONTAINS, (chance.choice(texts),)
    verb = Verb.IS if subject is Subject.FLAG else chance.choice([Verb.IS, Verb.CONTAINS, Verb.STARTS])
    return verb, tuple(chance.sample(texts, chance.choice([1, min(2, len(texts))])))
