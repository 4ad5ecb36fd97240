"""The sample's push API: what the billing system says of plans and amounts, above what integrations say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from console.connectors.kinds.sample.claims import choice, euro, number, text
from console.connectors.kinds.sample.material import chance
from console.connectors.kinds.sample.moments import ago
from console.connectors.kinds.sample.people import PLANS, Person, people
from console.domain.records import CustomerRecord, EventRecord, Page

NAME = "billing-sync"
_PRICES = (0, 90, 380, 1150, 4250)
_EARLIER = timedelta(days=95)
_INVOICES = 4


def dated_pages(now: datetime) -> Iterator[tuple[datetime, Page]]:
    """What was pushed a quarter ago, and this morning; then the invoices that were paid."""
    payers = [person for person in people() if person.email and _pays(person)]
    earlier = tuple(_record(person, now - _EARLIER, is_earlier=True) for person in payers)
    yield now - _EARLIER, Page("push", earlier, "1", is_last=True, done=len(earlier))
    current = tuple(_record(person, ago(now, 188), is_earlier=False) for person in payers)
    yield ago(now, 188), Page("push", current, "2", is_last=True, done=len(current))
    invoices = tuple(event for person in payers[:40] for event in _invoices(person, now))
    yield ago(now, 187), Page("push-events", invoices, "1", is_last=True, done=len(invoices))


def _pays(person: Person) -> bool:
    return person.key == people()[0].key or (person.logins > 0 and chance("pays", person.key).random() < 0.42)


def _record(person: Person, at: datetime, *, is_earlier: bool) -> CustomerRecord:
    rng = chance("billing", person.key)
    is_hero = person.key == people()[0].key
    step = len(PLANS) - 1 if is_hero else max(1, PLANS.index(person.plan) + rng.choice((0, 0, 0, 1, -1)))
    if is_earlier and (is_hero or rng.random() < 0.3):
        step = max(1, step - 1)
    step = min(step, len(PLANS) - 1)
    values = {"plan": choice(PLANS[step]), "mrr": euro(_PRICES[step])}
    if person.company:
        values |= {"company.plan": choice(PLANS[step]), "company.seats": number(20 if is_hero else rng.randint(3, 120))}
        values["company.billing_status"] = text("past due" if rng.random() < 0.05 else "paid")
    return CustomerRecord(f"email:{person.email}", emails=(person.email,), properties=values, at=at)


def _invoices(person: Person, now: datetime) -> Iterator[EventRecord]:
    rng = chance("invoices", person.key)
    for position in range(_INVOICES):
        at = ago(now, (9 + 30 * position) * 24 * 60 + rng.randint(0, 600))
        amount = euro(_PRICES[max(1, PLANS.index(person.plan))])
        yield EventRecord(
            f"invoice-{person.key}-{position}",
            "Paid invoice",
            at,
            email=person.email,
            metadata={"amount": amount, "invoice": text(f"ACM-{rng.randint(1000, 9999)}")},
        )
