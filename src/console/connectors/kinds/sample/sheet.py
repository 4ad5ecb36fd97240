"""The sample's spreadsheet: what the sales team keeps by hand, with the weight of a value set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from console.connectors.kinds.sample.claims import choices, day, euro, number, of_kind, said, text, yes
from console.connectors.kinds.sample.material import chance, phrase
from console.connectors.kinds.sample.moments import ago
from console.connectors.kinds.sample.people import Person, people
from console.domain.records import CustomerRecord, Page
from console.domain.values import ValueKind

NAME = "customers-november.xlsx"
_IMPORTED_MINUTES_AGO = 9 * 24 * 60 + 131


def dated_pages(now: datetime) -> Iterator[tuple[datetime, Page]]:
    """All rows as one page, with the moment of the import."""
    at = ago(now, _IMPORTED_MINUTES_AGO)
    records = tuple(_row(person, now) for person in people() if person.email and _is_listed(person))
    yield at, Page("customers", records, str(len(records)), is_last=True, done=len(records), total=len(records))


def _is_listed(person: Person) -> bool:
    """Everybody whom the chat does not know, and a third of the others."""
    if person.company is None and not person.logins:
        return False
    return person.key == people()[0].key or not person.logins or chance("listed", person.key).random() < 0.33


def _row(person: Person, now: datetime) -> CustomerRecord:
    rng = chance("sheet", person.key)
    is_hero = person.key == people()[0].key
    renewal = (now + timedelta(days=60 if is_hero else rng.randint(-20, 330))).date()
    values = said(
        {
            "name": text(person.name) if person.name else None,
            "persona": text(person.persona or phrase(rng, "personas")),
            "purchases": number(17 if is_hero else rng.randint(0, 40)),
            "renewal_date": day(renewal),
            "newsletter": yes(not is_hero and rng.random() < 0.5),
            "budget": euro(rng.randint(1, 80) * 500) if rng.random() < 0.4 else None,
            "interests": choices(*(phrase(rng, "products") for _ in range(2))) if rng.random() < 0.5 else None,
            "contract": of_kind(ValueKind.LINK, f"https://files.acme.dev/contracts/{rng.randint(1000, 9999)}.pdf")
            if rng.random() < 0.3
            else None,
            "company.vat": text("FR 40 303 265 045" if is_hero else f"EU {rng.randint(10**8, 10**9 - 1)}")
            if person.company and (is_hero or rng.random() < 0.6)
            else None,
        }
    )
    return CustomerRecord(f"email:{person.email}", emails=(person.email,), properties=values)
