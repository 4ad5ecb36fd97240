"""The sample's research: notes of calls and visits, kept as conversations."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from console.connectors.kinds.sample.claims import number, text
from console.connectors.kinds.sample.intercom import conversation
from console.connectors.kinds.sample.material import chance, load, pick
from console.connectors.kinds.sample.moments import ago, some_moment
from console.connectors.kinds.sample.people import people
from console.connectors.kinds.sample.plots import TEAMMATES, Plot, Turn
from console.connectors.kinds.sample.slots import slots
from console.domain.records import Channel, ConversationRecord, CustomerRecord, Page

NAME = "Research calls"
CALL_COUNT = 24
_UNASSIGNED_EVERY = 4


@functools.lru_cache(maxsize=2)
def plots(now: datetime) -> tuple[tuple[Channel, Plot], ...]:
    """All calls and memos with their channel; every fourth names nobody, so that somebody can be assigned."""
    return tuple(_call(position, load("calls"), now) for position in range(CALL_COUNT))


def dated_pages(now: datetime) -> Iterator[tuple[datetime, Page]]:
    """Who took part, then the notes; with the moment of their synchronisation."""
    customers: dict[str, CustomerRecord] = {}
    records: list[ConversationRecord] = []
    for channel, plot in sorted(plots(now), key=lambda one: (one[1].last_at, one[1].key)):
        record = conversation(plot, NAME, channel, minutes=number(15 + len(plot.turns[0].text) % 45))
        person = plot.person
        if person is not None:
            values = {"name": text(person.name)} if person.name else {}
            customers[person.email] = CustomerRecord(person.email, emails=(person.email,), properties=values)
            record = replace(record, customer_id=person.email)
        records.append(record)
    yield (
        ago(now, 55),
        Page("customers", tuple(customers.values()), str(len(customers)), is_last=True, done=len(customers)),
    )
    yield ago(now, 54), Page("calls", tuple(records), str(len(records)), is_last=True, done=len(records))


def _call(position: int, written: list[Mapping[str, Any]], now: datetime) -> tuple[Channel, Plot]:
    rng = chance("call", position)
    crowd = [person for person in people()[3:] if person.email and person.logins and person.company]
    person = pick(rng, crowd)
    entry = written[position % len(written)]
    at = some_moment(rng, now, earliest=timedelta(days=380))
    mate = pick(rng, TEAMMATES)
    words = slots(rng, person, at, mate)
    plot = Plot(
        key=f"call-{position:03}",
        person=None if position % _UNASSIGNED_EVERY == 3 else person,
        subject=entry["subject"].format_map(words),
        turns=(Turn(at, mate, entry["text"].format_map(words)),),
        tags=("research",),
        is_done=at < now - timedelta(days=3),
    )
    return Channel(entry["channel"]), plot
