"""The sample's chat source: companies, customers with properties and segments, chats and events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from console.connectors.kinds.sample import chats, events
from console.connectors.kinds.sample.claims import choice, choices, day, euro, moment, number, of_kind, said, text, yes
from console.connectors.kinds.sample.material import chance, load
from console.connectors.kinds.sample.moments import ago
from console.connectors.kinds.sample.people import PLANS, Company, Person, companies, people
from console.connectors.kinds.sample.plots import ADDRESS_BY_TEAMMATE, Plot, Turn
from console.domain.records import (
    Channel,
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    MessageRecord,
    Page,
    Record,
)
from console.domain.records import Person as Somebody
from console.domain.values import Value, ValueKind

NAME = "Intercom"
PAGE_SIZE = 500
BOT = Somebody("", "Acme bot")
_LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nordic": "Swedish",
    "slavic": "Polish",
    "ja": "Japanese",
    "in": "English",
    "ar": "Arabic",
    "he": "Hebrew",
}
_OLDER_SNAPSHOT = timedelta(days=210)
_PLAN_SINCE = timedelta(days=50)


def dated_pages(now: datetime) -> Iterator[tuple[datetime, Page]]:
    """Pages with the moment of their synchronisation: an older state of customers first, so that values have a history."""
    known = [person for person in people() if person.logins]
    older = [person for person in known if person.joined_days > _OLDER_SNAPSHOT.days and _has_changed(person)]
    yield from _paged("companies", [_company(company, now) for company in companies()], now - _OLDER_SNAPSHOT, "1")
    yield from _paged("customers", [_older(person, now) for person in older], now - _OLDER_SNAPSHOT, "1")
    yield from _paged("customers", [_customer(person, now) for person in known], ago(now, 28), "2")
    yield from _paged("events", events.events(now), ago(now, 3), "1")
    yield from _paged("conversations", [conversation(plot, NAME) for plot in chats.plots(now)], ago(now, 1), "1")


def conversation(plot: Plot, source: str, channel: Channel = Channel.CHAT, **values: Value) -> ConversationRecord:
    """The conversation of a plot, as a source that knows its customers by their keys gives it."""
    return ConversationRecord(
        external_id=plot.key,
        channel=channel,
        subject=plot.subject,
        messages=tuple(_message(plot, turn, position, source) for position, turn in enumerate(plot.turns)),
        customer_id=plot.person.key if plot.person else None,
        nickname=plot.nickname,
        is_closed=plot.is_done,
        tags=plot.tags,
        properties=values,
    )


def _message(plot: Plot, turn: Turn, position: int, source: str) -> MessageRecord:
    match turn.speaker:
        case "customer":
            author = Somebody(plot.person.email if plot.person else "", plot.shown_name)
        case "bot":
            author = BOT
        case mate:
            author = Somebody(ADDRESS_BY_TEAMMATE[mate], mate)
    return MessageRecord(
        key=f"{source.lower().replace(' ', '-')}:{plot.key}:{position}",
        at=turn.at,
        author_kind=turn.kind,
        author=author,
        text=turn.text,
        is_read=turn.is_read,
    )


def _paged(stream: str, records: Sequence[Record], at: datetime, generation: str) -> Iterator[tuple[datetime, Page]]:
    for start in range(0, len(records), PAGE_SIZE):
        part = tuple(records[start : start + PAGE_SIZE])
        done = start + len(part)
        cursor = f"{generation}:{done:06}"
        yield at, Page(stream, part, cursor, is_last=done == len(records), done=done, total=len(records))


def _company(company: Company, now: datetime) -> CompanyRecord:
    rng = chance("company", company.key)
    return CompanyRecord(
        company.key,
        name=company.name,
        domains=(company.domain,),
        properties={
            "industry": choice(company.industry),
            "size": text(company.size),
            "website": of_kind(ValueKind.LINK, f"https://{company.domain}"),
            "city": text(company.city),
            "customer_since": day(
                (now - timedelta(days=982 if company.key == "co-001" else rng.randint(150, 1400))).date()
            ),
            "monthly_spend": euro(rng.randint(2, 60) * 50),
            "is_partner": yes(rng.random() < 0.1),
        },
        at=now - _OLDER_SNAPSHOT,
        tags=("key account",) if company.size == "500–1000" or company.key == "co-001" else (),
    )


def _customer(person: Person, now: datetime) -> CustomerRecord:
    rng = chance("intercom", person.key)
    seen = events.last_login_by_key(now)[person.key]
    return CustomerRecord(
        person.key,
        emails=person.emails,
        properties={**_described(person), **said(_usage(person, seen, now))},
        company_ids=(person.company.key,) if person.company else (),
        at=max(seen, now - _PLAN_SINCE) if seen > now - _PLAN_SINCE else seen,
        tags=("beta-export",) if rng.random() < 0.06 else (),
        segments=person.segments,
    )


def _described(person: Person) -> dict[str, Value]:
    rng = chance("described", person.key)
    picked = [product for product in load("phrases")["products"] if rng.random() < 0.4]
    return said(
        {
            "name": text(person.name) if person.name else None,
            "plan": choice(person.plan),
            "role": text(person.role),
            "language": choice(_LANGUAGES[person.language]),
            "persona": text(person.persona) if person.persona else None,
            "phone": of_kind(ValueKind.PHONE, person.phone) if person.phone and rng.random() < 0.5 else None,
            "products": choices(*picked) if picked else None,
            "billing_email": of_kind(ValueKind.EMAIL, f"invoices@{person.company.domain}")
            if person.company and rng.random() < 0.3
            else None,
            "profile_page": of_kind(ValueKind.LINK, f"https://people.example/{person.key[:10]}")
            if rng.random() < 0.25
            else None,
            "company.size": text(person.size) if person.size else None,
        }
    )


def _usage(person: Person, seen: datetime, now: datetime) -> dict[str, Value | None]:
    city, country, zone = person.place if person.place else (None, None, None)
    return {
        "signed_up_at": moment(ago(now, person.joined_days * 24 * 60)),
        "last_login_at": moment(seen),
        "sessions": number(person.logins),
        "last_seen_ip": text(person.ip),
        "location.city": text(city) if city else None,
        "location.country": text(country) if country else None,
        "location.time_zone": text(zone) if zone else None,
    }


def _older(person: Person, now: datetime) -> CustomerRecord:
    """What the chat said of a customer last spring: a smaller plan, another role."""
    plan = PLANS[max(0, PLANS.index(person.plan) - 1)]
    values = {**_described(person), "plan": choice(plan), "role": text(f"Junior {person.role.lower()}")}
    company_ids = (person.company.key,) if person.company else ()
    return CustomerRecord(
        person.key, emails=person.emails[:1], properties=values, company_ids=company_ids, at=now - _OLDER_SNAPSHOT
    )


def _has_changed(person: Person) -> bool:
    return person.key == people()[0].key or chance("changed", person.key).random() < 0.3
