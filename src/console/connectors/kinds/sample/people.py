"""Who is in the sample: sixty companies and three hundred customers, the same on every machine."""

from __future__ import annotations

import functools
import random
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.connectors.kinds.sample.material import chance, load, phrase, pick
from console.domain.address import canonical

CUSTOMER_COUNT = 300
PLANS = ("Free", "Starter", "Growth", "Pro", "Enterprise")
_FREE_MAIL = ("post.example", "webpost.example", "mailbox.example")
_SPELLED = {"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "đ": "d", "ð": "d", "æ": "ae"}
_NO_COMPANY_SHARE = 0.1
_NO_LOGIN_SHARE = 0.13


@dataclass(frozen=True, slots=True)
class Company:
    """A company of the sample; ``key`` is its external id at the chat, ``size`` a range of heads."""

    key: str
    name: str
    domain: str
    industry: str
    city: str
    size: str


@dataclass(frozen=True, slots=True)
class Person:
    """A customer of the sample. ``emails`` are canonical; ``place`` is city, country, time zone, or empty.

    ``logins`` of 0: not known to the chat, only from other sources. ``size`` is what this person says of the company's size.
    """

    key: str
    name: str
    emails: tuple[str, ...]
    company: Company | None
    language: str
    place: tuple[str, ...]
    role: str
    persona: str
    phone: str
    plan: str
    segments: tuple[str, ...]
    logins: int
    ip: str
    size: str
    joined_days: int
    is_shared: bool = False

    @property
    def email(self) -> str:
        """The main address, empty where none is known."""
        return self.emails[0] if self.emails else ""

    @property
    def first(self) -> str:
        """The name a teammate would use in a greeting."""
        return self.name.split(" ")[0] if self.name else "there"


@functools.cache
def companies() -> tuple[Company, ...]:
    """All companies, the one of the first hero first."""
    return tuple(
        Company(f"co-{number:03}", name, domain, industry, city, size)
        for number, (name, domain, industry, city, size) in enumerate(load("companies"), start=1)
    )


@functools.cache
def people() -> tuple[Person, ...]:
    """All customers who are people: those with a story first, then the invented crowd; newsletters make up the number."""
    by_name = {company.name: company for company in companies()}
    cast = [_from_story(number, entry, by_name) for number, entry in enumerate(load("cast"), start=1)]
    taken = {address for person in cast for address in person.emails}
    names = {person.name for person in cast}
    crowd = [
        _invented(number, taken, names)
        for number in range(len(cast) + 1, CUSTOMER_COUNT - len(load("newsletters")) + 1)
    ]
    return (*cast, *crowd)


@functools.cache
def person_by_email() -> Mapping[str, Person]:
    """Customers by each of their canonical addresses."""
    return {address: person for person in people() for address in person.emails}


def known_address(written: str) -> str:
    """The canonical form of an address of the stories. Raises ValueError where it is none: the material is wrong."""
    address = canonical(written)
    if address is None:
        raise ValueError(f"The sample holds an impossible address: {written!r}")
    return address


def _from_story(number: int, entry: Mapping[str, Any], by_name: Mapping[str, Company]) -> Person:
    rng = chance("cast", number)
    company = by_name[entry["company"]] if entry["company"] else None
    return Person(
        key=f"5f31{rng.getrandbits(64):016x}a90c" if number == 1 else f"6{rng.getrandbits(92):023x}",
        name=entry["name"],
        emails=tuple(known_address(written) for written in entry["emails"]),
        company=company,
        language=entry["language"],
        place=tuple(entry.get("city", ())),
        role=phrase(rng, "roles"),
        persona=entry.get("persona", ""),
        phone=entry.get("phone", ""),
        plan=entry.get("plan", PLANS[2] if entry["logins"] > 10 else PLANS[0]),
        segments=tuple(entry.get("segments", ())),
        logins=entry["logins"],
        ip=_ip(rng),
        size=entry.get("size", company.size if company else ""),
        joined_days=982 if number == 1 else rng.randint(120, 1400),
        is_shared=entry.get("is_shared", False),
    )


def _invented(number: int, taken: set[str], names_taken: set[str]) -> Person:
    rng = chance("crowd", number)
    names = load("people")
    language = rng.choices(list(names["weights"]), weights=list(names["weights"].values()))[0]
    place = tuple(pick(rng, names["cities"][language]))
    company = None if rng.random() < _NO_COMPANY_SHARE else _employer(rng, place[0])
    name, local = _free_name(rng, names[language], names_taken)
    logins = 0 if rng.random() < _NO_LOGIN_SHARE else max(1, int(rng.lognormvariate(2.1, 0.95)))
    plan = rng.choices(PLANS, weights=(10, 25, 30, 25, 10))[0]
    return Person(
        key=f"6{rng.getrandbits(92):023x}",
        name=name,
        emails=_addresses(rng, local, company.domain if company else pick(rng, _FREE_MAIL), taken),
        company=company,
        language=language,
        place=place if rng.random() < 0.92 else (),
        role=phrase(rng, "roles"),
        persona=phrase(rng, "personas") if rng.random() < 0.6 else "",
        phone=f"+{rng.randint(30, 60)} {rng.randint(100, 999)} 555 {rng.randint(0, 9999):04}"
        if rng.random() < 0.45
        else "",
        plan=plan,
        segments=_segments(rng, plan, logins),
        logins=min(logins, 70),
        ip=_ip(rng),
        size=company.size if company and rng.random() < 0.9 else "10–50" if company else "",
        joined_days=int(12 + 900 * rng.random() ** 1.5),
    )


def _employer(rng: random.Random, city: str) -> Company:
    candidates = companies()[1:]
    near = [company for company in candidates if company.city == city]
    return pick(rng, near) if near and rng.random() < 0.7 else pick(rng, candidates)


def _free_name(rng: random.Random, names: Mapping[str, list[str]], taken: set[str]) -> tuple[str, str]:
    """A name that nobody has yet, as far as the lists reach."""
    name, local = _name(rng, names)
    for _ in range(20):
        if name not in taken:
            break
        name, local = _name(rng, names)
    taken.add(name)
    return name, local


def _name(rng: random.Random, names: Mapping[str, list[str]]) -> tuple[str, str]:
    given, family = int(rng.random() * len(names["given"])), int(rng.random() * len(names["family"]))
    if "latin_given" in names:
        return (
            f"{names['family'][family]} {names['given'][given]}",
            f"{names['latin_given'][given]}.{names['latin_family'][family]}",
        )
    name = f"{names['given'][given]} {names['family'][family]}"
    first, last = _ascii(names["given"][given]), _ascii(names["family"][family])
    return name, pick(rng, (f"{first}.{last}", f"{first[0]}.{last}", first + last[0], f"{first}.{last}"))


def _addresses(rng: random.Random, local: str, domain: str, taken: set[str]) -> tuple[str, ...]:
    candidates = (f"{local}@{domain}", *(f"{local}{n}@{domain}" for n in range(2, 99)))
    first = next(address for address in candidates if address not in taken)
    taken.add(first)
    second = f"{local}{rng.randint(70, 99)}@{pick(rng, _FREE_MAIL)}"
    if rng.random() < 0.08 and second not in taken:
        taken.add(second)
        return (known_address(first), known_address(second))
    return (known_address(first),)


def _ascii(text: str) -> str:
    spelled = "".join(_SPELLED.get(letter, letter) for letter in text)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii")
    return "".join(letter for letter in plain.lower() if letter.isalnum())


def _segments(rng: random.Random, plan: str, logins: int) -> tuple[str, ...]:
    found = ["Enterprise"] if plan == "Enterprise" else []
    found += ["Power users"] if logins > 35 else []
    found += ["Trial"] if plan == "Free" and rng.random() < 0.5 else []
    found += ["Renewal in 60 days"] if rng.random() < 0.07 else []
    found += ["Beta group"] if rng.random() < 0.08 else []
    return tuple(found)


def _ip(rng: random.Random) -> str:
    """An address of the networks that RFC 5737 keeps for examples."""
    return f"{pick(rng, ('192.0.2', '198.51.100', '203.0.113'))}.{rng.randint(1, 254)}"
