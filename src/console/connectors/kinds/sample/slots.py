"""The particulars of one conversation (which report, which day, how much): the same from its first turn to its last."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta

from console.connectors.kinds.sample.material import phrase, pick
from console.connectors.kinds.sample.people import PLANS, Person, people

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def slots(rng: random.Random, person: Person, at: datetime, mate: str) -> Mapping[str, str]:
    """Words for the places in braces, for a conversation with ``person`` that begins ``at``."""
    deadline = at + timedelta(days=rng.randint(4, 24))
    colleague = pick(rng, people()[40:])
    return {
        "first": person.first,
        "name": person.name or "a visitor",
        "company": person.company.name if person.company else "their company",
        "city": person.place[0] if person.place else "here",
        "mate": mate.split(" ")[0],
        "colleague": colleague.first,
        "report": phrase(rng, "reports"),
        "source": phrase(rng, "sources"),
        "browser": phrase(rng, "browsers"),
        "plan": pick(rng, PLANS[1:]),
        "percent": str(rng.randint(3, 97)),
        "rows": f"{rng.choice((rng.randint(12, 99) * 1000, rng.randint(1, 40) * 250)):,}",
        "days": str(rng.choice((2, 3, 5, 7, 10, 14, 30, 45, 60))),
        "hours": str(rng.randint(3, 30)),
        "hour": str(rng.randint(7, 17)),
        "seats": str(rng.randint(4, 160)),
        "n": str(rng.randint(12, 99)),
        "amount": f"€ {rng.randint(40, 4200):,}.{rng.choice(('00', '50', '80'))}",
        "invoice": f"ACM-{rng.randint(1000, 9999)}",
        "order": f"PO-{rng.randint(10_000, 99_999)}",
        "weekday": pick(rng, _WEEKDAYS),
        "day": f"{deadline.day} {_MONTHS[deadline.month - 1]}",
        "month": _MONTHS[(at.month - rng.randint(2, 4)) % 12],
    }
