"""What the team did with customers and companies: values by hand, masks, tags, notes, merges right and wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from console.connectors.kinds.sample.claims import choice, number, of_kind, text
from console.connectors.kinds.sample.intercom import NAME as CHAT
from console.connectors.kinds.sample.lookup import Done, Lookup
from console.connectors.kinds.sample.material import chance, load, phrase, pick
from console.connectors.kinds.sample.moments import ago, some_moment
from console.connectors.kinds.sample.people import PLANS, Person, companies, people
from console.connectors.kinds.sample.plots import MY_NAME, TEAMMATES
from console.connectors.kinds.sample.slots import slots
from console.domain.edits import (
    AddTag,
    ChangeNote,
    DefineProperty,
    DeleteNote,
    Edit,
    JoinCompany,
    MaskProperty,
    MergeCustomers,
    NeverMerge,
    Owner,
    PinNote,
    RemoveProperty,
    RemoveTag,
    ReturnToAutomatic,
    SetProperty,
    Several,
    WriteNote,
)
from console.domain.records import OwnerKind
from console.domain.values import Money, Value, ValueKind

_DAY = 24 * 60.0
_TAGS = ("VIP", "reference", "churn risk", "champion", "price sensitive", "beta-export", "needs care", "trainee")
_ARIANA, _LUCA = "ariana@northpeak.io", "luca@bianchimoto.example"
_NOTED, _TAGGED, _CORRECTED = 46, 52, 24
_ON_TOP = (
    ("persona", ValueKind.STRING),
    ("plan", ValueKind.CHOICE),
    ("mrr", ValueKind.MONEY),
    ("purchases", ValueKind.NUMBER),
    ("phone", ValueKind.PHONE),
)


def customer_edits(now: datetime, lookup: Lookup) -> Iterator[Done]:
    """All edits of customers and companies, in no order."""
    yield from _definitions(now)
    yield from _first_hero(now, lookup)
    yield from _who_is_who(now, lookup)
    yield from _scrubbed(now, lookup)
    yield from _notes_on_companies(now, lookup)
    yield from _long_note(now, lookup)
    crowd = [person for person in people()[41:] if person.emails]
    yield from _corrections(crowd, now, lookup)
    yield from _tags(crowd, now, lookup)
    yield from _plain_notes(crowd, now, lookup)


def _definitions(now: datetime) -> Iterator[Done]:
    edits = tuple(
        DefineProperty(OwnerKind.CUSTOMER, name, kind, PLANS if name == "plan" else (), is_on_top=True)
        for name, kind in _ON_TOP
    )
    yield Done(ago(now, 420 * _DAY), "Clara Duval", Several("Put five properties on top", edits))


def _first_hero(now: datetime, lookup: Lookup) -> Iterator[Done]:
    owner = Owner(OwnerKind.CUSTOMER, lookup.customer_of(_ARIANA))
    yield Done(ago(now, 6 * _DAY), "Clara Duval", SetProperty(owner, "persona", text("Operations lead")))
    yield Done(ago(now, 40 * _DAY), MY_NAME, AddTag(owner, "trial"))
    yield Done(ago(now, _DAY + 70), MY_NAME, Several("Tags", (AddTag(owner, "VIP"), RemoveTag(owner, "trial"))))
    yield Done(ago(now, 20 * _DAY), "Jonas Weber", AddTag(owner, "beta-export"))
    for position, (minutes, author, told, is_pinned) in enumerate(load("notes")["ariana"]):
        yield from _note(owner, f"ariana-{position}", ago(now, minutes), author, told, is_pinned=is_pinned)


def _who_is_who(now: datetime, lookup: Lookup) -> Iterator[Done]:
    """A right merge, a wrong one that waits to be split, a look-alike that must never be merged, a second company."""
    customer = lookup.customer_of
    by_name = {company.name: company.key for company in companies()}
    lookalike = next(person.email for person in people() if person.name.startswith("А"))
    yield Done(
        ago(now, 30 * _DAY), "Jonas Weber", MergeCustomers(customer(_ARIANA), customer("a.delacroix@post.example"))
    )
    wrong = MergeCustomers(customer("maria.lopez@casalopez.example"), customer("mlopez@azulejo.example"))
    yield Done(ago(now, 4 * _DAY + 90), "Ravi Menon", wrong)
    yield Done(ago(now, 80), MY_NAME, NeverMerge(customer(_ARIANA), customer(lookalike)))
    second = JoinCompany(customer("zach@plover.example"), lookup.company_of(CHAT, by_name["Peregrine Labs"]))
    yield Done(ago(now, 12 * _DAY), "Aisha Bello", second)


def _scrubbed(now: datetime, lookup: Lookup) -> Iterator[Done]:
    """What must not be shown, what was taken off, and what was said by hand and taken back."""
    layla = Owner(OwnerKind.CUSTOMER, lookup.customer_of("layla@yasmin.example"))
    jonas = Owner(OwnerKind.CUSTOMER, lookup.customer_of("jonas.weiß@weiss-maschinenbau.example"))
    priya = Owner(OwnerKind.CUSTOMER, lookup.customer_of("priya@ramanhealth.example"))
    kofi = Owner(OwnerKind.CUSTOMER, lookup.customer_of("kofi@saffron.example"))
    yield Done(ago(now, 33 * _DAY), MY_NAME, MaskProperty(layla, "last_seen_ip"))
    yield Done(ago(now, 32 * _DAY), MY_NAME, MaskProperty(layla, "location.city"))
    yield Done(ago(now, 15 * _DAY), "Jonas Weber", RemoveProperty(jonas, "products"))
    yield Done(ago(now, 18 * _DAY), "Aisha Bello", SetProperty(priya, "plan", choice("Enterprise")))
    yield Done(ago(now, 17 * _DAY), "Aisha Bello", ReturnToAutomatic(priya, "plan"))
    yield Done(ago(now, 8 * _DAY), "Clara Duval", SetProperty(kofi, "plan", choice("Enterprise"), is_pin=True))


def _notes_on_companies(now: datetime, lookup: Lookup) -> Iterator[Done]:
    owner = Owner(OwnerKind.COMPANY, lookup.company_of(CHAT, companies()[0].key))
    yield Done(ago(now, 200 * _DAY), MY_NAME, AddTag(owner, "renewal"))
    for position, (minutes, author, told, is_pinned) in enumerate(load("notes")["northpeak"]):
        yield from _note(owner, f"northpeak-{position}", ago(now, minutes), author, told, is_pinned=is_pinned)


def _long_note(now: datetime, lookup: Lookup) -> Iterator[Done]:
    owner = Owner(OwnerKind.CUSTOMER, lookup.customer_of(_LUCA))
    told = load("notes")["long"]
    at = ago(now, 3 * _DAY)
    yield from _note(owner, "luca-long", at, "Ravi Menon", told.partition("\n\n5.")[0], is_pinned=True)
    yield Done(at + timedelta(hours=20), MY_NAME, ChangeNote("sample-note-luca-long", told))
    yield from _note(
        owner, "luca-mistake", at + timedelta(hours=2), "Ravi Menon", "Wrong Luca, sorry.", is_pinned=False
    )
    yield Done(at + timedelta(hours=3), "Ravi Menon", DeleteNote("sample-note-luca-mistake"))


def _corrections(crowd: list[Person], now: datetime, lookup: Lookup) -> Iterator[Done]:
    for position, person in enumerate(chance("corrections").sample(crowd, _CORRECTED)):
        rng = chance("correction", position)
        name, value = pick(rng, _by_hand(person))
        owner = Owner(OwnerKind.CUSTOMER, lookup.customer_of(person.email))
        yield Done(
            some_moment(rng, now, earliest=timedelta(days=200)), pick(rng, TEAMMATES), SetProperty(owner, name, value)
        )


def _by_hand(person: Person) -> tuple[tuple[str, Value], ...]:
    rng = chance("by hand", person.key)
    return (
        ("persona", text(phrase(rng, "personas"))),
        ("purchases", number(rng.randint(1, 60))),
        ("phone", of_kind(ValueKind.PHONE, f"+44 20 5550 {rng.randint(1000, 9999)}")),
        ("budget", Value(ValueKind.MONEY, Money(Decimal(rng.randint(2, 90) * 1000), pick(rng, ("EUR", "USD", "GBP"))))),
        ("role", text(phrase(rng, "roles"))),
        ("preferred_channel", choice(pick(rng, ("e-mail", "phone", "chat")))),
    )


def _tags(crowd: list[Person], now: datetime, lookup: Lookup) -> Iterator[Done]:
    for position, person in enumerate(chance("tags").sample(crowd, _TAGGED)):
        rng = chance("tag", position)
        owner = Owner(OwnerKind.CUSTOMER, lookup.customer_of(person.email))
        edits: tuple[Edit, ...] = tuple(AddTag(owner, tag) for tag in rng.sample(_TAGS, rng.choice((1, 1, 2))))
        edit = edits[0] if len(edits) == 1 else Several("Tags", edits)
        yield Done(some_moment(rng, now, earliest=timedelta(days=300)), pick(rng, TEAMMATES), edit)


def _plain_notes(crowd: list[Person], now: datetime, lookup: Lookup) -> Iterator[Done]:
    for position, person in enumerate(chance("notes").sample(crowd, _NOTED)):
        rng = chance("note", position)
        owner = Owner(OwnerKind.CUSTOMER, lookup.customer_of(person.email))
        at, author = some_moment(rng, now, earliest=timedelta(days=300)), pick(rng, TEAMMATES)
        told = pick(rng, load("notes")["plain"]).format_map(slots(rng, person, at, author))
        yield from _note(owner, f"plain-{position}", at, author, told, is_pinned=rng.random() < 0.15)


def _note(owner: Owner, key: str, at: datetime, author: str, told: str, *, is_pinned: bool) -> Iterator[Done]:
    note_id = f"sample-note-{key}"
    yield Done(at, author, WriteNote(owner, note_id, told))
    if is_pinned:
        yield Done(at + timedelta(minutes=1), author, PinNote(note_id, is_pinned=True))
